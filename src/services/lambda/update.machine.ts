import { setup } from 'xstate'

/** LastUpdateStatus of a function (LAM-15): while an update is InProgress, calls run the code and configuration from before it. */
export const updateMachine = setup({
  types: { events: {} as { type: 'update' | 'updated' | 'failed' } },
  delays: { UPDATE: 0 },
}).createMachine({
  id: 'update',
  initial: 'Successful',
  states: {
    Successful: { on: { update: 'InProgress' } },
    InProgress: { after: { UPDATE: 'Successful' }, on: { updated: 'Successful', failed: 'Failed' } },
    Failed: { on: { update: 'InProgress' } },
  },
})
