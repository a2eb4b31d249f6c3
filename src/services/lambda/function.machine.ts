import { setup } from 'xstate'

/** State of the function resource (LAM-15): calls are refused while it is Pending, which in a VPC means until its ENIs are built (NET-5). */
export const functionMachine = setup({
  types: { events: {} as { type: 'deploy' | 'ready' } },
  guards: { 'interfaces ready': () => false },
}).createMachine({
  id: 'function',
  initial: 'Absent',
  states: {
    Absent: { on: { deploy: [{ guard: 'interfaces ready', target: 'Active' }, { target: 'Pending' }] } },
    Pending: { on: { ready: 'Active' } },
    Active: {},
  },
})
