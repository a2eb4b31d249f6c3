import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createRun } from '../engine/run'
import { newRows } from '../kernel/recorder'
import type { Rows } from '../model/recording'
import type { Scenario } from '../model/scenario'
import { HandHost } from './port.fixture'
import type { FromWorker, Holdings } from './protocol'

/** A client that calls a function `rate` times a second, for `duration` s. */
function scenario(rate: number, duration: number, interventions: Scenario['interventions'] = []): Scenario {
  return {
    coldstart: 1,
    name: 'x',
    profile: 'teaching',
    seed: 7,
    duration,
    resources: {
      Client: {
        Type: 'Coldstart::Client',
        Behavior: { traffic: { pattern: 'poisson', rate }, call: 'lambda:Invoke', to: 'Fn' },
      },
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3, Role: 'Role' },
        Behavior: { steps: [{ wait: { exp: 0.05 } }] },
      },
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [] } },
    },
    ...(interventions.length > 0 ? { interventions } : {}),
  }
}

const LONG = scenario(50, 600)
const NOTHING: Holdings = { rows: 0, wires: 0, entities: 0, levels: 0 }
const COLUMNS = ['at', 'until', 'value', 'kind', 'code', 'resource', 'subject', 'trace', 'cause'] as const

/** All rows of a run in one chunk. */
function allRows(run: Scenario): Rows {
  const chunks: Rows[] = []
  const whole = createRun(run)
  whole.kernel.recorder.sink = (rows) => chunks.push(rows)
  while (!whole.advance(1_000_000));
  return joined(chunks)
}

function joined(chunks: readonly Rows[]): Rows {
  const all = newRows(
    chunks[0]?.first ?? 0,
    chunks.reduce((sum, { length }) => sum + length, 0),
  )
  for (const chunk of chunks) {
    expect(chunk.first).toBe(all.first + all.length)
    for (const column of COLUMNS) all[column].set(chunk[column].subarray(0, chunk.length), all.length)
    all.length += chunk.length
  }
  return all
}

/** Fingerprint of rows: comparing hundreds of thousands of them one by one takes long. */
function print(rows: Rows, from = 0, to = rows.length): string {
  const hash = createHash('sha1').update(`${rows.first + from}+${to - from}`)
  for (const column of COLUMNS) hash.update(new Uint8Array(rows[column].slice(from, to).buffer))
  return hash.digest('hex')
}

const of = <T extends FromWorker['type']>(
  messages: readonly FromWorker[],
  type: T,
): Extract<FromWorker, { type: T }>[] =>
  messages.filter((message): message is Extract<FromWorker, { type: T }> => message.type === type)

const ask = (at: number, most = 4_000) => ({ type: 'detail', run: 1, at, from: at, to: 2e9, most }) as const

describe('the simulator host', () => {
  it('sends the first rows and then only how far it is', () => {
    const worker = new HandHost(10_000)
    worker.host.receive({ type: 'run', run: 1, scenario: LONG })
    worker.turn()
    const messages = worker.take()
    expect(messages[0]!.type).toBe('head')
    const rows = joined(of(messages, 'rows').map((message) => message.rows))
    expect([rows.first, rows.length]).toEqual([0, 10_000])
    const { progress } = of(messages, 'progress').at(-1)!
    expect(progress.done).toBe(true)
    expect(progress.rows).toBeGreaterThan(100_000)
  })

  it('answers a window with exactly the rows of the run there, bounded, around the time asked for', () => {
    const whole = allRows(LONG)
    const worker = new HandHost(10_000)
    worker.host.receive({ type: 'run', run: 1, scenario: LONG })
    worker.turn()
    worker.take()
    for (const at of [599e6, 400e6, 40e6, 0]) {
      worker.host.receive(ask(at))
      worker.turn()
      const [message] = of(worker.take(), 'detail')
      const { from, to, exact, rows: chunks, standing } = message!.detail
      const rows = joined(chunks)
      expect(from).toBeLessThanOrEqual(at)
      expect(exact).toBeLessThanOrEqual(at)
      expect(to).toBeGreaterThanOrEqual(at)
      expect(rows.length).toBeLessThan(4_000 + 17_000)
      expect(standing.row).toBe(rows.first)
      // complete at both ends: the row before lies before the window, the row after lies after it
      expect(whole.at[rows.first - 1] ?? -1).toBeLessThan(Math.max(from, 1e-9))
      expect(whole.at[rows.first + rows.length] ?? Infinity).toBeGreaterThan(to)
      expect(print(rows)).toBe(print(whole, rows.first, rows.first + rows.length))
    }
  })

  it('moves the start of a window on when too many rows lie before the time asked for', () => {
    const worker = new HandHost(1_000)
    worker.host.receive({ type: 'run', run: 1, scenario: LONG })
    worker.turn()
    worker.take()
    worker.host.receive({ ...ask(500e6), from: 0 })
    worker.turn()
    const [message] = of(worker.take(), 'detail')
    const rows = joined(message!.detail.rows)
    expect(rows.length).toBeLessThan(4_000 + 17_000)
    expect(message!.detail.from).toBeGreaterThan(300e6)
    expect(message!.detail.to).toBeGreaterThan(500e6)
  })

  it('answers while the run goes on, and the run is what it would have been', () => {
    const plain = new HandHost()
    plain.host.receive({ type: 'run', run: 1, scenario: LONG })
    plain.turn()
    const undisturbed = plain.take()

    const worker = new HandHost()
    worker.host.receive({ type: 'run', run: 1, scenario: LONG })
    worker.host.receive(ask(20e6))
    while (of(worker.sent, 'detail').length === 0) worker.turn(1)
    const early = worker.take()
    expect(of(early, 'detail')).toHaveLength(1)
    expect(of(early, 'progress').at(-1)!.progress.done).toBe(false)
    worker.turn()
    const messages = [...early, ...worker.take()]
    expect(print(joined(of(messages, 'rows').map(({ rows }) => rows)))).toBe(
      print(joined(of(undisturbed, 'rows').map(({ rows }) => rows))),
    )
    expect(of(messages, 'progress').at(-1)).toEqual(of(undisturbed, 'progress').at(-1))
    // every name is told once, in the order of the run
    expect(messages.flatMap((message) => ('legend' in message ? message.legend.entities : []))).toEqual(
      undisturbed.flatMap((message) => ('legend' in message ? message.legend.entities : [])),
    )
  })

  it('does not answer beyond what the run has computed', () => {
    const worker = new HandHost()
    worker.host.receive({ type: 'run', run: 1, scenario: LONG })
    const reached = of(worker.take(), 'progress').at(-1)!.progress.until
    worker.host.receive(ask(590e6))
    while (of(worker.sent, 'detail').length === 0) worker.turn(1)
    // a slice of the run may have come between
    expect(of(worker.sent, 'detail')[0]!.detail.to).toBeLessThan(4 * reached)
  })

  it('rehearses seeks when a long run is over, unheard, and leaves off when something else is asked', () => {
    const hand = new HandHost(1_000)
    hand.host.receive({ type: 'run', run: 1, scenario: LONG })
    const turns = hand.turn()
    expect(hand.take().filter(({ type }) => type === 'detail' || type === 'failed')).toEqual([])
    // the next long run needs no rehearsal
    hand.host.receive({ type: 'run', run: 2, scenario: LONG })
    const bare = hand.turn()
    expect(bare).toBeLessThan(turns)

    const other = new HandHost(1_000)
    other.host.receive({ type: 'run', run: 1, scenario: LONG })
    other.turn(bare)
    other.host.receive({ type: 'stop' })
    expect(other.turn()).toBeLessThan(turns - bare)
  })

  it('drops the run under way when an edit orders another, and details of the old one with it', () => {
    const worker = new HandHost()
    worker.host.receive({ type: 'run', run: 1, scenario: LONG })
    worker.turn(1)
    worker.host.receive({ ...ask(1e6), most: 1e9 })
    worker.take()
    worker.host.receive({ type: 'run', run: 2, scenario: scenario(5, 10) })
    worker.host.receive(ask(1e6))
    worker.turn()
    const messages = worker.take()
    expect(new Set(messages.map((message) => message.run))).toEqual(new Set([2]))
    expect(of(messages, 'detail')).toEqual([])
    expect(of(messages, 'progress').at(-1)!.progress).toMatchObject({ done: true, until: 10e6 })
  })

  it('stops when told to', () => {
    const worker = new HandHost()
    worker.host.receive({ type: 'run', run: 1, scenario: LONG })
    worker.host.receive({ type: 'stop' })
    worker.take()
    worker.turn()
    expect(worker.sent).toEqual([])
  })

  it('resumes from rows the page holds, so that those on their way when it was ordered are sent again', () => {
    const at = 450
    const changed = scenario(50, 600, [{ at, send: 'Client', count: 3 }])
    const whole = allRows(changed)
    const worker = new HandHost()
    worker.host.receive({ type: 'run', run: 1, scenario: LONG })
    worker.turn()
    const first = worker.take()
    const sent = of(first, 'rows').map(({ rows }) => rows)
    // the page heard only the first two thirds
    const heard = joined(sent.slice(0, Math.ceil((2 * sent.length) / 3)))
    const holds = { ...NOTHING, rows: heard.length, wires: 1, entities: 3, levels: 1 }
    worker.host.receive({ type: 'resume', run: 2, scenario: changed, from: at * 1e6, holds })
    worker.turn()
    const messages = worker.take()
    const [resumed] = of(messages, 'resumed')
    expect(resumed!.keepRows).toBeLessThanOrEqual(heard.length)
    expect(resumed!.keepRows).toBeGreaterThan(0)
    const rest = of(messages, 'rows').map(({ rows }) => rows)
    const kept = { ...heard, length: resumed!.keepRows }
    expect(print(joined([kept, ...rest]))).toBe(print(whole))
  })

  it('says what went wrong instead of leaving the page waiting', () => {
    const worker = new HandHost()
    worker.host.receive({ type: 'run', run: 1, scenario: {} as Scenario })
    expect(of(worker.take(), 'failed')).toHaveLength(1)
  })
})
