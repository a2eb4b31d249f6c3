import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gateJson } from '../../gate'
import { buildNetwork, trace } from '../../network'
import { fitted } from '../fit'
import { importDescribe } from '.'
import { smallNetwork } from './small-network.fixture'

type Value = null | boolean | number | string | Value[] | { [key: string]: Value }

const WHOLE = Object.assign({}, ...smallNetwork().map(({ text }) => JSON.parse(text) as object)) as Value

/** Places of every value in it. */
function places(value: Value, path: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([key, item]) =>
      places(item, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}
const PLACES = places(WHOLE).filter((path) => path.length > 1)

function replaced(value: Value, path: readonly (string | number)[], by: Value): Value {
  const [key, ...rest] = path
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? replaced(item, rest, by) : item))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]),
  )
}

const strange = fc.oneof(
  fc.constantFrom<Value>(
    null,
    -1,
    70_000,
    1.5,
    '',
    '0.0.0.0/0',
    '10.1.0.0/33',
    '::/0',
    'vpc-0a1',
    'subnet-0a2',
    'sg-0a2',
    'x'.repeat(5_000),
    [],
    {},
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Value>,
)
const mutations = fc.array(fc.tuple(fc.constantFrom(...PLACES), strange), { minLength: 1, maxLength: 5 })

describe('a network with anything anywhere in it', () => {
  it('is read or refused, never thrown at; what is read can be asked and passes the gate', () => {
    fc.assert(
      fc.property(mutations, (changes) => {
        const value = changes.reduce((whole, [path, by]) => replaced(whole, path, by), WHOLE)
        const result = importDescribe([{ name: 'x.json', text: JSON.stringify(value) }])
        if (!result.ok) {
          expect(result.message).not.toBe('')
          return
        }
        const ids = Object.keys(result.scenario.resources)
        expect(ids.every((id) => /^[A-Za-z][A-Za-z0-9]{0,254}$/.test(id))).toBe(true)
        trace(buildNetwork(result.scenario), { from: result.ids.get('i-0a1') ?? 'internet', to: '10.1.1.10' })
        const gated = gateJson(fitted(result.scenario, () => undefined))
        expect(gated.problems.filter(({ severity }) => severity === 'error')).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('is refused in one sentence when its text is cut anywhere', () => {
    const text = JSON.stringify(WHOLE)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length - 1 }), (at) => {
        const result = importDescribe([{ name: 'cut.json', text: text.slice(0, at) }])
        expect(result).toMatchObject({ ok: false, message: expect.stringMatching(/^cut\.json/) as string })
      }),
      { numRuns: 50 },
    )
  })
})
