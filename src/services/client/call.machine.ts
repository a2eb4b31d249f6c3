import { setup } from 'xstate'

/** One call of a client: it waits for the answer, gives up after its timeout, and tries again as often as it was told to (INV-1). */
export const callMachine = setup({
  types: { events: {} as { type: 'succeeded' | 'failed' } },
  guards: { 'retry left': () => false },
  actions: { send: () => {}, 'give up waiting': () => {}, 'note retry': () => {}, succeed: () => {}, fail: () => {} },
  delays: { TIMEOUT: 0, BACKOFF: 0 },
}).createMachine({
  id: 'call',
  initial: 'calling',
  states: {
    calling: {
      entry: 'send',
      on: {
        succeeded: 'succeeded',
        failed: [{ guard: 'retry left', target: 'waitingForRetry', actions: 'note retry' }, { target: 'failed' }],
      },
      after: {
        TIMEOUT: [
          { guard: 'retry left', target: 'waitingForRetry', actions: ['give up waiting', 'note retry'] },
          { target: 'failed', actions: 'give up waiting' },
        ],
      },
    },
    waitingForRetry: { after: { BACKOFF: 'calling' } },
    succeeded: { type: 'final', entry: 'succeed' },
    failed: { type: 'final', entry: 'fail' },
  },
})
