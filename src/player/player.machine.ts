import { assign, fromCallback, setup, type ActorRefFrom } from 'xstate'
import type { MarkKind } from '../state/run/marks'
import type { RunStore } from '../state/run/runStore'
import { landing, markFrom } from './jump'
import { REAL_TIME, type Playhead } from './playhead'
import { advanceSmart, smartPace } from './smartPace'

export type PlayerEvent =
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'toggle' }
  /** One instant at which something visible happens. */
  | { type: 'step'; direction: 1 | -1 }
  /** To a time (µs). */
  | { type: 'seek'; at: number }
  /** By a time (µs). */
  | { type: 'nudge'; by: number }
  | { type: 'toStart' }
  | { type: 'toEnd' }
  | { type: 'scrubStart' }
  | { type: 'scrubEnd' }
  /** Manual pace in simulated seconds per real second, 0.01 to 1000; turns smart time off. */
  | { type: 'speed'; pace: number }
  | { type: 'smart'; on: boolean }
  /** Play by steps instead of continuously (reduced motion). */
  | { type: 'stepped'; on: boolean }
  | { type: 'jump'; kind: MarkKind; direction: 1 | -1 }
  | { type: 'runReplaced' }
  | { type: 'runGrew' }
  | { type: 'runCleared' }
  | { type: 'reachedEnd' }

export type StartFrames = (onFrame: (seconds: number) => void) => () => void

export interface PlayerInput {
  readonly store: RunStore
  readonly playhead: Playhead
  readonly frames: StartFrames
  readonly stepped?: boolean
}

interface PlayerContext extends PlayerInput {
  readonly stepped: boolean
  /** Manual pace. */
  readonly speed: number
  readonly smart: boolean
  readonly resume: boolean
}

/** Real seconds between two steps when playing by steps. */
const STEP_SECONDS = 0.8

/** Where playback must stop for now: the end of the run, or of what is computed of it (µs). */
export function endOf(store: RunStore): { at: number; final: boolean } {
  const { until, duration, phase } = store.status()
  const final = phase === 'done' || phase === 'failed'
  return { at: final ? until : Math.min(until, duration), final }
}

/** A run being computed may still reach the playhead, so only a finished one holds it back. */
function within(store: RunStore, t: number): number {
  const { at, final } = endOf(store)
  return Math.min(Math.max(0, t), final ? at : Math.max(at, store.status().duration))
}

function move({ store, playhead, smart, speed }: PlayerContext, t: number): void {
  const at = within(store, t)
  store.focus(at)
  const pace = smart ? smartPace(store, at, endOf(store).at) : speed === 1 ? REAL_TIME : { pace: speed, reason: '' }
  playhead.set(at, pace)
}

/** Moves the playhead while playing. Nothing of this exists while paused. */
const playback = fromCallback<{ type: 'none' }, PlayerContext>(({ input, sendBack }) => {
  const { store, playhead, frames, smart, speed, stepped } = input
  let waited = 0
  return frames((seconds) => {
    const end = endOf(store)
    const t = playhead.get()
    if (t >= end.at) {
      if (end.final) sendBack({ type: 'reachedEnd' })
      return
    }
    // where detail is still being computed, playback waits for it instead of running through a blank
    const limit = Math.min(end.at, store.knownUntil(t))
    if (limit <= t) return store.focus(t)
    if (stepped) {
      waited += seconds
      if (waited < STEP_SECONDS) return
      waited = 0
      move(input, store.nextEvent(t) ?? end.at)
    } else if (smart) {
      const next = advanceSmart(store, t, seconds, end.at)
      const at = Math.min(limit, next.t)
      store.focus(at)
      playhead.set(at, next.pace)
    } else move(input, Math.min(limit, t + seconds * 1_000_000 * speed))
  })
})

/** Play, pause, step, seek and jump: moves of a playhead over a recording, never commands to the engine (design.md 1.2). */
export const playerMachine = setup({
  types: {
    context: {} as PlayerContext,
    events: {} as PlayerEvent,
    input: {} as PlayerInput,
  },
  actors: { playback },
  guards: {
    atEnd: ({ context }) => {
      const end = endOf(context.store)
      return end.final && context.playhead.get() >= end.at
    },
    hasRun: ({ context }) => context.store.status().run >= 0,
    resumes: ({ context }) => context.resume,
  },
  actions: {
    step: ({ context }, { direction }: { direction: 1 | -1 }) => {
      const t = context.playhead.get()
      const found = direction > 0 ? context.store.nextEvent(t) : context.store.previousEvent(t)
      move(context, found ?? (direction > 0 ? endOf(context.store).at : 0))
    },
    moveTo: ({ context }, { at }: { at: number }) => move(context, at),
    nudge: ({ context }, { by }: { by: number }) => move(context, context.playhead.get() + by),
    toEnd: ({ context }) => move(context, endOf(context.store).at),
    jump: ({ context }, { kind, direction }: { kind: MarkKind; direction: 1 | -1 }) => {
      const mark = markFrom(context.store, kind, context.playhead.get(), direction)
      if (mark) move(context, landing(mark))
    },
    refresh: ({ context }) => move(context, context.playhead.get()),
    setSpeed: assign({
      speed: (_, { pace }: { pace: number }) => Math.min(1_000, Math.max(0.01, pace)),
      smart: false,
    }),
    setSmart: assign({ smart: (_, { on }: { on: boolean }) => on }),
    setStepped: assign({ stepped: (_, { on }: { on: boolean }) => on }),
    remember: assign({ resume: (_, { playing }: { playing: boolean }) => playing }),
  },
}).createMachine({
  id: 'player',
  context: ({ input }) => ({ ...input, stepped: input.stepped ?? false, speed: 1, smart: true, resume: false }),
  initial: 'empty',
  on: { runCleared: { target: '.empty', actions: { type: 'moveTo', params: { at: 0 } } } },
  states: {
    empty: {
      on: {
        runReplaced: { guard: 'hasRun', target: 'run', actions: 'refresh' },
        speed: { actions: { type: 'setSpeed', params: ({ event }) => ({ pace: event.pace }) } },
        smart: { actions: { type: 'setSmart', params: ({ event }) => ({ on: event.on }) } },
        stepped: { actions: { type: 'setStepped', params: ({ event }) => ({ on: event.on }) } },
      },
    },
    run: {
      initial: 'paused',
      on: {
        step: { target: '.paused', actions: { type: 'step', params: ({ event }) => ({ direction: event.direction }) } },
        toStart: { target: '.paused', actions: { type: 'moveTo', params: { at: 0 } } },
        toEnd: { target: '.paused', actions: 'toEnd' },
        seek: { actions: { type: 'moveTo', params: ({ event }) => ({ at: event.at }) } },
        nudge: { actions: { type: 'nudge', params: ({ event }) => ({ by: event.by }) } },
        jump: { actions: { type: 'jump', params: ({ event }) => ({ kind: event.kind, direction: event.direction }) } },
        speed: { actions: [{ type: 'setSpeed', params: ({ event }) => ({ pace: event.pace }) }, 'refresh'] },
        smart: { actions: [{ type: 'setSmart', params: ({ event }) => ({ on: event.on }) }, 'refresh'] },
        stepped: { actions: { type: 'setStepped', params: ({ event }) => ({ on: event.on }) } },
        // An edit rewrites the future, and the playhead stays where it is as long as the run reaches there.
        runReplaced: { actions: 'refresh' },
        runGrew: { actions: 'refresh' },
        scrubStart: { target: '.scrubbing', actions: { type: 'remember', params: { playing: false } } },
      },
      states: {
        paused: {
          on: {
            play: [{ guard: 'atEnd', target: 'playing', actions: { type: 'moveTo', params: { at: 0 } } }, 'playing'],
            toggle: [{ guard: 'atEnd', target: 'playing', actions: { type: 'moveTo', params: { at: 0 } } }, 'playing'],
          },
        },
        playing: {
          invoke: { src: 'playback', input: ({ context }) => context },
          on: {
            pause: 'paused',
            toggle: 'paused',
            reachedEnd: 'ended',
            runGrew: {},
            scrubStart: { target: 'scrubbing', actions: { type: 'remember', params: { playing: true } } },
            // The loop reads its settings once, so it starts anew with others.
            speed: {
              target: 'playing',
              reenter: true,
              actions: { type: 'setSpeed', params: ({ event }) => ({ pace: event.pace }) },
            },
            smart: {
              target: 'playing',
              reenter: true,
              actions: { type: 'setSmart', params: ({ event }) => ({ on: event.on }) },
            },
            stepped: {
              target: 'playing',
              reenter: true,
              actions: { type: 'setStepped', params: ({ event }) => ({ on: event.on }) },
            },
          },
        },
        scrubbing: {
          on: { scrubEnd: [{ guard: 'resumes', target: 'playing' }, { target: 'paused' }] },
        },
        ended: {
          on: {
            play: { target: 'playing', actions: { type: 'moveTo', params: { at: 0 } } },
            toggle: { target: 'playing', actions: { type: 'moveTo', params: { at: 0 } } },
            seek: { target: 'paused', actions: { type: 'moveTo', params: ({ event }) => ({ at: event.at }) } },
            nudge: { target: 'paused', actions: { type: 'nudge', params: ({ event }) => ({ by: event.by }) } },
            jump: {
              target: 'paused',
              actions: { type: 'jump', params: ({ event }) => ({ kind: event.kind, direction: event.direction }) },
            },
            runReplaced: { target: 'paused', actions: 'refresh' },
          },
        },
      },
    },
  },
})

export type PlayerActor = ActorRefFrom<typeof playerMachine>
