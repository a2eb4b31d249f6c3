import { setup } from 'xstate'

const nothing = (): void => {}

/**
 * The life of one message in one queue (SQS-1, SQS-5). Moving to a dead-letter queue, or back from it, ends it here and starts one there.
 * In a FIFO queue it is the same; which visible message is handed out next is the business of its group (SQS-4).
 */
export const messageMachine = setup({
  types: {
    events: {} as
      | { type: 'HIDE' }
      | { type: 'RECEIVE' }
      | { type: 'DELETE' }
      | { type: 'RELEASE' }
      | { type: 'EXTEND' }
      | { type: 'DISCARD' }
      | { type: 'MOVE' },
  },
  guards: { receivedTooOften: () => false, hasDeadLetterQueue: () => false },
  actions: {
    countReceive: nothing,
    reappear: nothing,
    redrive: nothing,
    moveBack: nothing,
    expire: nothing,
    forget: nothing,
  },
  delays: { delay: 0, visibilityTimeout: 0, retention: 0 },
}).createMachine({
  id: 'message',
  initial: 'stored',
  states: {
    stored: {
      initial: 'visible',
      after: { retention: { target: 'expired', actions: 'expire' } },
      states: {
        visible: {
          on: {
            HIDE: 'delayed',
            RECEIVE: [
              { guard: 'receivedTooOften', target: '#message.deadLettered', actions: 'redrive' },
              { target: 'inFlight', actions: 'countReceive' },
            ],
            DELETE: '#message.deleted',
            MOVE: { target: '#message.movedBack', actions: 'moveBack' },
          },
        },
        delayed: { after: { delay: 'visible' } },
        inFlight: {
          after: { visibilityTimeout: { target: 'visible', actions: 'reappear' } },
          on: {
            DELETE: '#message.deleted',
            RELEASE: 'visible',
            EXTEND: { target: 'inFlight', reenter: true },
            DISCARD: [
              { guard: 'hasDeadLetterQueue', target: '#message.deadLettered', actions: 'redrive' },
              { target: '#message.deleted' },
            ],
          },
        },
      },
    },
    deleted: { type: 'final', entry: 'forget' },
    expired: { type: 'final', entry: 'forget' },
    deadLettered: { type: 'final', entry: 'forget' },
    movedBack: { type: 'final', entry: 'forget' },
  },
})
