import { Token } from '../../model/recording'
import type { Action, Actions } from '../service'
import { INSTANCE } from './topology'

/** Calls of the EC2 API: they go to its endpoint, not to the instance. */
const asks = (title: string, iam: string): Action => ({ title, iam, waits: true, token: Token.request, port: 443 })

export const actions: Actions = {
  [INSTANCE]: {
    'ec2:StartInstances': asks('Start it', 'ec2:StartInstances'),
    'ec2:StopInstances': asks('Stop it', 'ec2:StopInstances'),
    'ec2:TerminateInstances': asks('Terminate it', 'ec2:TerminateInstances'),
  },
}
/** Places among the actions. */
export const START = 0
export const STOP = 1
