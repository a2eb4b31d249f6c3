/** Documents for ../shared/conformance/scaling: what is in a row of those files, as a scenario. */
import type { Json, JsonObject, Resource, Scenario } from '../model/scenario'
import { gateJson } from '../gate'
import { exp, ln } from '../kernel/ieee'

export interface Traffic {
  /** Calls per second, Poisson. */
  readonly rate: number
  readonly duration: number
}

/** A distribution with this mean (s) and coefficient of variation: 0 fixed, 1 exponential, else lognormal. */
export function service(mean: number, variation = 1): Json {
  if (variation === 0) return mean
  if (variation === 1) return { exp: mean }
  const sigma = Math.sqrt(ln(1 + variation * variation))
  const p50 = mean / Math.sqrt(1 + variation * variation)
  return { lognormal: { p50, p90: p50 * exp(1.2815515655446004 * sigma) } }
}

const ROLE: Resource = {
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'All',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] },
      },
    ],
  },
}

function scenario(resources: { [id: string]: Resource }, duration: number, more: JsonObject = {}): Scenario {
  const gated = gateJson({
    coldstart: 1,
    name: 'Scaling',
    profile: 'teaching',
    seed: 5,
    duration,
    resources: { Role: ROLE, ...resources },
    ...more,
  })
  if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
  return gated.normalised
}

/** A handler whose first invocation takes `cold` in place of `warm`, and nothing besides: the models know no init. */
const fn = (warm: Json, behavior: JsonObject, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: 'Role', Timeout: 900, ...properties },
  Behavior: { provision: 0, init: 0, overhead: 0, steps: [{ wait: warm }], ...behavior },
})
const client = (call: string, to: string, { rate }: Traffic, more: JsonObject = {}): Resource => ({
  Type: 'Coldstart::Client',
  Behavior: { traffic: { pattern: 'poisson', rate }, call, to, timeout: 10_000, ...more },
})

/** Calls of a function, `concurrency` at once at most: by the account, or reserved for it. */
export function called(
  traffic: Traffic,
  {
    warm,
    cold,
    idle,
    account,
    reserved,
  }: { warm: Json; cold?: Json; idle: number; account?: number; reserved?: number },
): Scenario {
  const steps = [{ wait: warm, ...(cold === undefined ? {} : { cold }) }]
  return scenario(
    {
      Client: client('lambda:Invoke', 'Fn', traffic),
      Fn: fn(warm, { idle, steps }, reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved }),
    },
    traffic.duration,
    { facts: { 'lambda.accountConcurrency': account ?? (reserved ?? 0) + 1_000 } },
  )
}

/**
 * A queue in front of `servers` consumers that are always there, each with one message at a time. One: a FIFO queue whose messages are all of one
 * group. Up to the five pollers a mapping starts with: its maximum concurrency. Twenty and more: provisioned pollers, ten at once each. What lies
 * between comes and goes with the backlog in AWS, and no document says otherwise: there the facts do, behind the gate.
 */
export function queued(traffic: Traffic, time: Json, servers: number): Scenario {
  const fifo = servers === 1
  const provisioned = servers / 10
  const steady = fifo || servers <= 5 || (provisioned >= 2 && Number.isInteger(provisioned))
  const limit: JsonObject = fifo
    ? {}
    : servers <= 5 || !steady
      ? { ScalingConfig: { MaximumConcurrency: servers } }
      : { ProvisionedPollerConfig: { MinimumPollers: provisioned, MaximumPollers: provisioned } }
  const document = scenario(
    {
      Client: client('sqs:SendMessage', 'Queue', traffic, fifo ? { group: 'g1' } : {}),
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: 43_200,
          MessageRetentionPeriod: 1_209_600,
          ...(fifo ? { FifoQueue: true } : {}),
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'Queue', FunctionName: 'Fn', BatchSize: 1, ...limit },
      },
      Fn: fn(time, { idle: 1_000_000 }),
    },
    traffic.duration,
  )
  return steady ? document : { ...document, facts: { 'lambda.pollersAtFirst': servers } }
}
