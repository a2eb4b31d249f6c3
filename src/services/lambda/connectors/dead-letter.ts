import { roleOf } from '../../roles'
import type { Connection, Connector } from '../../service'
import { FUNCTION } from '../resource-types'
import { deadLettersOf, delivery, granting, QUEUE, releasing, TOPIC } from './targets'

const TAKERS: readonly (string | undefined)[] = [QUEUE, TOPIC]

/** Function -> queue or topic from its failure port: where asynchronous events go that were given up (INV-9). */
export const deadLetter: Connector = {
  derive: (scenario) =>
    Object.entries(scenario.resources).flatMap(([id, { Type }]): Connection[] => {
      const to = Type === FUNCTION ? deadLettersOf(id, scenario) : null
      if (to === null) return []
      const action = delivery(to, scenario)?.action ?? 'sqs:SendMessage'
      return [{ from: id, to, action, port: 'failure', style: 'async' }]
    }),
  accepts(from, to, scenario, port) {
    if (port !== 'failure' || scenario.resources[from]?.Type !== FUNCTION) return null
    if (!TAKERS.includes(scenario.resources[to]?.Type))
      return {
        refused: 'Dead letters go to a standard queue or topic. A record of the failure may go elsewhere, too.',
      }
    return deadLettersOf(from, scenario) === to ? { refused: `${to} takes the dead letters of ${from} already.` } : true
  },
  connect(from, to, scenario) {
    const fn = scenario.resources[from]!
    const before = deadLettersOf(from, scenario)
    const changed = { [from]: { ...fn, Properties: { ...fn.Properties, DeadLetterConfig: { TargetArn: to } } } }
    const { iam } = delivery(to, scenario)!
    const old = before === null ? undefined : delivery(before, scenario)?.iam
    const granted = granting(scenario, changed, from, iam, to)
    return {
      resources: before === null || old === undefined ? granted : releasing(scenario, granted, from, old, before),
      said: `Failed events of ${from} go to ${to}. Added ${iam} to ${roleOf(fn) ?? 'its role'}.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const fn = scenario.resources[from]!
    const { DeadLetterConfig: _, ...properties } = fn.Properties ?? {}
    const changed = { [from]: { ...fn, Properties: properties } }
    return {
      resources: releasing(scenario, changed, from, delivery(to, scenario)?.iam ?? '', to),
      said: `${from} has no dead-letter queue now. Events that fail are lost.`,
    }
  },
}
