import { setup } from 'xstate'

/** State of an event source mapping (ESM-3). Switching takes time; meanwhile it goes on as before. */
export const mappingMachine = setup({
  types: { events: {} as { type: 'created' | 'enable' | 'disable' } },
  guards: { enabled: () => false },
  actions: { 'start polling': () => {}, 'stop polling': () => {} },
  delays: { CHANGE: 0 },
}).createMachine({
  id: 'mapping',
  initial: 'Creating',
  states: {
    Creating: { on: { created: [{ guard: 'enabled', target: 'Enabled' }, { target: 'Disabled' }] } },
    Enabling: { after: { CHANGE: 'Enabled' }, on: { disable: 'Disabling' } },
    Enabled: { entry: 'start polling', on: { disable: 'Disabling' } },
    Disabling: { after: { CHANGE: 'Disabled' }, on: { enable: 'Enabling' } },
    Disabled: { entry: 'stop polling', on: { enable: 'Enabling' } },
  },
})
