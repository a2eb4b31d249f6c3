import type { LogicalId, Scenario } from '../../model/scenario'
import { idsOf, typeOf, withProperties } from '../edit'
import type { Connector, Refusal } from '../service'
import { REDRIVE_ACTION } from './actions'
import { QUEUE, redriveOf } from './settings'

/** maxReceiveCount of a redrive policy that is drawn. The console's default is 10 (SQS-5); 3 shows sooner what happens. */
const DRAWN_MAX_RECEIVE_COUNT = 3

const receives = (count: number): string => (count === 1 ? 'after 1 receive' : `after ${count} receives`)

/** queue -> dead-letter queue: the RedrivePolicy of the source. */
export const redriveConnector: Connector = {
  derive: (scenario) =>
    idsOf(QUEUE, scenario).flatMap((from) => {
      const redrive = redriveOf(scenario.resources[from]!)
      if (redrive === null || typeOf(redrive.target, scenario) !== QUEUE) return []
      const label = receives(redrive.maxReceiveCount)
      return [{ from, to: redrive.target, action: REDRIVE_ACTION, port: 'failure', style: 'async' as const, label }]
    }),
  accepts(from, to, scenario): true | Refusal | null {
    if (typeOf(from, scenario) !== QUEUE || typeOf(to, scenario) !== QUEUE) return null
    if (from === to) return { refused: `${from} cannot be its own dead-letter queue. Draw to a second queue.` }
    if (leadsTo(to, from, scenario)) {
      return { refused: `${to} already dead-letters to ${from}. Messages would go round. Draw to a third queue.` }
    }
    return true
  },
  connect(from, to, scenario) {
    const queue = scenario.resources[from]!
    const maxReceiveCount = redriveOf(queue)?.maxReceiveCount ?? DRAWN_MAX_RECEIVE_COUNT
    return {
      resources: { [from]: withProperties(queue, { RedrivePolicy: { deadLetterTargetArn: to, maxReceiveCount } }) },
      said: `${to} is the dead-letter queue of ${from}: messages go there ${receives(maxReceiveCount)}.`,
    }
  },
  disconnect({ from }, scenario) {
    return {
      resources: { [from]: withProperties(scenario.resources[from]!, { RedrivePolicy: undefined }) },
      said: `Removed the redrive policy of ${from}. Messages that fail stay in it until their retention period ends.`,
    }
  },
}

/** Whether redrive policies lead from one queue to another. */
export function leadsTo(from: LogicalId, to: LogicalId, scenario: Scenario): boolean {
  const seen = new Set<LogicalId>()
  for (let at: LogicalId | undefined = from; at !== undefined && !seen.has(at);) {
    if (at === to) return true
    seen.add(at)
    const resource: Scenario['resources'][string] | undefined = scenario.resources[at]
    at = resource === undefined ? undefined : redriveOf(resource)?.target
  }
  return false
}

export const connectors: readonly Connector[] = [redriveConnector]
