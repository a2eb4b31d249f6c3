import { setup } from 'xstate'

/**
 * One poller of an SQS event source mapping (ESM-1, SQS-ESM-3 to SQS-ESM-8). It receives, waits for a full batch or the window, invokes the
 * function synchronously and deletes on success. A throttled batch is held and offered again until its visibility timeout is over.
 */
export const pollerMachine = setup({
  types: {
    events: {} as { type: 'received' | 'succeeded' | 'failed' | 'throttled' | 'deleted' | 'denied' | 'retire' },
  },
  guards: { 'batch ready': () => false, 'still hidden': () => false, surplus: () => false },
  actions: {
    receive: () => {},
    invoke: () => {},
    delete: () => {},
    'let go': () => {},
    'note throttle': () => {},
    leave: () => {},
  },
  delays: { WINDOW: 0, THROTTLED: 0, DENIED: 0 },
}).createMachine({
  id: 'poller',
  initial: 'receiving',
  states: {
    receiving: {
      entry: 'receive',
      on: {
        received: [{ guard: 'batch ready', target: 'invoking' }, { target: 'collecting' }],
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
        denied: 'invoking',
      },
      after: { WINDOW: 'invoking' },
    },
    invoking: {
      entry: 'invoke',
      on: { succeeded: 'deleting', failed: 'released', throttled: { target: 'holding', actions: 'note throttle' } },
    },
    holding: {
      after: { THROTTLED: [{ guard: 'still hidden', target: 'invoking' }, { target: 'released' }] },
    },
    deleting: {
      entry: 'delete',
      on: { deleted: [{ guard: 'surplus', target: 'retired' }, { target: 'receiving' }] },
    },
    released: {
      entry: 'let go',
      on: { deleted: [{ guard: 'surplus', target: 'retired' }, { target: 'receiving' }] },
    },
    denied: { after: { DENIED: 'receiving' } },
    retired: { type: 'final', entry: 'leave' },
  },
})
