import { setup } from 'xstate'

/**
 * Life of an instance, in EC2's names ("Amazon EC2 instance state changes"; BOTO `InstanceStateName`). `RUNS` and `RESTS`: how it stands when
 * the run begins, of which nobody is told. A stop is taken while it is pending too: every instance here has been running before.
 */
export const instanceMachine = setup({
  types: { events: {} as { type: 'RUNS' | 'RESTS' | 'START' | 'STOP' | 'TERMINATE' | 'LAUNCH' } },
  actions: { tell: () => {} },
  delays: { starting: 0, stopping: 0, terminating: 0 },
}).createMachine({
  id: 'instance',
  initial: 'absent',
  states: {
    absent: { on: { RUNS: 'running', RESTS: 'stopped' } },
    pending: {
      after: { starting: { target: 'running', actions: 'tell' } },
      on: { STOP: { target: 'stopping', actions: 'tell' }, TERMINATE: { target: 'shutting-down', actions: 'tell' } },
    },
    running: {
      on: { STOP: { target: 'stopping', actions: 'tell' }, TERMINATE: { target: 'shutting-down', actions: 'tell' } },
    },
    stopping: {
      after: { stopping: { target: 'stopped', actions: 'tell' } },
      on: { TERMINATE: { target: 'shutting-down', actions: 'tell' } },
    },
    stopped: {
      on: { START: { target: 'pending', actions: 'tell' }, TERMINATE: { target: 'shutting-down', actions: 'tell' } },
    },
    'shutting-down': { after: { terminating: { target: 'terminated', actions: 'tell' } } },
    terminated: { on: { LAUNCH: { target: 'pending', actions: 'tell' } } },
  },
})
