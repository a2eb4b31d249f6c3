import { expect, it } from 'vitest'
import { chartProblems } from '../kernel/chart-check'
import { tableOf } from '../kernel/lifecycle'
import { CALL_CODES } from '../engine/call-codes'
import { SERVICES } from '.'
import { CALL_REASONS } from './call-reasons'
import { KINDS } from './kinds'
import { REASONS } from './reasons'

it.each(
  SERVICES.flatMap((service) =>
    Object.entries(service.machines).map(([name, machine]) => [`${service.id}/${name}`, machine] as const),
  ),
)('the chart %s compiles', (_, machine) => {
  expect(chartProblems(machine)).toEqual([])
  expect(() => tableOf(machine)).not.toThrow()
})

const reasonModules = import.meta.glob<{ reasons: object }>('./*/reasons.ts', { eager: true })
const kindModules = import.meta.glob<{ kinds: object }>('./*/kinds.ts', { eager: true })
const sources = import.meta.glob<string>(['./**/*.ts', '!./**/*.test.ts', '!./**/*.fixture.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
})

it('reason codes, fact keys and resource types are declared once', () => {
  for (const names of [
    Object.values(reasonModules).flatMap(({ reasons }) => Object.keys(reasons)),
    SERVICES.flatMap((service) => Object.values(service.facts).map(({ key }) => key)),
    Object.values(kindModules).flatMap(({ kinds }) => Object.keys(kinds)),
  ]) {
    expect(names).toEqual([...new Set(names)])
  }
})

it('every resource type lies in the namespace of its service, and of no other', () => {
  for (const type of Object.keys(KINDS)) {
    expect(SERVICES.filter(({ namespace }) => type.startsWith(namespace)).map(({ id }) => id)).toHaveLength(1)
  }
})

it('every reason that is asked for has a sentence, and every sentence is asked for', () => {
  const asked = Object.values(sources).flatMap((text) =>
    [...text.matchAll(/reason\('([a-zA-Z0-9.]+)'\)/g)].map(([, code]) => code!),
  )
  expect(asked.filter((code) => REASONS[code] === undefined)).toEqual([])
  const engine: readonly string[] = CALL_CODES
  expect(Object.keys(REASONS).filter((code) => !asked.includes(code) && !engine.includes(code))).toEqual([])
  expect([...CALL_CODES].sort()).toEqual(Object.keys(CALL_REASONS).sort())
})
