import { setup } from 'xstate'

/**
 * Provisioned concurrency of a version or an alias (LAM-47): requested, it is allocated after a minute or two at a bounded rate, and none of it
 * can be used before all of it is ready. An init that fails ends it.
 */
export const provisionedMachine = setup({
  types: { events: {} as { type: 'request' | 'ready' | 'prepared' | 'failed' | 'remove' } },
  guards: { 'all ready': () => false, 'more to come': () => false },
  actions: { allocate: () => {}, release: () => {} },
  delays: { DELAY: 0, BATCH: 0 },
}).createMachine({
  id: 'provisioned',
  initial: 'NONE',
  states: {
    NONE: { on: { request: 'REQUESTED', prepared: 'READY' } },
    REQUESTED: {
      after: { DELAY: 'ALLOCATING' },
      on: { remove: { target: 'NONE', actions: 'release' }, request: { target: 'REQUESTED', reenter: true } },
    },
    ALLOCATING: {
      entry: 'allocate',
      after: { BATCH: { guard: 'more to come', target: 'ALLOCATING', reenter: true } },
      on: {
        ready: { guard: 'all ready', target: 'READY' },
        failed: { target: 'FAILED', actions: 'release' },
        request: 'REQUESTED',
        remove: { target: 'NONE', actions: 'release' },
      },
    },
    READY: {
      on: { request: 'REQUESTED', remove: { target: 'NONE', actions: 'release' } },
    },
    FAILED: { on: { request: 'REQUESTED', remove: 'NONE' } },
  },
})
