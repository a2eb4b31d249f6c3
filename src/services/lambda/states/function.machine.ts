import { setup } from 'xstate'

/**
 * State of the function resource (LAM-15). Calls are refused while it is Pending, which in a VPC means until its ENIs are built (NET-5),
 * and after it Failed. Left unused it becomes Inactive: the next call is refused and revives it. What an update does is apart from this
 * (`update.machine.ts`): it never takes the function out of Active.
 */
export const functionMachine = setup({
  types: { events: {} as { type: 'deploy' | 'ready' | 'failed' | 'idle' | 'revive' } },
  guards: { 'interfaces ready': () => false },
}).createMachine({
  id: 'function',
  initial: 'Absent',
  states: {
    Absent: { on: { deploy: [{ guard: 'interfaces ready', target: 'Active' }, { target: 'Pending' }] } },
    Pending: { on: { ready: 'Active', failed: 'Failed' } },
    Active: { on: { idle: 'Inactive' } },
    Inactive: { on: { revive: 'Pending' } },
    Failed: { on: { deploy: [{ guard: 'interfaces ready', target: 'Active' }, { target: 'Pending' }] } },
  },
})
