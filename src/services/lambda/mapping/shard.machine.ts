import { setup } from 'xstate'

const expired = { guard: 'too old', target: 'discarding', actions: 'note expiry', reenter: true } as const
const ready = { guard: 'batch ready', target: 'invoking' } as const
const held = { guard: 'records held', target: 'collecting' } as const
const next = [{ guard: 'switched off', target: 'stopped' }, expired, ready, held, { target: 'reading' }] as const
const again = [expired, { target: 'retrying' }] as const
const failure = [
  { guard: 'splits', target: 'retrying', actions: 'split', reenter: true },
  { guard: 'retry left', target: 'blocked', actions: 'note retry' },
  { target: 'discarding', actions: 'note exhaustion' },
] as const
const answers = {
  succeeded: 'checkpointing',
  partlyFailed: failure,
  failed: failure,
  throttled: { target: 'holding', actions: 'note throttle' },
} as const

/**
 * One lane of a stream mapping: a shard, or with a parallelization factor that part of a shard to which some of its keys belong (STR-ESM-2).
 * Records are taken in order, one batch at a time. A batch that fails blocks the lane until it succeeds, is given up or is too old (STR-ESM-4);
 * halves of a split batch go on at once (STR-ESM-5), a refused one waits and uses no retry (STR-ESM-3).
 */
export const shardMachine = setup({
  types: {
    events: {} as {
      type:
        'open' | 'close' | 'received' | 'denied' | 'succeeded' | 'partlyFailed' | 'failed' | 'throttled' | 'advanced'
    },
  },
  guards: {
    'switched off': () => false,
    'too old': () => false,
    'batch ready': () => false,
    'records held': () => false,
    splits: () => false,
    'retry left': () => false,
  },
  actions: {
    ask: () => {},
    invoke: () => {},
    checkpoint: () => {},
    discard: () => {},
    split: () => {},
    'note retry': () => {},
    'note throttle': () => {},
    'note exhaustion': () => {},
    'note expiry': () => {},
  },
  delays: { WINDOW: 0, WINDOW_OVER: 0, BACKOFF: 0, DENIED: 0 },
}).createMachine({
  id: 'shard',
  initial: 'stopped',
  states: {
    stopped: { on: { open: [expired, ready, held, { target: 'reading' }] } },
    reading: {
      entry: 'ask',
      on: { received: [expired, ready, held], denied: 'denied', close: 'stopped' },
      after: { WINDOW_OVER: 'invoking' },
    },
    collecting: {
      entry: 'ask',
      on: { received: [expired, ready, { actions: 'ask' }], denied: 'denied', close: 'stopped' },
      after: { WINDOW: [expired, { target: 'invoking' }] },
    },
    denied: { on: { close: 'stopped' }, after: { DENIED: next } },
    invoking: { entry: 'invoke', on: answers },
    retrying: { entry: 'invoke', on: answers },
    holding: { on: { close: 'stopped' }, after: { BACKOFF: again } },
    blocked: { on: { close: 'stopped' }, after: { BACKOFF: again } },
    checkpointing: { entry: 'checkpoint', on: { advanced: next } },
    discarding: { entry: 'discard', on: { advanced: next } },
  },
})
