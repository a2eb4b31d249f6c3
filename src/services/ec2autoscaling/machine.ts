import { setup } from 'xstate'

const nothing = (): void => {}

/**
 * The life of an instance of a group (ASG-2; `RUNS`: it stands there, warmed up, when the run begins), with what its worker does: it asks the queue, works on what it got, asks again. With a life cycle
 * hook an instance that is sent away finishes its work first (Terminating:Wait).
 */
export const workerMachine = setup({
  types: { events: {} as { type: 'received' | 'empty' | 'again' | 'over' | 'RUNS' | 'TERMINATE' } },
  guards: { hooked: () => false },
  actions: { 'enter service': nothing, poll: nothing, work: nothing, leave: nothing },
  delays: { BOOT: 0, PAUSE: 0, HEARTBEAT: 0 },
}).createMachine({
  id: 'worker',
  initial: 'pending',
  states: {
    pending: {
      after: { BOOT: { target: 'inService', actions: 'enter service' } },
      on: { RUNS: 'inService', TERMINATE: 'terminated' },
    },
    inService: {
      initial: 'idle',
      states: {
        idle: {
          entry: 'poll',
          on: {
            received: 'busy',
            again: { target: 'idle', reenter: true },
            empty: 'pausing',
            TERMINATE: '#worker.terminated',
          },
        },
        pausing: { after: { PAUSE: 'idle' }, on: { TERMINATE: '#worker.terminated' } },
        busy: {
          entry: 'work',
          on: {
            over: 'idle',
            TERMINATE: [{ guard: 'hooked', target: '#worker.terminating' }, { target: '#worker.terminated' }],
          },
        },
      },
    },
    terminating: {
      initial: 'busy',
      states: { busy: {} },
      on: { over: 'terminated' },
      after: { HEARTBEAT: 'terminated' },
    },
    terminated: { type: 'final', entry: 'leave' },
  },
})
