import { describe as suite, expect, test } from 'vitest'
import { Outcome, ROWS_PER_CHUNK, RowKind, Token } from '../../model/recording'
import { describe } from './describe'
import { faceData } from './faces'
import { createRunStore } from './runStore'
import { headOf, legendOf, rowsOf, windowOf, type WrittenRow } from './sampleRun.fixture'
import type { DetailRequest } from '../../worker/protocol'
import { createTokenSource } from './tokens'

const WIRE = { from: 'Shoppers', to: 'Worker', action: 'lambda:Invoke' }
const ENV = (label: string) => ({ owner: 'Worker', machine: 'environment', label })
const head = headOf(['Shoppers', 'Worker', 'Dlq'], 10_000_000, ['worker.full'])

/** A cold start at 1.0 s, a request until 1.5 s, a refusal at 2.0 s and a dead letter at 3.0 s. */
const STORY: WrittenRow[] = [
  { at: 1_000_000, kind: RowKind.hop, code: Token.request, subject: 0, resource: 0, until: 1_010_000, value: 1 },
  { at: 1_010_000, kind: RowKind.state, code: 0, subject: 0, resource: 1, cause: 0 },
  { at: 1_100_000, kind: RowKind.state, code: 1, subject: 0, resource: 1, cause: 1 },
  { at: 1_300_000, kind: RowKind.state, code: 2, subject: 0, resource: 1, cause: 2 },
  { at: 1_500_000, kind: RowKind.span, code: Outcome.ok, subject: 0, resource: 1, value: 1_300_000, cause: 3 },
  { at: 1_500_000, kind: RowKind.state, code: 3, subject: 0, resource: 1, cause: 4 },
  { at: 2_000_000, kind: RowKind.reason, code: 0, resource: 1, value: 5, subject: 1 },
  { at: 2_000_000, kind: RowKind.hop, code: Token.throttled, subject: 0, resource: 0, until: 2_010_000, cause: 6 },
  { at: 2_000_000, kind: RowKind.level, subject: 0, resource: 1, value: 3 },
  { at: 3_000_000, kind: RowKind.hop, code: Token.deadLetter, subject: 1, resource: 1, until: 3_010_000, value: 2 },
]

function story() {
  const store = createRunStore()
  store.begin(1, head)
  store.append(
    rowsOf(0, STORY),
    legendOf(
      [WIRE, { from: 'Worker', to: 'Dlq', action: 'sqs:SendMessage' }],
      [ENV('e1')],
      [{ resource: 'Worker', name: 'concurrency' }],
    ),
  )
  return store
}

suite('the recording store', () => {
  test('answers what holds at a time', () => {
    const store = story()
    expect(store.stateName(0, 1_009_999)).toBe(null)
    expect(store.stateName(0, 1_010_000)).toBe('provisioning')
    expect(store.stateName(0, 1_400_000)).toBe('warm.busy')
    expect(store.stateAt(0, 1_400_000)).toMatchObject({ since: 1_300_000, until: 1_500_000, row: 3 })
    expect(store.levelAt('Worker', 'concurrency', 1_999_999)).toBe(0)
    expect(store.levelAt('Worker', 'concurrency', 2_000_000)).toBe(3)
    expect(store.states.activeUntil(0, 1_400_000)).toBe(100_000)
    expect(store.states.activeUntil(0, 9_000_000)).toBe(200_000)
  })

  test('steps over distinct instants and jumps to marks', () => {
    const store = story()
    expect(store.nextEvent(0)).toBe(1_000_000)
    expect(store.nextEvent(1_500_000)).toBe(2_000_000)
    expect(store.previousEvent(2_000_000)).toBe(1_500_000)
    expect(store.previousEvent(1_000_000)).toBe(null)
    expect(store.nextMark('coldStart', 0, 1)).toMatchObject({ at: 1_010_000, row: 1 })
    expect(store.nextMark('coldStart', 1_010_000, 1)).toBe(null)
    expect(store.nextMark('refused', 9_000_000, -1)).toMatchObject({ at: 2_000_000, resource: 1 })
    expect(store.nextMark('deadLetter', 0, 1)).toMatchObject({ at: 3_000_000, resource: 2 })
  })

  test('tells why, oldest first', () => {
    const store = story()
    expect(store.causes(5).map((row) => row.index)).toEqual([0, 1, 2, 3, 4, 5])
    expect(store.causes(9).map((row) => row.index)).toEqual([9])
    expect(store.lastReasons('Worker', 2_000_000)).toEqual([{ at: 2_000_000, row: 6, code: 0 }])
    const words = { name: (id: string) => id, reason: () => 'All {value} environments of {resource} are taken.' }
    expect(describe(store, store.rowAt(6)!, words).text).toBe('All 5 environments of Worker are taken.')
    expect(describe(store, store.rowAt(4)!, words).text).toBe('Worker e1 finished after 200 ms.')
    expect(describe(store, store.rowAt(7)!, words).text).toBe('Worker refused Shoppers: throttled (lambda:Invoke).')
  })

  test('reads a face', () => {
    const store = story()
    expect(faceData(store, 'Worker', 1_200_000).slots).toEqual([
      { state: 'init', label: 'e1', progress: 0.5, entity: 0 },
    ])
    expect(faceData(store, 'Worker', 2_100_000).slots?.map((slot) => slot.state)).toEqual(['idle', 'throttled'])
    expect(faceData(store, 'Dlq', 2_999_999).badges).toEqual([])
    expect(faceData(store, 'Dlq', 3_000_000).badges).toEqual([{ kind: 'dead', count: 2, row: 9 }])
    expect(faceData(store, 'Worker', 3_000_000).facts['finished']).toBe(1)
  })

  test('keeps the old run until the new one has something to show', () => {
    const store = story()
    store.begin(2, headOf(['Other']))
    expect(store.status()).toMatchObject({ run: 1, stale: true })
    expect(store.nextEvent(0)).toBe(1_000_000)
    store.apply({ type: 'rows', run: 1, rows: rowsOf(10, STORY), legend: legendOf() })
    expect(store.status()).toMatchObject({ run: 1, rows: 10 })
    store.apply({
      type: 'progress',
      run: 2,
      progress: { until: 5, done: false, events: 0, rows: 0 },
      series: [],
      costs: [],
    })
    expect(store.status()).toMatchObject({ run: 2, stale: false, phase: 'computing', until: 5 })
    expect(store.nextEvent(0)).toBe(null)
  })

  test('forgets what an intervention replaces, and nothing else', () => {
    const store = story()
    store.resumed(2, 6, 1, 0, 1)
    expect(store.nextEvent(1_500_000)).toBe(null)
    expect(store.previousEvent(9_000_000)).toBe(1_500_000)
    expect(store.nextMark('refused', 0, 1)).toBe(null)
    expect(store.rowAt(5)).toBeDefined()
    expect(store.rowAt(6)).toBeUndefined()
    expect(store.levels).toEqual([])
    store.append(
      rowsOf(6, [{ at: 1_700_000, kind: RowKind.state, code: 4, subject: 0, resource: 1, cause: 5 }]),
      legendOf(),
    )
    expect(store.stateName(0, 1_700_000)).toBe('reclaimed')
    expect(store.entitiesOf('Worker', 'environment', 1_700_000)).toEqual([])
    expect(store.causes(6)).toHaveLength(7)
  })

  test('drops detail far from the focus and takes it back', () => {
    const asked: DetailRequest[] = []
    const store = createRunStore({ keepRows: 2 * ROWS_PER_CHUNK, onMissing: (request) => asked.push(request) })
    store.begin(1, head)
    const chunk = (number: number) =>
      rowsOf(
        number * ROWS_PER_CHUNK,
        Array.from({ length: ROWS_PER_CHUNK }, (_, i) => ({
          at: number * ROWS_PER_CHUNK + i,
          kind: RowKind.hop,
          subject: 0,
          until: 1e9,
        })),
      )
    for (let number = 0; number < 5; number++) store.append(chunk(number), legendOf(number === 0 ? [WIRE] : []))
    expect(store.rowAt(3)).toBeDefined()
    expect(store.rowAt(2 * ROWS_PER_CHUNK)).toBeUndefined()
    expect(store.firstRowAt(2 * ROWS_PER_CHUNK + 7)).toBe(2 * ROWS_PER_CHUNK + 7)
    expect(store.countUntil('Shoppers', 'hop', Token.event, 1e9)).toBe(5 * ROWS_PER_CHUNK)
    store.focus(2 * ROWS_PER_CHUNK)
    store.want(10, 20)
    store.want(10, 20)
    expect(asked).toMatchObject([{ at: 10, from: 10, to: 20 }])
    store.detail(asked[0]!, windowOf([chunk(2)]), legendOf())
    expect(store.rowAt(2 * ROWS_PER_CHUNK)).toBeDefined()
  })
})

suite('windows', () => {
  const hop = (at: number) => ({ at, kind: RowKind.hop, subject: 0, until: at })
  const done = { until: 1_000, done: true, events: 9, rows: 90_000 }

  function beyond() {
    const asked: DetailRequest[] = []
    const store = createRunStore({ onMissing: (request) => asked.push(request) })
    store.begin(1, head)
    store.append(rowsOf(0, [hop(1), hop(9), hop(10)]), legendOf([WIRE]))
    store.progress(done, [], [])
    return { asked, store }
  }

  test('follow the beginning before the playhead gets there, and give way to one that waits elsewhere', () => {
    const { asked, store } = beyond()
    // the instant the beginning ends in may be incomplete
    expect(asked).toMatchObject([{ at: 10, most: 200_000 }])
    store.focus(500)
    store.focus(700)
    expect(asked.slice(1)).toMatchObject([{ at: 500, most: 24_000 }])
    expect(store.status().awaiting).toBe(true)
    const rows = rowsOf(40_000, [hop(450), hop(600)])
    store.detail(asked[1]!, windowOf([rows]), legendOf())
    // it answers where the playhead was; where it is now is asked next
    expect(asked.at(-1)).toMatchObject({ at: 700 })
    store.focus(500)
    expect(store.status().awaiting).toBe(false)
    expect(store.rowAt(40_001)).toMatchObject({ at: 600 })
    expect([store.nextEvent(500), store.nextEvent(600), store.previousEvent(450)]).toEqual([600, 601, 449])
    expect([store.knownUntil(5), store.knownUntil(500), store.knownUntil(800)]).toEqual([10, 601, 800])
  })

  test('are dropped by a resumed run, and by a new one', () => {
    const { asked, store } = beyond()
    store.focus(500)
    store.detail(asked.at(-1)!, windowOf([rowsOf(40_000, [hop(450), hop(600)])]), legendOf())
    store.resumed(2, 2, 0, 0, 1)
    expect(store.rowAt(40_001)).toBeUndefined()
    expect(store.nextEvent(5)).toBe(9)
    expect(store.shown.firstRow).toBe(0)
    store.begin(3, head)
    store.append(rowsOf(0, [hop(3)]), legendOf([WIRE]))
    expect(store.stretches()).toHaveLength(1)
  })
})

suite('tokens', () => {
  test('travel for their simulated time within 360 and 1,400 ms of real time', () => {
    const tokens = createTokenSource(story())
    const at = (t: number, pace: number) => {
      const frame = tokens.frame(t, pace)
      return Array.from({ length: frame.length }, (_, i) => [frame.row[i], frame.fraction[i], frame.arrived[i]])
    }
    expect(at(999_999, 1)).toEqual([])
    // 10 ms at pace 1 would be too fast to see: 360 ms
    expect(at(1_180_000, 1)).toEqual([[0, 0.5, 0]])
    // at 1/1000 it would take 10 s: 1.4 s real are 1.4 ms simulated
    expect(at(1_000_700, 0.001)).toEqual([[0, 0.5, 0]])
    expect(at(1_360_000 + 450_000, 1)).toEqual([[0, 1, 0.5]])
    expect(at(1_360_000 + 900_001, 1)).toEqual(at(1_360_000 + 900_001, 1))
  })

  test('a crowd becomes one capsule', () => {
    const store = createRunStore()
    store.begin(1, head)
    const crowd = Array.from({ length: 64 }, (_, i) => ({ at: i, kind: RowKind.hop, subject: 0, until: i + 5 }))
    store.append(rowsOf(0, crowd), legendOf([WIRE]))
    const frame = createTokenSource(store).frame(64, 1)
    expect([frame.length, frame.count[0], frame.row[0]]).toEqual([1, 64, -1])
  })
})
