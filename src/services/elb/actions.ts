import { Token } from '../../model/recording'
import type { Action, Actions } from '../service'
import { LOAD_BALANCER } from './settings'

/** Positions of the actions below, as `calls.action` gives them, with the protocol of the listener that takes them. */
export const PROTOCOLS = ['HTTP', 'HTTPS'] as const
export const PORTS = [80, 443] as const

const request = (protocol: string, port: number): Action => ({
  title: `Send an ${protocol} request`,
  iam: '',
  waits: true,
  token: Token.request,
  port,
})

export const actions: Actions = {
  [LOAD_BALANCER]: { 'http:Request': request('HTTP', PORTS[0]), 'https:Request': request('HTTPS', PORTS[1]) },
}
