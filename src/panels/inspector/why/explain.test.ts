import { describe, expect, it } from 'vitest'
import { RowKind } from '../../../model/recording'
import type { Row } from '../types'
import { explain, halves } from './explain'

const row = (index: number, kind: Row['kind'] = RowKind.reason): Row => ({
  index,
  at: index * 1_000_000,
  until: 0,
  value: 0,
  kind,
  code: 0,
  resource: 0,
  subject: 0,
  trace: 0,
  cause: index - 1,
})
const TEXTS = [
  'Shop sent a request to Worker (lambda:Invoke).',
  'Worker refused: all 5 environments it may use were taken (LAM-45).',
  'The event is offered again in 2 s and loses no retry (INV-4, INV-5).',
]
const told = (of: Row) => ({ time: `00:0${of.index}.000`, text: TEXTS[of.index % TEXTS.length] ?? '' })

describe('explain', () => {
  it('puts the cause first and what followed after it, with times and sources', () => {
    const { steps, sources, took, headline } = explain([row(0), row(1), row(2)], told)
    expect(steps[0]).toEqual({ id: '0', time: '00.000', cause: 'Shop sent a request to Worker (lambda:Invoke).' })
    expect(steps[1]).toEqual({
      id: '1',
      time: '01.000',
      cause: 'Worker refused:',
      consequence: 'all 5 environments it may use were taken.',
    })
    expect(sources).toEqual(['LAM-45', 'INV-4', 'INV-5'])
    expect(took).toBe(2_000_000)
    expect(headline).toBe('The event is offered again in 2 s and loses no retry')
  })
  it('leaves counters out, except when one is asked about', () => {
    expect(explain([row(0), row(1, RowKind.level), row(2)], told).steps.map(({ id }) => id)).toEqual(['0', '2'])
    expect(explain([row(0), row(1, RowKind.level)], told).steps).toHaveLength(2)
  })
  it('says a repeated sentence once, at its last time', () => {
    expect(explain([row(1), row(4)], told).steps.map(({ id }) => id)).toEqual(['4'])
  })
  it('folds the middle of long chains and unfolds it', () => {
    const rows = Array.from({ length: 30 }, (_, i) => row(i))
    const { steps, folded } = explain(rows, told)
    expect([steps.length, folded]).toEqual([8, 22])
    expect(steps.at(-1)?.id).toBe('29')
    expect(explain(rows, told, true)).toMatchObject({ folded: 0 })
  })
  it('has nothing to say about nothing', () => {
    expect(explain([], told)).toEqual({ steps: [], folded: 0, sources: [], took: 0, headline: '' })
  })
})

it('halves sentences at the first colon or stop, not inside numbers or actions', () => {
  expect(halves('Took 1.5 s. Then it ended.')).toEqual(['Took 1.5 s.', 'Then it ended.'])
  expect(halves('A sent sqs:SendMessage to B.')).toEqual(['A sent sqs:SendMessage to B.', ''])
})
