import { setup } from 'xstate'

/**
 * An asynchronously invoked event (INV-2 to INV-9): function errors are retried after 1 and 2 minutes, refusals for lack of capacity
 * back off from 1 s to 5 min without using up a retry. What would be too old at its next try, is out of retries, loops (LAM-68) or belongs to a
 * function that is switched off (INV-7) goes to the dead-letter queue and the on-failure destination, or is lost.
 */
export const eventMachine = setup({
  types: { events: {} as { type: 'succeeded' | 'failed' } },
  guards: {
    looping: () => false,
    'switched off': () => false,
    'backoff in time': () => false,
    'capacity free': () => false,
    'too old': () => false,
    'retry left': () => false,
    'retry in time': () => false,
  },
  actions: {
    run: () => {},
    'note refusal': () => {},
    'note loop': () => {},
    'note switch': () => {},
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
          { guard: 'looping', target: 'failed', actions: 'note loop' },
          { guard: 'switched off', target: 'failed', actions: 'note switch' },
          { guard: 'capacity free', target: 'running' },
          { guard: 'backoff in time', target: 'waitingForCapacity', actions: 'note refusal' },
          { target: 'failed', actions: 'note expiry' },
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
          { guard: 'switched off', target: 'failed', actions: 'note switch' },
          { guard: 'capacity free', target: 'running' },
          { guard: 'backoff in time', target: 'waitingForCapacity', actions: 'note refusal' },
          { target: 'failed', actions: 'note expiry' },
        ],
      },
    },
    waitingForCapacity: {
      after: {
        BACKOFF: [
          { guard: 'too old', target: 'failed', actions: 'note expiry' },
          { guard: 'switched off', target: 'failed', actions: 'note switch' },
          { guard: 'capacity free', target: 'running' },
          { guard: 'backoff in time', target: 'waitingForCapacity', reenter: true, actions: 'note refusal' },
          { target: 'failed', actions: 'note expiry' },
        ],
      },
    },
    done: { type: 'final', entry: 'finish' },
    failed: { type: 'final', entry: 'give up' },
  },
})
