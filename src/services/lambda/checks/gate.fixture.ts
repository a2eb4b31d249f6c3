import { gateJson } from '../../../gate'
import { applyFix } from '../../../gate/fix'
import type { Intervention, JsonObject, LogicalId, Resource, Scenario } from '../../../model/scenario'
import { executionRole } from '../../roles'
import type { Problem } from '../../service'

export type Resources = { [id: LogicalId]: Resource }

export const fn = (properties: JsonObject = {}, behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: 'Role', ...properties },
  Behavior: behavior,
})
export const version = (functionName: LogicalId, properties: JsonObject = {}, behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Version',
  Properties: { FunctionName: functionName, ...properties },
  Behavior: behavior,
})
export const alias = (functionName: LogicalId, to: string, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Alias',
  Properties: { FunctionName: functionName, FunctionVersion: to, ...properties },
})
export const layer = (properties: JsonObject = {}, behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::LayerVersion',
  Properties: properties,
  Behavior: behavior,
})
export const queue = (properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties: properties })
export const second = (to: string, weight = 0.1): JsonObject => ({
  RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: to, FunctionWeight: weight }] },
})
export const keep = (count: number): JsonObject => ({
  ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: count },
})

export const scenarioOf = (resources: Resources, rest: Partial<Scenario> = {}): Scenario => ({
  coldstart: 1,
  name: 'Checks',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: { Role: executionRole(), ...resources },
  ...rest,
})

/** What the gate says about a document of these resources and a role that may write logs. */
export const problems = (resources: Resources, rest: Partial<Scenario> = {}): Problem[] =>
  gateJson(scenarioOf(resources, rest)).problems

/** Messages of the errors. */
export const errors = (resources: Resources, rest: Partial<Scenario> = {}): string[] =>
  problems(resources, rest).flatMap(({ severity, message }) => (severity === 'error' ? [message] : []))

/** The document after the fix of its first problem, gated again. */
export function fixed(resources: Resources, rest: Partial<Scenario> = {}): Problem[] {
  const scenario = scenarioOf(resources, rest)
  const [first] = gateJson(scenario).problems
  if (first?.fix === undefined) throw new Error(`no fix: ${first?.message}`)
  return gateJson(applyFix(scenario, first.fix)).problems
}

export const set = (path: string, value: unknown, at = 10): Intervention => ({ at, set: path, value }) as Intervention
