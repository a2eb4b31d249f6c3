import { setup } from 'xstate'

const nothing = (): void => {}

/** One message on its way to one subscription (SNS-2, SNS-5). */
export const notificationMachine = setup({
  types: { events: {} as { type: 'ACCEPTED' } | { type: 'FAILED' } | { type: 'REFUSED' } },
  guards: { mayRetry: () => false, hasDeadLetterQueue: () => false },
  actions: { attempt: nothing, plan: nothing, succeed: nothing, deadLetter: nothing, drop: nothing, forget: nothing },
  delays: { latency: 0, backOff: 0 },
}).createMachine({
  id: 'notification',
  initial: 'published',
  states: {
    published: { after: { latency: 'delivering' } },
    delivering: {
      entry: 'attempt',
      on: {
        ACCEPTED: 'delivered',
        FAILED: [
          { guard: 'mayRetry', target: 'waitingForRetry' },
          { guard: 'hasDeadLetterQueue', target: 'deadLettered' },
          { target: 'dropped' },
        ],
        REFUSED: [{ guard: 'hasDeadLetterQueue', target: 'deadLettered' }, { target: 'dropped' }],
      },
    },
    waitingForRetry: { entry: 'plan', after: { backOff: 'delivering' } },
    delivered: { type: 'final', entry: ['succeed', 'forget'] },
    deadLettered: { type: 'final', entry: ['deadLetter', 'forget'] },
    dropped: { type: 'final', entry: ['drop', 'forget'] },
  },
})
