import { setup } from 'xstate'

/** LastUpdateStatus of a function (LAM-15): while an update is InProgress, calls run the code and configuration from before it. */
export const updateMachine = setup({
  types: { events: {} as { type: 'update' | 'updated' | 'failed' } },
}).createMachine({
  id: 'update',
  initial: 'Successful',
  states: {
    Successful: { on: { update: 'InProgress' } },
    InProgress: { on: { updated: 'Successful', failed: 'Failed' } },
    Failed: { on: { update: 'InProgress' } },
  },
})
