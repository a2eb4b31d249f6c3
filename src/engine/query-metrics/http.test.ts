import { describe, expect, it } from 'vitest'
import { gateJson } from '../../gate'
import type { Json } from '../../model/scenario'
import { REASONS } from '../../services/reasons'
import { ask } from '../query'
import { statusOf } from '../query-run/answers'

const role = (...statements: object[]): object => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [{ PolicyName: 'Own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
})
const fn = (steps: object[], properties: object = {}, more: object = {}): object => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: 'Role', ...properties },
  Behavior: { steps, ...more },
})
const client = (to: string, count: number, at: number, call = 'lambda:Invoke'): object => ({
  Type: 'Coldstart::Client',
  Behavior: { traffic: { pattern: 'burst', count, at }, call, to },
})
const logs = { Effect: 'Allow', Action: ['logs:*'], Resource: ['*'] }

const gated = gateJson({
  coldstart: 1,
  name: 'Answers',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  interventions: [
    { at: 10, fault: 'resource-down', resource: 'Plain' },
    { at: 20, repair: 'resource-down', resource: 'Plain' },
    { at: 30, fault: 'deleted', resource: 'Plain' },
  ],
  resources: {
    Role: role(logs, { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: ['*'] }),
    Poor: role(logs),
    Plain: fn([{ wait: 0.1 }], { ReservedConcurrentExecutions: 2 }),
    V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Plain' } },
    First: client('Plain', 5, 1),
    OfVersion: client('V1', 2, 3),
    Down: client('Plain', 3, 12),
    Gone: client('Plain', 4, 32),
    Events: client('Failing', 6, 5, 'lambda:InvokeAsync'),
    Failing: fn([{ fail: { type: 'Broken' } }]),
    Direct: client('Failing', 2, 6),
    Slow: fn([{ wait: 3 }], { Timeout: 1 }),
    Late: client('Slow', 1, 6),
    Outsider: fn([{ call: 'lambda:Invoke', to: 'Late1', optional: true }], { Role: 'Poor' }),
    Late1: fn([{ wait: 0.01 }]),
    Asks: client('Outsider', 2, 7),
    Unborn: fn([{ wait: 0.01 }], {}, { created: 40 }),
    // its events are throttled in the very second in which another function fails
    Narrow: fn([{ wait: 5 }], { ReservedConcurrentExecutions: 1 }),
    Handed: client('Narrow', 3, 15, 'lambda:InvokeAsync'),
    Fails: fn([{ wait: 0.05 }, { fail: {} }], {}, { provision: 0, init: 0, overhead: 0 }),
    Many: {
      Type: 'Coldstart::Client',
      Behavior: { traffic: { pattern: 'constant', rate: 50, count: 500 }, call: 'lambda:Invoke', to: 'Fails' },
    },
    Early: client('Unborn', 1, 8),
  },
})
if (!gated.ok) throw new Error(JSON.stringify(gated.problems, null, 1))
const scenario = gated.normalised
const count = (of: string | undefined, where?: { [key: string]: Json }, during?: [number, number]): Json =>
  ask([{ m: 'http.count', ...(of && { of }), ...(where && { where }), ...(during && { during }) }], scenario)[0]!.value

describe('http.count of invocations', () => {
  it('counts 200 and 429, with its Reason', () => {
    expect(count('First', { status: 200 })).toBe(2)
    expect(count('First', { status: 429 })).toBe(3)
    const reason = 'ReservedFunctionConcurrentInvocationLimitExceeded'
    expect(count('Plain', { status: 429, reason })).toBe(3)
    expect(count('Plain', { reason: 'ConcurrentInvocationLimitExceeded' })).toBe(0)
    expect(count('Plain', { type: 'TooManyRequests' })).toBe(3)
  })
  it('counts versions in their function, by caller and in windows', () => {
    expect(count('V1')).toBe(2)
    expect(count('Plain', { from: 'OfVersion' })).toBe(2)
    expect(count('Plain', { version: 1, status: 200 })).toBe(2)
    expect(count('Plain')).toBe(5 + 2 + 3 + 4)
    expect(count('Plain', { status: 200 }, [0, 2.5])).toBe(2)
  })
  it('gives function errors 200 and their header', () => {
    expect(count('Direct', { status: 200 })).toBe(2)
    expect(count('Direct', { functionError: 'Unhandled' })).toBe(2)
    expect(count('First', { functionError: true })).toBe(0)
    expect(count('Late', { status: 200, functionError: true })).toBe(1)
  })
  it('takes nothing else that is refused meanwhile for an answer', () => {
    expect(count('Narrow')).toBe(3)
    expect(count('Narrow', { status: 202 })).toBe(3)
    expect(count('Fails', { status: 200 })).toBe(500)
    expect(count('Fails', { status: 429 })).toBe(0)
  })
  it('accepts events with 202', () => {
    expect(count('Failing', { status: 202 })).toBe(6)
    expect(count('Events')).toBe(6)
  })
  it('tells a function that is down from one that is deleted, not allowed or not there yet', () => {
    expect(count('Down', { status: 500, type: 'ServiceException' })).toBe(3)
    expect(count('Gone', { status: 404, type: 'ResourceNotFoundException' })).toBe(4)
    expect(count('Late1', { status: 403, from: 'Outsider' })).toBe(2)
    expect(count('Early', { status: '4XX' })).toBe(1)
    expect(count('Early', { status: 404 })).toBe(1)
  })
  it('without `of` adds functions up where there is no load balancer', () => {
    expect(count(undefined, { status: '5XX' })).toBe(3)
    expect(count(undefined, { status: 200, method: 'GET' })).toBe(0)
  })
})

describe('statuses in the sentences of reasons', () => {
  it('are those of LAM-52', () => {
    const found = Object.keys(REASONS).flatMap((code) => {
      const status = statusOf(code)
      return code.startsWith('lambda.') && status !== null
        ? [`${status.status} ${status.type} ${status.reason}`.trim()]
        : []
    })
    expect(found).toEqual(
      expect.arrayContaining([
        '429 TooManyRequestsException ConcurrentInvocationLimitExceeded',
        '429 TooManyRequestsException',
        '400 RecursiveInvocationException',
        '404 ResourceNotFoundException',
        '409 ResourceConflictException',
        '500 ServiceException',
        '502 SubnetIPAddressLimitReachedException',
        '502 ResourceNotReadyException',
      ]),
    )
  })
})
