import { setup } from 'xstate'

/**
 * One poller of an SQS event source mapping (ESM-1, SQS-ESM-3 to SQS-ESM-8). It receives, waits for a full batch or the window, invokes the
 * function synchronously and deletes what was done. What failed stays hidden until its visibility timeout is over. A throttled batch is held
 * and offered again until then; after an error of the function the poller pauses.
 */
export const pollerMachine = setup({
  types: {
    events: {} as {
      type:
        | 'received'
        | 'filtered'
        | 'succeeded'
        | 'partlyFailed'
        | 'failed'
        | 'throttled'
        | 'dropped'
        | 'deleted'
        | 'denied'
        | 'retire'
    },
  },
  guards: {
    'batch ready': () => false,
    'still hidden': () => false,
    'more held': () => false,
    surplus: () => false,
    'polls too fast': () => false,
  },
  actions: {
    receive: () => {},
    invoke: () => {},
    delete: () => {},
    'keep what failed': () => {},
    'let go': () => {},
    'go on': () => {},
    discard: () => {},
    'note throttle': () => {},
    'note error': () => {},
    leave: () => {},
  },
  delays: { WINDOW: 0, THROTTLED: 0, DENIED: 0, BACKOFF: 0, PACE: 0 },
}).createMachine({
  id: 'poller',
  initial: 'receiving',
  states: {
    receiving: {
      entry: 'receive',
      on: {
        received: [{ guard: 'batch ready', target: 'invoking' }, { target: 'collecting' }],
        filtered: { target: 'receiving', reenter: true },
        denied: 'denied',
        retire: 'retired',
      },
    },
    collecting: {
      entry: 'receive',
      on: {
        received: [
          { guard: 'batch ready', target: 'invoking' },
          { target: 'collecting', reenter: true },
        ],
        filtered: { target: 'collecting', reenter: true },
        denied: 'invoking',
      },
      after: { WINDOW: 'invoking' },
    },
    invoking: {
      entry: 'invoke',
      on: {
        succeeded: 'deleting',
        partlyFailed: { target: 'deleting', actions: 'keep what failed' },
        failed: { target: 'backingOff', actions: 'note error' },
        throttled: { target: 'holding', actions: 'note throttle' },
        dropped: { target: 'released', actions: 'discard' },
      },
    },
    holding: {
      after: {
        THROTTLED: [
          { guard: 'still hidden', target: 'invoking' },
          { target: 'released', actions: 'let go' },
        ],
      },
    },
    deleting: {
      entry: 'delete',
      on: {
        deleted: [
          { guard: 'more held', target: 'invoking' },
          { guard: 'surplus', target: 'retired' },
          { guard: 'polls too fast', target: 'pacing' },
          { target: 'receiving' },
        ],
      },
    },
    released: {
      entry: 'go on',
      on: {
        deleted: [
          { guard: 'more held', target: 'invoking' },
          { guard: 'surplus', target: 'retired' },
          { target: 'receiving' },
        ],
      },
    },
    backingOff: {
      after: {
        BACKOFF: [
          { guard: 'more held', target: 'invoking' },
          { guard: 'surplus', target: 'retired' },
          { target: 'receiving' },
        ],
      },
      on: { retire: 'retired' },
    },
    pacing: { after: { PACE: 'receiving' }, on: { retire: 'retired' } },
    denied: { after: { DENIED: 'receiving' }, on: { retire: 'retired' } },
    retired: { type: 'final', entry: 'leave' },
  },
})
