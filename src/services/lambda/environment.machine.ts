import { setup } from 'xstate'

/** Life of one execution environment (LAM-20 to LAM-25): it serves one request at a time and is kept warm for a while. */
export const environmentMachine = setup({
  types: { events: {} as { type: 'invoke' | 'done' | 'kill' } },
  guards: { 'has work': () => false },
  actions: { begin: () => {}, rest: () => {}, vanish: () => {} },
  delays: { PROVISION: 0, INIT: 0, IDLE: 0 },
}).createMachine({
  id: 'environment',
  initial: 'provisioning',
  states: {
    provisioning: { after: { PROVISION: 'init' }, on: { kill: 'reclaimed' } },
    init: {
      after: { INIT: [{ guard: 'has work', target: 'warm.busy' }, { target: 'warm.idle' }] },
      on: { kill: 'reclaimed' },
    },
    warm: {
      initial: 'idle',
      states: {
        idle: { entry: 'rest', on: { invoke: 'busy' }, after: { IDLE: '#environment.reclaimed' } },
        busy: { entry: 'begin', on: { done: 'idle' } },
      },
      on: { kill: '#environment.reclaimed' },
    },
    reclaimed: { type: 'final', entry: 'vanish' },
  },
})
