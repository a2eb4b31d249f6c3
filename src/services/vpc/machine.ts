import { setup } from 'xstate'

/** A network interface Lambda owns in a subnet (NET-3, NET-5, NET-7). `EXISTS`: it was built before the run. */
export const eniMachine = setup({
  types: { events: {} as { type: 'EXISTS' } | { type: 'RELEASE' } | { type: 'NEED' } },
  actions: { announce: () => {}, discard: () => {} },
  delays: { creation: 0, deletion: 0 },
}).createMachine({
  id: 'eni',
  initial: 'pending',
  states: {
    pending: {
      after: { creation: { target: 'inUse', actions: 'announce' } },
      on: { EXISTS: 'inUse', RELEASE: 'deleting' },
    },
    inUse: { on: { RELEASE: 'deleting' } },
    deleting: { after: { deletion: 'gone' }, on: { NEED: { target: 'inUse', actions: 'announce' } } },
    gone: { type: 'final', entry: 'discard' },
  },
})
