import { setup } from 'xstate'

/**
 * Provisioned concurrency of a version or an alias (LAM-47): requested, it is allocated after a minute or two at a bounded rate, and none of what
 * is new can be used before all of it is ready. What is ready already stays in use while more is requested; `resized` asks for nothing new
 * and is followed by `ready`. An
 * init that fails ends it.
 */
export const provisionedMachine = setup({
  types: { events: {} as { type: 'request' | 'ready' | 'prepared' | 'failed' | 'remove' | 'resized' } },
  guards: { 'all ready': () => false, 'more to come': () => false },
  actions: { allocate: () => {}, use: () => {}, withdraw: () => {}, release: () => {} },
  delays: { DELAY: 0, BATCH: 0 },
}).createMachine({
  id: 'provisioned',
  initial: 'NONE',
  states: {
    NONE: { on: { request: 'REQUESTED', prepared: 'READY' } },
    REQUESTED: {
      after: { DELAY: 'ALLOCATING' },
      on: {
        remove: { target: 'NONE', actions: 'release' },
        failed: { target: 'FAILED', actions: 'withdraw' },
        request: { target: 'REQUESTED', reenter: true },
        resized: 'ALLOCATING',
      },
    },
    ALLOCATING: {
      entry: 'allocate',
      after: { BATCH: { guard: 'more to come', target: 'ALLOCATING', reenter: true } },
      on: {
        ready: { guard: 'all ready', target: 'READY' },
        failed: { target: 'FAILED', actions: 'withdraw' },
        request: 'REQUESTED',
        remove: { target: 'NONE', actions: 'release' },
      },
    },
    READY: {
      entry: 'use',
      on: {
        request: 'REQUESTED',
        resized: 'ALLOCATING',
        remove: { target: 'NONE', actions: 'release' },
      },
    },
    FAILED: {
      on: { request: 'REQUESTED', resized: 'ALLOCATING', remove: { target: 'NONE', actions: 'release' } },
    },
  },
})
