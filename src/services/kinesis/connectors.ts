import { list, object } from '../../network/read'
import { typeOf } from '../edit'
import { roleOf, withPermission } from '../roles'
import type { Connector } from '../service'
import { STREAM } from './settings'

const ACTION = 'kinesis:PutRecord'
const CLIENT = 'Coldstart::Client'
const FUNCTION = 'AWS::Lambda::Function'

/** Client -> stream. The wire is written in the client's Behavior, where `client/connectors.ts` finds it and takes it away again. */
export const clientPuts: Connector = {
  derive: () => [],
  accepts(from, to, scenario) {
    if (typeOf(from, scenario) !== CLIENT || typeOf(to, scenario) !== STREAM) return null
    const behavior = scenario.resources[from]!.Behavior
    return behavior?.['to'] === to ? { refused: `${from} already calls ${to}.` } : true
  },
  connect(from, to, scenario) {
    const client = scenario.resources[from]!
    return {
      resources: { [from]: { ...client, Behavior: { ...client.Behavior, call: ACTION, to } } },
      said: `Connected ${from} to ${to}. Every call is ${ACTION}; a message group is the partition key.`,
    }
  },
  disconnect: () => ({ resources: {}, said: '' }),
}

/** Function -> stream: a step, and the permission it needs. `lambda/connectors/call.ts` finds the step and takes it away again. */
export const functionPuts: Connector = {
  derive: () => [],
  accepts(from, to, scenario, port) {
    if ((port ?? 'out') !== 'out' || typeOf(from, scenario) !== FUNCTION || typeOf(to, scenario) !== STREAM) return null
    const steps = list(scenario.resources[from]!.Behavior?.['steps']).map(object)
    const there = steps.some((step) => step['call'] === ACTION && step['to'] === to)
    return there ? { refused: `${from} already calls ${to}. Add a step in Behavior for another call.` } : true
  },
  connect(from, to, scenario) {
    const fn = scenario.resources[from]!
    const steps = [...list(fn.Behavior?.['steps']), { call: ACTION, to }]
    const changed = { ...fn, Behavior: { ...fn.Behavior, steps } }
    const resources = { ...scenario.resources, [from]: changed }
    return {
      resources: { [from]: changed, ...withPermission({ ...scenario, resources }, from, ACTION, to) },
      said: `Connected ${from} to ${to}. Added the call ${ACTION} and its permission to ${roleOf(fn) ?? 'its role'}.`,
    }
  },
  disconnect: () => ({ resources: {}, said: '' }),
}

export const connectors: readonly Connector[] = [clientPuts, functionPuts]
