import { setup } from 'xstate'

const nothing = (): void => {}

/** The life of one message in one standard queue (SQS-1, SQS-5). Moving to a dead-letter queue ends it here and starts one there. */
export const messageMachine = setup({
  types: {
    events: {} as
      | { type: 'HIDE' }
      | { type: 'SHOW' }
      | { type: 'RECEIVE' }
      | { type: 'DELETE' }
      | { type: 'RELEASE' }
      | { type: 'EXTEND' },
  },
  guards: { receivedTooOften: () => false },
  actions: {
    joinDelayed: nothing,
    leaveDelayed: nothing,
    joinVisible: nothing,
    leaveVisible: nothing,
    joinInFlight: nothing,
    leaveInFlight: nothing,
    countReceive: nothing,
    reappear: nothing,
    redrive: nothing,
    expire: nothing,
    forget: nothing,
  },
  delays: { delay: 0, visibilityTimeout: 0, retention: 0 },
}).createMachine({
  id: 'message',
  initial: 'stored',
  states: {
    stored: {
      initial: 'sent',
      after: { retention: { target: 'expired', actions: 'expire' } },
      states: {
        sent: { on: { HIDE: 'delayed', SHOW: 'visible' } },
        delayed: { entry: 'joinDelayed', exit: 'leaveDelayed', after: { delay: 'visible' } },
        visible: {
          entry: 'joinVisible',
          exit: 'leaveVisible',
          on: {
            RECEIVE: [
              { guard: 'receivedTooOften', target: '#message.deadLettered', actions: 'redrive' },
              { target: 'inFlight', actions: 'countReceive' },
            ],
            DELETE: '#message.deleted',
          },
        },
        inFlight: {
          entry: 'joinInFlight',
          exit: 'leaveInFlight',
          after: { visibilityTimeout: { target: 'visible', actions: 'reappear' } },
          on: {
            DELETE: '#message.deleted',
            RELEASE: 'visible',
            EXTEND: { target: 'inFlight', reenter: true },
          },
        },
      },
    },
    deleted: { type: 'final', entry: 'forget' },
    expired: { type: 'final', entry: 'forget' },
    deadLettered: { type: 'final', entry: 'forget' },
  },
})
