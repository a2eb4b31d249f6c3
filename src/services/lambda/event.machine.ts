import { setup } from 'xstate'

/**
 * An asynchronously invoked event (INV-2 to INV-9): function errors are retried after 1 and 2 minutes, refusals for lack of capacity
 * back off from 1 s to 5 min without using up a retry, and what is too old or out of retries goes to the dead-letter queue or is lost.
 */
export const eventMachine = setup({
  types: { events: {} as { type: 'succeeded' | 'failed' } },
  guards: {
    'switched off': () => false,
    'capacity free': () => false,
    'too old': () => false,
    'retry left': () => false,
    'retry in time': () => false,
  },
  actions: {
    run: () => {},
    'note refusal': () => {},
    'note retry': () => {},
    'note expiry': () => {},
    'give up': () => {},
    finish: () => {},
  },
  delays: { QUEUE: 0, RETRY: 0, BACKOFF: 0 },
}).createMachine({
  id: 'event',
  initial: 'queued',
  states: {
    queued: {
      after: {
        QUEUE: [
          { guard: 'switched off', target: 'failed' },
          { guard: 'capacity free', target: 'running' },
          { target: 'waitingForCapacity', actions: 'note refusal' },
        ],
      },
    },
    running: {
      entry: 'run',
      on: {
        succeeded: 'done',
        failed: [
          { guard: 'retry in time', target: 'waitingForRetry', actions: 'note retry' },
          { guard: 'retry left', target: 'failed', actions: 'note expiry' },
          { target: 'failed' },
        ],
      },
    },
    waitingForRetry: {
      after: {
        RETRY: [
          { guard: 'too old', target: 'failed', actions: 'note expiry' },
          { guard: 'switched off', target: 'failed' },
          { guard: 'capacity free', target: 'running' },
          { target: 'waitingForCapacity', actions: 'note refusal' },
        ],
      },
    },
    waitingForCapacity: {
      after: {
        BACKOFF: [
          { guard: 'too old', target: 'failed', actions: 'note expiry' },
          { guard: 'switched off', target: 'failed' },
          { guard: 'capacity free', target: 'running' },
          { target: 'waitingForCapacity', reenter: true, actions: 'note refusal' },
        ],
      },
    },
    done: { type: 'final', entry: 'finish' },
    failed: { type: 'final', entry: 'give up' },
  },
})
