import type { Json, JsonObject, LogicalId, Scenario } from '../../model/scenario'
import { list, object, properties, ref, text } from '../../network/read'
import { idsOf } from '../edit'
import { BUS_POLICY } from './settings'

/** The account of everything that names no other. */
export const ACCOUNT = '123456789012'

/** Account a bus belongs to (EB-14). */
export const accountOf = (bus: LogicalId, scenario: Scenario): string =>
  text(scenario.resources[bus]?.Behavior?.['account']) ?? ACCOUNT

/** Whether the resource policy of a bus lets another account put events (EB-14). A Deny wins over every Allow. */
export function letsIn(bus: LogicalId, account: string, scenario: Scenario): boolean {
  const statements = idsOf(BUS_POLICY, scenario)
    .map((id) => properties(scenario.resources[id]!))
    .filter((policy) => ref(policy['EventBusName']) === bus)
    .map(statementOf)
    .filter((statement) => covers(statement, account))
  return statements.length > 0 && statements.every(({ Effect }) => Effect !== 'Deny')
}

/** A policy has a statement, or the short form with Action and Principal. */
const statementOf = (policy: JsonObject): JsonObject =>
  policy['Statement'] === undefined
    ? { Effect: 'Allow', Action: policy['Action'] ?? 'events:PutEvents', Principal: policy['Principal'] ?? '*' }
    : object(policy['Statement'])

const covers = ({ Action, Principal }: JsonObject, account: string): boolean =>
  many(Action).some((action) => action === '*' || action === 'events:*' || action === 'events:PutEvents') &&
  many(typeof Principal === 'object' && !Array.isArray(Principal) ? object(Principal)['AWS'] : Principal).some(
    (who) => who === '*' || who === account || who === `arn:aws:iam::${account}:root`,
  )

const many = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? list(value) : value === undefined ? [] : [value]
