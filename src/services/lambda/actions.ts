import { Token } from '../../model/recording'
import type { Actions } from '../service'
import { ALIAS, FUNCTION, VERSION } from './resource-types'

/** Calls a function answers, and so do its versions and aliases. */
const INVOKES = {
  'lambda:Invoke': {
    title: 'Invoke and wait',
    iam: 'lambda:InvokeFunction',
    waits: true,
    token: Token.request,
    port: 443,
  },
  'lambda:InvokeAsync': {
    title: 'Hand over an event',
    iam: 'lambda:InvokeFunction',
    waits: false,
    token: Token.event,
    port: 443,
  },
  'lambda:InvokeWithResponseStream': {
    title: 'Invoke and read the stream',
    iam: 'lambda:InvokeFunction',
    waits: true,
    token: Token.request,
    port: 443,
  },
} as const

export const actions: Actions = { [FUNCTION]: INVOKES, [VERSION]: INVOKES, [ALIAS]: INVOKES }
