import { describe, expect, test } from 'vitest'
import { Outcome, RowKind, type MachineInfo } from '../../model/recording'
import { gatesOf } from './gates'
import { queueFace } from './queueFace'
import { createRunStore } from './runStore'
import { headOf, legendOf, rowsOf, type WrittenRow } from './sampleRun.fixture'
import { shardLanes, worstLanes, type ShardLane } from './shardLanes'

const REASONS = ['eventbridge.matched', 'eventbridge.unmatched', 'sns.fannedOut', 'sns.filteredOut', 'sqs.reappeared']
const SHARD: MachineInfo = {
  name: 'shard',
  states: ['reading', 'invoking', 'blocked', 'retrying', 'checkpointing', 'holding'],
}
const reason = (at: number, resource: number, name: string, subject: number, cause = -1): WrittenRow => ({
  at,
  kind: RowKind.reason,
  code: REASONS.indexOf(name),
  resource,
  subject,
  cause,
})
const level = (at: number, subject: number, value: number): WrittenRow => ({ at, kind: RowKind.level, subject, value })

function runOf(
  resources: readonly string[],
  rows: readonly WrittenRow[],
  levels: readonly { resource: string; name: string }[] = [],
  entities: readonly { owner: string; machine: string; label: string }[] = [],
) {
  const store = createRunStore()
  const head = headOf(resources, 100_000_000, REASONS)
  store.begin(1, { ...head, machines: [...head.machines, SHARD] })
  store.append(rowsOf(0, rows), { ...legendOf([], entities), levels })
  return store
}

describe('gates', () => {
  const RULES = ['A', 'B'].map((id) => ({ id, timed: false }))
  const bus = runOf(
    ['Bus', 'A', 'B'],
    [
      reason(1_000_000, 0, 'eventbridge.matched', 1),
      reason(3_000_000, 0, 'eventbridge.matched', 2),
      reason(6_000_000, 0, 'eventbridge.unmatched', 0),
    ],
  )

  test('say what became of the event that was judged last, for a moment', () => {
    const at = (t: number) => gatesOf(bus, 'Bus', RULES, t, 1_000_000)
    expect(at(500_000)).toEqual({})
    expect(at(1_000_000)).toEqual({ A: 'open', B: 'closed' })
    expect(at(1_999_999)).toEqual({ A: 'open', B: 'closed' })
    expect(at(2_000_000)).toEqual({})
    expect(at(3_100_000)).toEqual({ A: 'closed', B: 'open' })
    expect(at(6_000_000)).toEqual({ A: 'closed', B: 'closed' })
  })

  test('stay as they were for any of many events, so that they do not flicker', () => {
    expect(gatesOf(bus, 'Bus', RULES, 6_000_000, 10_000_000)).toEqual({ A: 'closed', B: 'closed' })
    const busy = [0, 1, 2, 3].map((i) => reason(1_000_000 + i * 1_000, 0, 'eventbridge.matched', 1 + (i % 2)))
    expect(gatesOf(runOf(['Bus', 'A', 'B'], busy), 'Bus', RULES, 1_100_000, 900_000)).toEqual({ A: 'open', B: 'open' })
  })

  test('of a topic are open but for those whose filter stopped the message', () => {
    const topic = runOf(
      ['T', 'A', 'B'],
      [reason(1_000, 0, 'sns.filteredOut', 2), reason(1_000, 0, 'sns.fannedOut', -1)],
    )
    expect(gatesOf(topic, 'T', RULES, 2_000, 10_000)).toEqual({ A: 'open', B: 'closed' })
  })

  test('of rules that fire by the clock open when they do, and judge nothing', () => {
    const timed = [{ id: 'A', timed: true }]
    expect(gatesOf(bus, 'Bus', timed, 1_100_000, 1_000_000)).toEqual({ A: 'open' })
    expect(gatesOf(bus, 'Bus', timed, 3_100_000, 1_000_000)).toEqual({})
  })
})

describe('a queue', () => {
  const LEVELS = ['visible', 'inFlight', 'delayed', 'oldest'].map((name) => ({ resource: 'Q', name }))
  const run = runOf(
    ['Q'],
    [
      level(1_000_000, 0, 1),
      level(1_000_000, 3, 1),
      level(2_000_000, 0, 0),
      level(2_000_000, 1, 1),
      { at: 5_000_000, kind: RowKind.span, code: Outcome.error },
      reason(32_000_000, 0, 'sqs.reappeared', 0, 4),
      level(32_000_000, 1, 0),
      level(40_000_000, 0, 0),
    ],
    LEVELS,
  )

  test('counts down once it is decided that a message comes back, not before', () => {
    expect(queueFace(run, 'Q', 4_000_000).back).toBeUndefined()
    expect(queueFace(run, 'Q', 5_000_000).back).toBe(27_000_000)
    expect(queueFace(run, 'Q', 32_000_000).back).toBeUndefined()
  })

  test('tells the age of its oldest message while it holds one', () => {
    expect(queueFace(run, 'Q', 4_000_000).oldest).toBe(3_000_000)
    expect(queueFace(run, 'Q', 41_000_000).oldest).toBeUndefined()
  })
})

describe('shards', () => {
  const LEVELS = [
    { resource: 'S', name: 'shard 0 written' },
    { resource: 'M', name: 'shard 0 read' },
    { resource: 'S', name: 'shard 1 written' },
    { resource: 'S', name: 'shard 1 refused' },
  ]
  const state = (at: number, code: string, value = 0): WrittenRow => ({
    at,
    kind: RowKind.state,
    code: SHARD.states.indexOf(code),
    subject: 0,
    resource: 1,
    value,
  })
  const run = runOf(
    ['S', 'M'],
    [
      state(0, 'reading'),
      level(1_000_000, 0, 3),
      level(2_000_000, 0, 5),
      state(2_000_000, 'invoking', 2),
      level(2_500_000, 2, 4),
      level(2_500_000, 3, 7),
      level(3_000_000, 1, 3),
      state(3_000_000, 'checkpointing'),
      state(3_000_000, 'invoking', 2),
      state(4_000_000, 'blocked', 2),
      state(5_000_000, 'retrying', 2),
      state(6_000_000, 'blocked', 2),
    ],
    LEVELS,
    [{ owner: 'M', machine: 'shard', label: 'shard 0' }],
  )
  const lanes = (t: number) => shardLanes(run, 'S', ['M'], 2, t)

  test('know their reader, what it works on, and how long the record at the iterator has waited', () => {
    expect(lanes(2_400_000)[0]).toEqual({
      shard: 0,
      written: 5,
      read: 0,
      inHand: 2,
      age: 1_400_000,
      hot: false,
      retries: 0,
    })
    expect(lanes(3_500_000)[0]).toMatchObject({ read: 3, inHand: 2, age: 1_500_000 })
  })

  test('that are blocked tell how often the batch was tried', () => {
    expect(lanes(4_500_000)[0]).toMatchObject({ stuck: 'blocked', retries: 1 })
    expect(lanes(5_500_000)[0]).toMatchObject({ stuck: 'blocked', retries: 1 })
    expect(lanes(6_500_000)[0]).toMatchObject({ stuck: 'blocked', retries: 2, age: 4_500_000 })
  })

  test('that refuse writes are hot for 2 s', () => {
    expect([2_400_000, 2_500_000, 4_400_000, 4_500_000].map((t) => lanes(t)[1]?.hot)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('the worst ones are shown, in their order', () => {
    const lane = (shard: number, more: Partial<ShardLane> = {}): ShardLane => ({
      shard,
      written: 0,
      read: 0,
      inHand: 0,
      age: 0,
      hot: false,
      retries: 0,
      ...more,
    })
    const all = [lane(0), lane(1, { age: 60e6 }), lane(2), lane(3, { hot: true }), lane(4, { stuck: 'blocked' })]
    const { shown, others } = worstLanes(all, 3)
    expect(shown.map(({ shard }) => shard)).toEqual([1, 3, 4])
    expect(others.map(({ shard }) => shard)).toEqual([0, 2])
  })
})
