import { Token } from '../../model/recording'
import type { Actions } from '../service'
import { QUEUE } from './settings'

/** Positions of the actions below, as `calls.action` gives them. */
export const SEND = 0
export const RECEIVE = 1
export const DELETE = 2
export const CHANGE_VISIBILITY = 3
export const MOVE = 5

/** What SQS itself does when a message goes to the dead-letter queue; nobody calls it. */
export const REDRIVE_ACTION = 'sqs:Redrive'

export const actions: Actions = {
  [QUEUE]: {
    'sqs:SendMessage': {
      title: 'Send a message',
      iam: 'sqs:SendMessage',
      waits: false,
      token: Token.message,
      port: 443,
    },
    'sqs:ReceiveMessage': {
      title: 'Receive messages',
      iam: 'sqs:ReceiveMessage',
      waits: true,
      token: Token.request,
      port: 443,
    },
    'sqs:DeleteMessage': {
      title: 'Delete messages',
      iam: 'sqs:DeleteMessage',
      waits: false,
      token: Token.request,
      port: 443,
    },
    'sqs:ChangeMessageVisibility': {
      title: 'Change how long messages stay hidden',
      iam: 'sqs:ChangeMessageVisibility',
      waits: false,
      token: Token.request,
      port: 443,
    },
    [REDRIVE_ACTION]: { title: 'Redrive', iam: '', waits: false, token: Token.deadLetter, port: 443 },
    'sqs:StartMessageMoveTask': {
      title: 'Move messages back to their source',
      iam: 'sqs:StartMessageMoveTask',
      waits: false,
      token: Token.request,
      port: 443,
    },
  },
}
