import { setup } from 'xstate'

const nothing = (): void => {}

/** One notification on its way to one target (S3-1). */
export const notificationMachine = setup({
  types: { events: {} as { type: 'ACCEPTED' } | { type: 'FAILED' } | { type: 'REFUSED' } },
  guards: { mayRetry: () => false },
  actions: { attempt: nothing, plan: nothing, succeed: nothing, drop: nothing, forget: nothing },
  delays: { delay: 0, backOff: 0 },
}).createMachine({
  id: 'objectEvent',
  initial: 'pending',
  states: {
    pending: { after: { delay: 'delivering' } },
    delivering: {
      entry: 'attempt',
      on: {
        ACCEPTED: 'delivered',
        FAILED: [{ guard: 'mayRetry', target: 'waitingForRetry' }, { target: 'dropped' }],
        REFUSED: 'dropped',
      },
    },
    waitingForRetry: { entry: 'plan', after: { backOff: 'delivering' } },
    delivered: { type: 'final', entry: ['succeed', 'forget'] },
    dropped: { type: 'final', entry: ['drop', 'forget'] },
  },
})
