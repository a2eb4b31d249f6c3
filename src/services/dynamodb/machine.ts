import { setup } from 'xstate'

/** An item as it is drawn: there, or deleted. Its attributes are data, not states. */
export const itemMachine = setup({
  types: { events: {} as { type: 'WRITE' } | { type: 'DELETE' } },
}).createMachine({
  id: 'item',
  initial: 'present',
  states: {
    present: { on: { DELETE: 'deleted' } },
    deleted: { on: { WRITE: 'present' } },
  },
})
