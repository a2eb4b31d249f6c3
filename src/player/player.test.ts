import { describe, expect, test } from 'vitest'
import { RowKind, Token } from '../model/recording'
import { createRunStore, type RunStore } from '../state/run/runStore'
import { headOf, legendOf, rowsOf, type WrittenRow } from '../state/run/sampleRun.fixture'
import { keyToEvent, PLAYER_KEYS } from './keyboard'
import { nextSpeed, paceText } from './paceText'
import { createPlayer } from './player'
import { createPlayhead, stretchOf, throttled } from './playhead'
import { advanceSmart, smartPace } from './smartPace'

const SECOND = 1_000_000

function storeWith(rows: readonly WrittenRow[], duration = 300 * SECOND): RunStore {
  const store = createRunStore()
  store.begin(1, headOf(['Client', 'Worker'], duration))
  store.append(
    rowsOf(0, rows),
    legendOf(
      [{ from: 'Client', to: 'Worker', action: 'lambda:Invoke' }],
      [
        { owner: 'Worker', machine: 'environment', label: 'e1' },
        { owner: 'Worker', machine: 'eni', label: '10.0.1.17' },
      ],
    ),
  )
  store.progress({ until: duration, done: true, events: 0, rows: rows.length }, [], [])
  return store
}

const hop = (at: number): WrittenRow => ({ at, kind: RowKind.hop, code: Token.request, subject: 0, until: at + 10_000 })
const state = (at: number, code: number, subject = 0): WrittenRow => ({
  at,
  kind: RowKind.state,
  code,
  subject,
  resource: 1,
})

/** A request at 10 s starts e1 cold for 100 ms. */
const COLD = [
  hop(10 * SECOND),
  state(10.01 * SECOND, 0),
  state(10.05 * SECOND, 1),
  state(10.11 * SECOND, 2),
  state(10.2 * SECOND, 3),
]

/** Real seconds smart time takes from `from` to `to` at 60 frames a second. */
function realSeconds(store: RunStore, from: number, to: number): number {
  let t = from
  let frames = 0
  for (; t < to && frames < 100_000; frames++) t = advanceSmart(store, t, 1 / 60, 300 * SECOND).t
  return frames / 60
}

describe('smart time', () => {
  test('a cold start of 100 ms takes about a second, and says where', () => {
    const store = storeWith(COLD)
    expect(smartPace(store, 10.05 * SECOND, 300 * SECOND)).toMatchObject({ pace: 1 / 8, reason: 'cold start in e1' })
    expect(realSeconds(store, 10.01 * SECOND, 10.11 * SECOND)).toBeCloseTo(0.8, 1)
  })

  test('nothing for ten seconds takes about one, and never runs past the next event', () => {
    const store = storeWith(COLD)
    expect(smartPace(store, 5 * SECOND, 300 * SECOND).reason).toBe('nothing until 00:10')
    expect(realSeconds(store, 0, 10 * SECOND)).toBeCloseTo(1.2, 1)
    // 1 s of real time at this pace would reach 16 s; the cold start in between is not skipped
    expect(advanceSmart(store, 9.9 * SECOND, 0.1, 300 * SECOND).t).toBeLessThan(10.1 * SECOND)
    expect(smartPace(store, 100 * SECOND, 300 * SECOND).reason).toBe('nothing more')
  })

  test('an interface of 90 s takes a few seconds', () => {
    const store = storeWith([state(SECOND, 0, 1), state(91 * SECOND, 1, 1)])
    expect(smartPace(store, 30 * SECOND, 300 * SECOND).reason).toBe('ENI 10.0.1.17 pending')
    expect(realSeconds(store, SECOND, 91 * SECOND)).toBeCloseTo(5, 0)
  })

  test('steady traffic plays in real time', () => {
    const store = storeWith(Array.from({ length: 1_000 }, (_, i) => hop(i * 20_000)))
    expect(smartPace(store, 10 * SECOND, 300 * SECOND)).toMatchObject({ pace: 1, reason: '' })
    expect(realSeconds(store, 5 * SECOND, 10 * SECOND)).toBeCloseTo(5, 0)
  })
})

/** A player whose frames are made by hand. */
async function manual(store: RunStore) {
  const frames = new Set<(seconds: number) => void>()
  const player = createPlayer(store, {
    frames: (onFrame) => {
      frames.add(onFrame)
      return () => frames.delete(onFrame)
    },
  })
  const actor = await player.actor
  const mode = (): unknown => {
    const { value } = actor.getSnapshot()
    return typeof value === 'string' ? value : value.run
  }
  const tick = (seconds: number): void => [...frames].forEach((frame) => frame(seconds))
  return { player, frames, mode, tick, at: () => player.playhead.get() / SECOND }
}

describe('the player', () => {
  test('runs nothing while paused, and plays to the end', async () => {
    const { player, frames, mode, tick, at } = await manual(storeWith(COLD, 12 * SECOND))
    expect([mode(), frames.size]).toEqual(['paused', 0])
    player.send({ type: 'speed', pace: 2 })
    player.send({ type: 'toggle' })
    expect([mode(), frames.size]).toEqual(['playing', 1])
    tick(0.5)
    expect(at()).toBe(1)
    player.send({ type: 'speed', pace: 10 })
    tick(1)
    expect([at(), frames.size]).toEqual([11, 1])
    tick(1)
    tick(1)
    expect([mode(), frames.size, at()]).toEqual(['ended', 0, 12])
    player.send({ type: 'play' })
    expect([mode(), at()]).toEqual(['playing', 0])
    player.send({ type: 'pause' })
    expect(frames.size).toBe(0)
  })

  test('steps over instants both ways, seeks within the run and jumps to marks', async () => {
    const { player, at } = await manual(storeWith(COLD, 12 * SECOND))
    const after = (event: Parameters<typeof player.send>[0]): number => {
      player.send(event)
      return at()
    }
    expect(after({ type: 'step', direction: 1 })).toBe(10)
    expect(after({ type: 'step', direction: 1 })).toBe(10.01)
    expect(after({ type: 'step', direction: -1 })).toBe(10)
    expect(after({ type: 'step', direction: -1 })).toBe(0)
    expect(after({ type: 'jump', kind: 'coldStart', direction: 1 })).toBe(10.01)
    expect(after({ type: 'jump', kind: 'retry', direction: 1 })).toBe(10.01)
    expect(after({ type: 'seek', at: 99 * SECOND })).toBe(12)
    expect(after({ type: 'seek', at: -5 })).toBe(0)
    expect(after({ type: 'toEnd' })).toBe(12)
  })

  test('finds a mark at the first instant, and goes on from it', async () => {
    const store = storeWith([state(0, 0), state(10_000, 2), state(5 * SECOND, 0, 1)])
    const player = createPlayer(store)
    await player.actor
    const next = (): number => {
      player.send({ type: 'jump', kind: 'coldStart', direction: 1 })
      return player.playhead.get()
    }
    player.send({ type: 'runReplaced' })
    expect(next()).toBe(1)
    // the second entity is an interface, which is no cold start
    expect(next()).toBe(1)
    player.send({ type: 'seek', at: 2 * SECOND })
    player.send({ type: 'jump', kind: 'coldStart', direction: -1 })
    expect(player.playhead.get()).toBe(1)
  })

  test('goes on playing after a scrub that interrupted it', async () => {
    const { player, mode, frames } = await manual(storeWith(COLD))
    player.send({ type: 'play' })
    player.send({ type: 'scrubStart' })
    expect([mode(), frames.size]).toEqual(['scrubbing', 0])
    player.send({ type: 'seek', at: SECOND })
    player.send({ type: 'scrubEnd' })
    expect(mode()).toBe('playing')
  })

  test('waits for what is not computed yet, and stays in time when a run is replaced', async () => {
    const store = createRunStore()
    const { player, mode, tick, at } = await manual(store)
    expect(mode()).toBe('empty')
    store.begin(1, headOf(['A'], 10 * SECOND))
    store.progress({ until: 2 * SECOND, done: false, events: 0, rows: 0 }, [], [])
    player.send({ type: 'speed', pace: 5 })
    player.send({ type: 'play' })
    tick(1)
    tick(1)
    expect([mode(), at()]).toEqual(['playing', 2])
    store.progress({ until: 10 * SECOND, done: true, events: 0, rows: 0 }, [], [])
    tick(0.4)
    expect(at()).toBe(4)
    store.begin(2, headOf(['A'], 3 * SECOND))
    store.progress({ until: 3 * SECOND, done: true, events: 0, rows: 0 }, [], [])
    expect(at()).toBe(3)
  })

  test('plays by steps when motion is reduced', async () => {
    const { player, tick, at } = await manual(storeWith(COLD, 12 * SECOND))
    player.send({ type: 'stepped', on: true })
    player.send({ type: 'play' })
    tick(0.5)
    expect(at()).toBe(0)
    tick(0.5)
    expect(at()).toBe(10)
  })

  test('what is sent before its chart is loaded waits for it', async () => {
    const player = createPlayer(storeWith(COLD, 12 * SECOND))
    player.send({ type: 'speed', pace: 5 })
    player.send({ type: 'seek', at: 3 * SECOND })
    expect([player.speed(), player.playhead.get()]).toEqual([1, 0])
    await player.actor
    expect([player.speed(), player.playhead.get()]).toEqual([5, 3 * SECOND])
    player.dispose()
  })
})

describe('small parts', () => {
  test('paces read as fractions', () => {
    expect([0.01, 1 / 8, 0.5, 1, 2.5, 62.4].map(paceText)).toEqual(['1/100×', '1/8×', '1/2×', '1×', '2.5×', '62×'])
    expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(1000, 1)]).toEqual([2, 0.5, 1000])
  })

  test('keys mean one thing each', () => {
    const press = { key: ' ', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
    expect(keyToEvent(press, 1)).toEqual({ type: 'toggle' })
    expect(keyToEvent({ ...press, ctrlKey: true }, 1)).toBe(null)
    expect(keyToEvent({ ...press, key: 'ArrowRight', shiftKey: true }, 1)).toEqual({ type: 'nudge', by: SECOND })
    expect(keyToEvent({ ...press, key: ']' }, 1)).toEqual({ type: 'speed', pace: 2 })
    const back = { type: 'jump', kind: 'coldStart', direction: -1 }
    expect(keyToEvent({ ...press, key: 'J', shiftKey: true }, 1)).toEqual(back)
    expect(keyToEvent({ ...press, key: 'J' }, 1)).toEqual({ ...back, direction: 1 })
    expect(keyToEvent({ ...press, key: 'ArrowRight', altKey: true }, 1)).toBe(null)
    const combinations = PLAYER_KEYS.map(({ key, shift }) => `${key}${shift}`)
    expect(new Set(combinations).size).toBe(combinations.length)
  })

  test('a throttled view tells the first change at once and the last one always', () => {
    const playhead = createPlayhead()
    let now = 0
    let due: (() => void) | null = null
    const view = throttled(playhead, 100, { now: () => now, after: (_, run) => ((due = run), () => (due = null)) })
    const seen: number[] = []
    view.subscribe(() => seen.push(view.get()))
    playhead.set(1)
    playhead.set(2)
    playhead.set(3)
    expect(seen).toEqual([1])
    now = 100
    ;(due as (() => void) | null)?.()
    expect(seen).toEqual([1, 3])
  })
})

test('a chosen pace stretches what moves, a gap that is skipped does not: what came before it is not shown again', () => {
  expect(stretchOf({ pace: 10, reason: '' })).toBe(10)
  expect(stretchOf({ pace: 1 / 8, reason: 'cold start in e1' })).toBe(1 / 8)
  expect(stretchOf({ pace: 900, reason: 'nothing more' })).toBe(1)
  expect(stretchOf({ pace: 0, reason: '' })).toBeGreaterThan(0)
})

test('while paused, the pace is told anew when rows around the playhead come later', async () => {
  const store = storeWith([hop(SECOND)])
  const player = createPlayer(store, { frames: () => () => undefined })
  const actor = await player.actor
  actor.send({ type: 'seek', at: 100 * SECOND })
  expect(player.playhead.pace().reason).toBe('nothing more')
  store.append(rowsOf(1, [hop(200 * SECOND)]), legendOf([], []))
  expect(player.playhead.pace().reason).toBe('nothing until 03:20')
  player.dispose()
})
