import { setup } from 'xstate'

const nothing = (): void => {}

/** A replay, in AWS's states (EB-15). */
export const replayMachine = setup({
  types: { events: {} as { type: 'DONE' } | { type: 'CANCEL' } | { type: 'FAIL' } },
  actions: { begin: nothing, complete: nothing, stop: nothing, fail: nothing },
  delays: { START: 0, STOP: 0 },
}).createMachine({
  id: 'replay',
  initial: 'STARTING',
  states: {
    STARTING: { after: { START: 'RUNNING' }, on: { CANCEL: 'CANCELLING', FAIL: 'FAILED' } },
    RUNNING: { entry: 'begin', on: { DONE: 'COMPLETED', CANCEL: 'CANCELLING', FAIL: 'FAILED' } },
    CANCELLING: { after: { STOP: 'CANCELLED' }, on: { FAIL: 'FAILED' } },
    COMPLETED: { type: 'final', entry: 'complete' },
    CANCELLED: { type: 'final', entry: 'stop' },
    FAILED: { type: 'final', entry: 'fail' },
  },
})
