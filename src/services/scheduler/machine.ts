import { setup } from 'xstate'

const nothing = (): void => {}

/** One time a schedule fires: its target is called until it takes the call, or the retries are used up (EB-66). */
export const executionMachine = setup({
  types: { events: {} as { type: 'ACCEPTED' } | { type: 'FAILED' } | { type: 'REFUSED' } },
  guards: { mayRetry: () => false, hasDeadLetterQueue: () => false },
  actions: { attempt: nothing, plan: nothing, deadLetter: nothing, drop: nothing, forget: nothing },
  delays: { backOff: 0 },
}).createMachine({
  id: 'execution',
  initial: 'invoking',
  states: {
    invoking: {
      entry: 'attempt',
      on: {
        ACCEPTED: 'invoked',
        FAILED: [
          { guard: 'mayRetry', target: 'waitingForRetry' },
          { guard: 'hasDeadLetterQueue', target: 'deadLettered' },
          { target: 'dropped' },
        ],
        REFUSED: [{ guard: 'hasDeadLetterQueue', target: 'deadLettered' }, { target: 'dropped' }],
      },
    },
    waitingForRetry: { entry: 'plan', after: { backOff: 'invoking' } },
    invoked: { type: 'final', entry: 'forget' },
    deadLettered: { type: 'final', entry: ['deadLetter', 'forget'] },
    dropped: { type: 'final', entry: ['drop', 'forget'] },
  },
})
