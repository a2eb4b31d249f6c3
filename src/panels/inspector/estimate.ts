/** What a function's steps take on average, from the document alone: for the bar of steps and the hints, not for the run. */
import { ownerOf } from '../../drawing'
import { factValue } from '../../model/facts'
import { isObject } from '../../model/json'
import type { Duration, Json, JsonObject, LogicalId, Scenario } from '../../model/scenario'
import { FACTS } from '../../services'
import { mountOf, pathIn } from '../../services/file-systems'

/** z of the 90th percentile of a normal distribution. */
const Z90 = 1.2815515655446004

/** Mean of a duration, in its own unit. */
export function meanOf(duration: Duration): number {
  if (typeof duration === 'number') return duration
  if ('exp' in duration) return duration.exp
  if ('uniform' in duration) return (duration.uniform[0] + duration.uniform[1]) / 2
  if ('lognormal' in duration) {
    const sigma = Math.log(duration.lognormal.p90 / duration.lognormal.p50) / Z90
    return duration.lognormal.p50 * Math.exp((sigma * sigma) / 2)
  }
  return quantileMean(duration.quantiles)
}

/** Straight lines between the points, flat beyond the first and the last. */
function quantileMean(points: { readonly [probability: string]: number }): number {
  const sorted = Object.entries(points)
    .map(([p, value]) => ({ p: Number(p), value }))
    .sort((a, b) => a.p - b.p)
  let mean = 0
  let before = { p: 0, value: sorted[0]?.value ?? 0 }
  for (const point of sorted) {
    mean += ((before.value + point.value) / 2) * (point.p - before.p)
    before = point
  }
  return mean + before.value * (1 - before.p)
}

/** A fact as a number under the scenario's profile and overrides. */
export function factNumber(key: string, scenario: Scenario): number {
  const fact = FACTS[key]
  return scenario.facts?.[key] ?? (fact === undefined ? 0 : meanOf(factValue(fact, scenario.profile)))
}

/** vCPUs a memory size buys (LAM-2). */
export const vcpus = (memory: number, scenario: Scenario): number =>
  memory / (factNumber('lambda.mbPerVcpu', scenario) || 1)

/** Messages per invocation of a function: the batch size of its first mapping; null when nothing polls for it. */
export function batchOf(functionId: LogicalId, scenario: Scenario): number | null {
  for (const { Type, Properties } of Object.values(scenario.resources)) {
    if (
      Type !== 'AWS::Lambda::EventSourceMapping' ||
      behind(String(Properties?.['FunctionName']), scenario) !== functionId
    )
      continue
    return typeof Properties?.['BatchSize'] === 'number' ? Properties['BatchSize'] : 10
  }
  return null
}

/** The function a version or an alias stands for; any other id itself. */
const behind = (id: LogicalId, scenario: Scenario): LogicalId => ownerOf(id, scenario) ?? id

export const memoryOf = (properties: JsonObject | undefined): number =>
  typeof properties?.['MemorySize'] === 'number' ? properties['MemorySize'] : 128

export interface StepTime {
  /** Seconds the step takes in one invocation; null when it takes none of its own (fail). */
  readonly seconds: number | null
  /** How often it runs in one invocation. */
  readonly times: number
}

const DEEPEST = 4

export function stepTime(step: JsonObject, functionId: LogicalId, scenario: Scenario, depth = 0): StepTime {
  const times = step['perMessage'] === true ? (batchOf(functionId, scenario) ?? 1) : 1
  const once = stepOnce(step, functionId, scenario, depth)
  return { seconds: once === null ? null : once * times, times }
}

function stepOnce(step: JsonObject, functionId: LogicalId, scenario: Scenario, depth: number): number | null {
  if (step['cpu'] !== undefined) {
    // one thread uses at most one vCPU (LAM-2)
    const threads = typeof step['threads'] === 'number' ? Math.max(1, step['threads']) : 1
    const share = Math.min(threads, vcpus(memoryOf(scenario.resources[functionId]?.Properties), scenario))
    return meanOf(asDuration(step['cpu'])) / share
  }
  if (step['wait'] !== undefined) return meanOf(asDuration(step['wait']))
  if (typeof step['call'] === 'string' && typeof step['to'] === 'string')
    return callTime(step['call'], step['to'], scenario, depth)
  const mount = mountOf(scenario.resources[functionId]?.Properties ?? {}, scenario)
  if (mount !== null && pathIn(mount, String(step['write'] ?? step['read'])) !== null)
    return callTime('', mount.fileSystem, scenario, depth)
  // a connection that is kept costs a warm call nothing
  if (step['connect'] !== undefined) return step['scope'] === 'handler' ? meanOf(asDuration(step['connect'])) : 0
  return null
}

const LATENCY: { readonly [type: string]: string } = {
  'AWS::DynamoDB::Table': 'dynamodb.latency',
  'AWS::EC2::Instance': 'ec2.apiLatency',
  'AWS::EFS::FileSystem': 'efs.latency',
  'AWS::RDS::DBInstance': 'rds.latency',
  'Coldstart::Internet': 'internet.latency',
}

function callTime(action: string, to: LogicalId, scenario: Scenario, depth: number): number {
  const target = scenario.resources[to]
  const fact = LATENCY[target?.Type ?? '']
  if (target === undefined) return 0
  if (fact !== undefined) {
    const own = target.Behavior?.['latency']
    return own === undefined ? factNumber(fact, scenario) : meanOf(asDuration(own))
  }
  if (action === 'lambda:Invoke' && depth < DEEPEST) return invocationTime(behind(to, scenario), scenario, depth + 1)
  return 0
}

/** Mean seconds of one warm invocation: the sum of its steps. */
export function invocationTime(functionId: LogicalId, scenario: Scenario, depth = 0): number {
  return stepsOf(functionId, scenario).reduce(
    (sum, step) => sum + (stepTime(step, functionId, scenario, depth).seconds ?? 0),
    0,
  )
}

export function stepsOf(functionId: LogicalId, scenario: Scenario): JsonObject[] {
  const steps = scenario.resources[functionId]?.Behavior?.['steps']
  return Array.isArray(steps) ? steps.filter(isObject) : []
}

/** The gate has checked the document; what it let pass as a draft reads as 0. */
function asDuration(value: Json | undefined): Duration {
  return typeof value === 'number' || isObject(value) ? (value as Duration) : 0
}
