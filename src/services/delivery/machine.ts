import { setup } from 'xstate'

const nothing = (): void => {}

/** One event, message, notification or call on its way to one target (EB-8, EB-9, EB-66, SNS-2, SNS-5, S3-1). */
export const deliveryMachine = setup({
  types: { events: {} as { type: 'DUE' } | { type: 'ACCEPTED' } | { type: 'FAILED' } | { type: 'REFUSED' } },
  guards: { mayRetry: () => false, hasDeadLetterQueue: () => false },
  actions: { attempt: nothing, plan: nothing, succeed: nothing, deadLetter: nothing, drop: nothing, forget: nothing },
  delays: { latency: 0, backOff: 0 },
}).createMachine({
  id: 'delivery',
  initial: 'queued',
  states: {
    queued: { after: { latency: 'delivering' }, on: { DUE: 'delivering' } },
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
