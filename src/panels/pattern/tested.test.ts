import { describe, expect, it } from 'vitest'
import { RowKind, Token } from '../../model/recording'
import { HopLog } from '../../state/run/hopLog'
import type { Row } from '../../state/run/rowChunks'
import type { RunStore } from '../../state/run/runStore'
import { arrivals, hopTo, named, samples, unmatchedRow } from './tested'

const WIRES = [
  { from: 'Shop', to: 'Bus', action: 'events:PutEvents' },
  { from: 'Shop', to: 'Queue', action: 'sqs:SendMessage' },
  { from: 'Map', to: 'Queue', action: 'sqs:ReceiveMessage' },
  { from: 'Reader', to: 'Stream', action: 'kinesis:GetRecords' },
]
type Hop = readonly [at: number, wire: number, token: number]
function run(...parts: readonly (readonly Hop[])[]): Pick<RunStore, 'wires' | 'stretches'> {
  let row = 0
  const stretches = parts.map((part) => {
    const hops = new HopLog()
    for (const [at, wire, token] of part) hops.add(at, at + 1, wire, token, 1, row++)
    return { hops }
  })
  return { wires: WIRES, stretches: () => stretches as unknown as ReturnType<RunStore['stretches']> }
}
const at = (id: string, as: 'event' | 'message' | 'record', reader = 'X') => ({ at: id, as, reader })

describe('arrivals', () => {
  it('are what was sent there: no answers, no fetching', () => {
    const hops: readonly Hop[] = [
      [1, 0, Token.request],
      [2, 0, Token.response],
      [3, 1, Token.message],
      [4, 2, Token.request],
      [5, 0, Token.event],
    ]
    expect(arrivals(run(hops), at('Bus', 'event'), 9)).toEqual({ rows: [0, 4], of: 2 })
    expect(arrivals(run(hops), at('Queue', 'message'), 9)).toEqual({ rows: [2], of: 1 })
    expect(arrivals(run(hops), at('Nowhere', 'event'), 9)).toEqual({ rows: [], of: 0 })
  })
  it('are what was fetched, for records of a stream', () => {
    const hops: readonly Hop[] = [
      [1, 3, Token.request],
      [2, 3, Token.response],
    ]
    expect(arrivals(run(hops), at('Stream', 'record', 'Reader'), 9).rows).toEqual([1])
    expect(arrivals(run(hops), at('Stream', 'record', 'Another'), 9).rows).toEqual([])
  })
  it('are at most 200, up to the playhead, through the window that follows the beginning', () => {
    const many = (from: number): readonly Hop[] =>
      Array.from({ length: 300 }, (_, i): Hop => [from + i, 0, Token.event])
    const found = arrivals(run(many(0), many(1_000)), at('Bus', 'event'), 399)
    expect(found).toMatchObject({ of: 600 })
    expect([found.rows.length, found.rows[0], found.rows.at(-1)]).toEqual([200, 100, 299])
    expect(arrivals(run(many(0)), at('Bus', 'event'), -1).rows[0]).toBe(0)
    expect(arrivals(run(many(0), many(1_000)), at('Bus', 'event'), 2_000).rows.at(-1)).toBe(599)
  })
})

it('finds the hop of the newest event that no rule took', () => {
  const row = (index: number, kind: RowKind, subject: number): Row => ({
    index,
    at: 0,
    until: 0,
    value: 0,
    kind,
    code: 0,
    resource: 0,
    subject,
    trace: 0,
    cause: index - 1,
  })
  const chain = [row(3, RowKind.hop, 0), row(4, RowKind.hop, 1), row(5, RowKind.reason, 0)]
  const store = {
    wires: WIRES,
    head: { resources: [], machines: [], reasons: ['other', 'eventbridge.unmatched'], duration: 0 },
    causes: (index: number) => (index === 5 ? chain : []),
    lastReasons: () => [
      { at: 9, row: 7, code: 0 },
      { at: 8, row: 5, code: 1 },
    ],
  }
  expect(unmatchedRow(store, 'Bus', 10)).toBe(3)
  expect(hopTo(store, 'Nowhere', 5)).toBeNull()
  expect(unmatchedRow({ ...store, lastReasons: () => [] }, 'Bus', 10)).toBeNull()
})

it('calls an event by its kind, other content by its first values', () => {
  expect(named({ source: 'shop', 'detail-type': 'order.placed' })).toEqual({ title: 'order.placed', note: 'shop' })
  expect(named({ body: { kind: 'order', total: 4 }, eventSource: 'aws:sqs' }).title).toBe('kind order · total 4')
  expect(named({}).title).toBe('Empty')
})

it('has samples as each pattern sees them', async () => {
  const subject = (as: 'event' | 'message' | 'record' | 'change' | 'attributes') => ({
    as,
    noun: 'x',
    at: null,
    reader: 'X',
    characters: { usual: 1, most: 1 },
  })
  const events = await samples(subject('event'))
  expect(events.length).toBeGreaterThan(20)
  expect(events.every(({ event }) => 'detail-type' in (event as object))).toBe(true)
  expect((await samples(subject('message')))[0]?.event).toMatchObject({ body: { job: 1 } })
  expect((await samples(subject('record')))[0]?.event).toMatchObject({ data: { sensor: 4 } })
  expect((await samples(subject('change')))[0]?.event).toMatchObject({ eventName: 'MODIFY' })
  expect(await samples(subject('attributes'))).toEqual([])
})
