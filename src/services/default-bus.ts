/** Where events of AWS services arrive (EB-1), for the services that emit them. */
import type { LogicalId, Scenario } from '../model/scenario'
import { object, properties, text } from '../network/read'
import { idsOf } from './edit'

const ACCOUNT = '123456789012'
const BUS = 'AWS::Events::EventBus'

/** The bus of the account: the one named default, else one that has no name; null when none is drawn. Buses of other accounts and of partners are none. */
export function defaultBus(scenario: Scenario): LogicalId | null {
  const own = idsOf(BUS, scenario).filter(
    (id) =>
      (object(scenario.resources[id]!.Behavior)['account'] ?? ACCOUNT) === ACCOUNT &&
      properties(scenario.resources[id]!)['EventSourceName'] === undefined,
  )
  const nameOf = (id: LogicalId): string | null => text(properties(scenario.resources[id]!)['Name'])
  return own.find((id) => nameOf(id) === 'default') ?? own.find((id) => nameOf(id) === null) ?? null
}
