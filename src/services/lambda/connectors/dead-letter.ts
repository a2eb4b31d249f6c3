import { roleOf } from '../../roles'
import type { Connection, Connector } from '../../service'
import { FUNCTION } from '../resource-types'
import { deadLettersOf, granting, QUEUE, releasing } from './targets'

/** Function -> queue from its failure port: the dead-letter queue of asynchronous events (INV-9). */
export const deadLetter: Connector = {
  derive: (scenario) =>
    Object.entries(scenario.resources).flatMap(([id, { Type }]): Connection[] => {
      const to = Type === FUNCTION ? deadLettersOf(id, scenario) : null
      return to === null ? [] : [{ from: id, to, action: 'sqs:SendMessage', port: 'failure', style: 'async' }]
    }),
  accepts(from, to, scenario, port) {
    if (port !== 'failure' || scenario.resources[from]?.Type !== FUNCTION) return null
    if (scenario.resources[to]?.Type !== QUEUE)
      return {
        refused: 'Dead letters go to a standard queue. A record of the failure may go to a function or a bus, too.',
      }
    return deadLettersOf(from, scenario) === to
      ? { refused: `${to} is the dead-letter queue of ${from} already.` }
      : true
  },
  connect(from, to, scenario) {
    const fn = scenario.resources[from]!
    const before = deadLettersOf(from, scenario)
    const changed = { [from]: { ...fn, Properties: { ...fn.Properties, DeadLetterConfig: { TargetArn: to } } } }
    const granted = granting(scenario, changed, from, 'sqs:SendMessage', to)
    return {
      resources: before === null ? granted : releasing(scenario, granted, from, 'sqs:SendMessage', before),
      said: `Failed events of ${from} go to ${to}. Added sqs:SendMessage to ${roleOf(fn) ?? 'its role'}.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const fn = scenario.resources[from]!
    const { DeadLetterConfig: _, ...properties } = fn.Properties ?? {}
    const changed = { [from]: { ...fn, Properties: properties } }
    return {
      resources: releasing(scenario, changed, from, 'sqs:SendMessage', to),
      said: `${from} has no dead-letter queue now. Events that fail are lost.`,
    }
  },
}
