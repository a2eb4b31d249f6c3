/** Lines under a form that say what the settings amount to. */
import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { batchOf, factNumber, invocationTime, meanOf, memoryOf, stepsOf, vcpus } from './estimate'
import { digits, nameOf, seconds } from './words'

type Hint = (id: LogicalId, resource: Resource, scenario: Scenario) => string[]

const HINTS: { readonly [type: string]: Hint } = {
  'AWS::Lambda::Function': (id, { Properties = {} }, scenario) => functionHints(id, Properties, scenario),
  'AWS::SQS::Queue': (_, { Properties = {} }, scenario) => queueHints(Properties, scenario),
  'AWS::Lambda::EventSourceMapping': (_, { Properties = {} }, scenario) => mappingHints(Properties, scenario),
  'AWS::EC2::Subnet': (_, { Properties = {} }) => subnetHints(Properties),
  'Coldstart::Client': (_, { Behavior }, scenario) =>
    trafficHints(Behavior?.['traffic'] as JsonObject | undefined, scenario),
}

/** Computed facts about a resource, each one sentence. */
export function hints(id: LogicalId, scenario: Scenario): string[] {
  const resource = scenario.resources[id]
  return (resource && HINTS[resource.Type]?.(id, resource, scenario)) ?? []
}

const number = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)

function functionHints(id: LogicalId, properties: JsonObject, scenario: Scenario): string[] {
  const memory = memoryOf(properties)
  const share = vcpus(memory, scenario)
  const buys = `${digits(memory)} MB buys ${share.toFixed(2)} vCPU`
  const cpu = stepsOf(id, scenario).find((step) => step['cpu'] !== undefined)?.['cpu']
  const lines: string[] = []
  if (cpu === undefined) lines.push(`${buys}.`)
  else if (share > 1)
    lines.push(`${buys}. One thread uses at most 1: ${digits(factNumber('lambda.mbPerVcpu', scenario))} MB is as fast.`)
  else {
    const work = meanOf(cpu as Parameters<typeof meanOf>[0])
    lines.push(`${buys}: ${work.toFixed(3)} vCPU-s take ${seconds(work / share)}.`)
  }
  const takes = invocationTime(id, scenario)
  const timeout = number(properties['Timeout'], 3)
  if (takes > timeout) {
    lines.push(`The steps take ${seconds(takes)} on average, Timeout is ${timeout} s: most invocations are stopped.`)
  }
  return lines
}

function queueHints(properties: JsonObject, scenario: Scenario): string[] {
  const redrive = properties['RedrivePolicy'] as JsonObject | undefined
  const target = redrive?.['deadLetterTargetArn']
  if (typeof target !== 'string') return ['Without a RedrivePolicy a message that fails comes back until it expires.']
  const most = number(redrive?.['maxReceiveCount'], 1)
  const visible = number(properties['VisibilityTimeout'], 30)
  return [
    `A message that fails ${most} times goes to ${nameOf(target, scenario)}, after about ${seconds(most * visible)}.`,
  ]
}

function mappingHints(properties: JsonObject, scenario: Scenario): string[] {
  const fn = properties['FunctionName']
  if (typeof fn !== 'string' || scenario.resources[fn] === undefined) return []
  const takes = invocationTime(fn, scenario)
  const batch = batchOf(fn, scenario) ?? number(properties['BatchSize'], 10)
  if (takes <= 0) return []
  const most = (properties['ScalingConfig'] as JsonObject | undefined)?.['MaximumConcurrency']
  const rate = (n: number) => `${digits(Number(((batch * n) / takes).toPrecision(3)))} messages/s`
  return [
    typeof most === 'number'
      ? `Up to ${most} batches of ${batch} at once, ${seconds(takes)} each: at most ${rate(most)}.`
      : `A batch of ${batch} takes ${seconds(takes)}: one environment works off ${rate(1)}.`,
  ]
}

function subnetHints(properties: JsonObject): string[] {
  const block = properties['CidrBlock']
  const prefix = typeof block === 'string' ? Number(block.split('/')[1]) : Number.NaN
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > 32) return []
  const usable = Math.max(0, 2 ** (32 - prefix) - 5)
  return [`/${prefix} has ${digits(usable)} usable addresses: AWS keeps 5.`]
}

function trafficHints(traffic: JsonObject | undefined, scenario: Scenario): string[] {
  if (traffic === undefined) return []
  const n = (key: string, fallback: number): number => number(traffic[key], fallback)
  const from = n('at', 0)
  switch (traffic['pattern']) {
    case 'constant':
    case 'poisson': {
      const window = Math.max(0, Math.min(n('until', scenario.duration), scenario.duration) - from)
      const calls = Math.min(n('count', Infinity), n('rate', 0) * window)
      return [`About ${digits(Math.round(calls))} calls in ${seconds(scenario.duration)}.`]
    }
    case 'ramp': {
      const over = n('over', 0)
      const ramp = Math.min(over, Math.max(0, scenario.duration - from))
      const reached = over > 0 ? n('from', 0) + ((n('to', 0) - n('from', 0)) * ramp) / over : n('to', 0)
      return [`About ${digits(Math.round(((n('from', 0) + reached) / 2) * ramp))} calls while the rate moves.`]
    }
    case 'repeat':
      return [
        `${digits(n('times', 0) * n('count', 1))} calls in ${digits(n('times', 0))} rounds, the last at ${seconds(from + (n('times', 1) - 1) * n('every', 0))}.`,
      ]
    case 'burst':
      return [`${digits(n('count', 20))} calls at the same instant need as many environments.`]
    case 'manual':
      return ['Sends only when told to: "Send an event now" in the menu above.']
    default:
      return []
  }
}
