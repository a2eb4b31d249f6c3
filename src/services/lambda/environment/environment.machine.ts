import { setup } from 'xstate'

/**
 * Life of one execution environment (LAM-20 to LAM-25): provisioned, given its file system (LAM-67) and initialised once, or restored from a snapshot (SS-3), it serves
 * one request at a time, is frozen in between and kept warm for a while. A crash or a timeout resets it: the next invocation pays init again.
 */
export const environmentMachine = setup({
  types: { events: {} as { type: 'invoke' | 'done' | 'reset' | 'retire' | 'kill' | 'prepared' | 'mounted' } },
  guards: {
    'has work': () => false,
    'from snapshot': () => false,
    mounts: () => false,
    'has extensions': () => false,
  },
  actions: { mount: () => {}, begin: () => {}, rest: () => {}, vanish: () => {} },
  delays: { PROVISION: 0, INIT: 0, RESTORE: 0, IDLE: 0, SHUTDOWN: 0 },
}).createMachine({
  id: 'environment',
  initial: 'provisioning',
  states: {
    provisioning: {
      after: {
        PROVISION: [
          { guard: 'from snapshot', target: 'restoring' },
          { guard: 'mounts', target: 'mounting' },
          { target: 'init' },
        ],
      },
      on: { kill: 'reclaimed', prepared: 'warm.idle' },
    },
    mounting: { entry: 'mount', on: { mounted: 'init', retire: 'reclaimed', kill: 'reclaimed' } },
    init: {
      after: { INIT: [{ guard: 'has work', target: 'warm.busy' }, { target: 'warm.idle' }] },
      on: { kill: 'reclaimed' },
    },
    restoring: {
      after: { RESTORE: [{ guard: 'has work', target: 'warm.busy' }, { target: 'warm.idle' }] },
      on: { kill: 'reclaimed' },
    },
    warm: {
      initial: 'idle',
      states: {
        idle: {
          entry: 'rest',
          on: { invoke: 'busy' },
          after: {
            IDLE: [{ guard: 'has extensions', target: '#environment.shutdown' }, { target: '#environment.reclaimed' }],
          },
        },
        busy: {
          entry: 'begin',
          on: {
            done: 'idle',
            reset: 'reset',
            retire: [
              { guard: 'has extensions', target: '#environment.shutdown' },
              { target: '#environment.reclaimed' },
            ],
          },
        },
        reset: {
          entry: 'rest',
          on: { invoke: 'busy' },
          after: {
            IDLE: [{ guard: 'has extensions', target: '#environment.shutdown' }, { target: '#environment.reclaimed' }],
          },
        },
      },
      on: { kill: '#environment.reclaimed' },
    },
    shutdown: { after: { SHUTDOWN: 'reclaimed' } },
    reclaimed: { type: 'final', entry: 'vanish' },
  },
})
