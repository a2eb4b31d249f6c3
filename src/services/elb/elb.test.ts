import { describe, expect, it } from 'vitest'
import { createRun } from '../../engine/run'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, mayAll, openToAll, runOf, scenarioOf, type Ran } from '../run.fixture'
import { LISTENER, LOAD_BALANCER, TARGET_GROUP } from './settings'

const OK: JsonObject = { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'hello' }

const fn = (behavior: JsonObject, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3, Role: 'Role', ...properties },
  Behavior: { steps: [{ wait: 0.05 }], response: OK, ...behavior },
})
const group = (target: string | null, properties: JsonObject = {}): Resource => ({
  Type: TARGET_GROUP,
  Properties: { TargetType: 'lambda', Targets: target === null ? [] : [{ Id: target }], ...properties },
})
const listener = (forwards: { [group: string]: number }, more: JsonObject = {}): Resource => {
  const TargetGroups = Object.entries(forwards).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }))
  return {
    Type: LISTENER,
    Properties: {
      LoadBalancerArn: 'Alb',
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
      ...more,
    },
  }
}
const balancer = (behavior: JsonObject = {}): Resource => ({ Type: LOAD_BALANCER, Behavior: behavior })
const steady = { pattern: 'constant', rate: 1, at: 0, count: 10 }

/** Ten requests, one a second, through a load balancer to one function. */
function behind(resources: Scenario['resources'], more: JsonObject = {}, scenario: Partial<Scenario> = {}): Ran {
  const C = client('http:Request', 'Alb', steady, more)
  return runOf(
    scenarioOf(
      openToAll({ C, Alb: balancer(), L: listener({ G: 1 }), G: group('Fn'), Role: mayAll, ...resources }),
      scenario,
    ),
  )
}

describe('a load balancer in front of a function', () => {
  it('invokes it for every request and hands back what it returns', () => {
    const ran = behind({ Fn: fn({}) })
    expect(ran.total('C', 'Successes')).toBe(10)
    expect(ran.total('Fn', 'Invocations')).toBe(10)
    for (const id of ['Alb', 'G']) {
      expect(ran.total(id, 'RequestCount')).toBe(10)
      expect(ran.total(id, 'HTTPCode_Target_2XX_Count')).toBe(10)
      expect(ran.total(id, 'LambdaUserError')).toBe(0)
    }
    expect(ran.total('Alb', 'HTTPCode_ELB_5XX_Count')).toBe(0)
    // nothing of its own: the first is a cold start, and the client waits as long as the function takes
    expect(ran.total('Alb', 'TargetResponseTime')).toBe(ran.total('C', 'Latency'))
    expect(ran.max('Alb', 'ActiveConnectionCount')).toBe(1)
    // a body of {} and a response of 77 bytes
    expect(ran.total('Alb', 'LambdaTargetProcessedBytes')).toBe(10 * (2 + JSON.stringify(OK).length))
  })

  it('hands back what the version returned that an alias chose', () => {
    const version = (number: number, statusCode: number): Resource => ({
      Type: 'AWS::Lambda::Version',
      Properties: { FunctionName: 'Fn' },
      Behavior: { number, snapshot: { Behavior: { response: { statusCode } } } },
    })
    const weights = { AdditionalVersionWeights: [{ FunctionVersion: 'V2', FunctionWeight: 0.5 }] }
    const ran = behind({
      Fn: fn({}),
      V1: version(1, 200),
      V2: version(2, 404),
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: { FunctionName: 'Fn', Name: 'LIVE', FunctionVersion: 'V1', RoutingConfig: weights },
      },
      G: group('Live'),
    })
    expect(ran.total('V2', 'Invocations')).toBeGreaterThan(0)
    expect(ran.total('G', 'HTTPCode_Target_4XX_Count')).toBe(ran.total('V2', 'Invocations'))
    expect(ran.total('G', 'HTTPCode_Target_2XX_Count')).toBe(ran.total('V1', 'Invocations'))
  })

  it.each([
    [301, 'HTTPCode_Target_3XX_Count', 'Successes'],
    [404, 'HTTPCode_Target_4XX_Count', 'Failures'],
    [500, 'HTTPCode_Target_5XX_Count', 'Failures'],
  ])('a status of %d is the target’s', (statusCode, metric, outcome) => {
    const ran = behind({ Fn: fn({ response: { statusCode } }) })
    expect(ran.total('Alb', metric)).toBe(10)
    expect(ran.total('Alb', 'HTTPCode_ELB_5XX_Count')).toBe(0)
    expect(ran.total('C', outcome)).toBe(10)
    expect(ran.total('Fn', 'Errors')).toBe(0)
  })

  it('waits longer than a minute: the idle timeout is not about functions', () => {
    const ran = behind({ Fn: fn({ steps: [{ wait: 100 }] }, { Timeout: 120 }) })
    expect(ran.total('C', 'Successes')).toBe(10)
    expect(ran.max('Alb', 'TargetResponseTime')).toBeGreaterThan(100e6)
  })

  it('costs by the hour and by its largest dimension', () => {
    const cost = (ran: Ran, item: string): number => ran.costs.find((line) => line.item === item)!.quantity
    const hour = { duration: 3_600 }
    // a run ends when nothing is left to happen, and health checks never end
    const G = group('Fn', { HealthCheckEnabled: true })
    const small = behind({ Fn: fn({}), G }, {}, hour)
    expect(cost(small, 'Hours')).toBeCloseTo(1, 3)
    expect(cost(small, 'Capacity units')).toBeCloseTo(10 / 90_000, 9)
    const large = behind({ Fn: fn({}), Alb: balancer({ requestSize: 400_000, responseSize: 600_000 }), G }, {}, hour)
    expect(cost(large, 'Capacity units')).toBeCloseTo(10e6 / 0.4e9, 9)
    const slow = behind({ Fn: fn({ steps: [{ wait: 600 }] }, { Timeout: 900 }), G }, {}, hour)
    expect(cost(slow, 'Capacity units')).toBeGreaterThan((10 * 600) / 3_600 / 3_000)
    expect(slow.costs.find((line) => line.item === 'Hours')!.usd).toBeCloseTo(0.0225, 3)
  })
})

describe('502', () => {
  it.each([
    ['an error of the function', fn({ steps: [{ fail: {} }] }), 'elb.failed', 10],
    ['its timeout', fn({ steps: [{ wait: 5 }] }), 'elb.timeout', 10],
    ['a throttle', fn({}, { ReservedConcurrentExecutions: 0 }), 'elb.throttled', 0],
    ['no response', fn({ response: null }), 'elb.malformed', 10],
    ['a response without a status', fn({ response: { body: 'hello' } }), 'elb.malformed', 10],
    ['a status as text', fn({ response: { statusCode: '200' } }), 'elb.malformed', 10],
    ['a body that is an object', fn({ response: { statusCode: 200, body: { a: 1 } } }), 'elb.malformed', 10],
  ])('for %s, without a retry', (_, Fn, reason, invocations) => {
    const ran = behind({ Fn })
    expect(ran.reasons(reason)).toHaveLength(10)
    expect(ran.total('Alb', 'HTTPCode_ELB_5XX_Count')).toBe(10)
    expect(ran.total('Alb', 'HTTPCode_ELB_502_Count')).toBe(10)
    expect(ran.total('G', 'LambdaUserError')).toBe(10)
    expect(ran.total('Alb', 'LambdaInternalError')).toBe(0)
    expect(ran.total('C', 'Failures')).toBe(10)
    expect(ran.total('Fn', 'Invocations')).toBe(invocations)
  })

  it('a function without a response returns null', () => {
    const { response: _, ...Behavior } = fn({}).Behavior!
    expect(behind({ Fn: { ...fn({}), Behavior } }).reasons('elb.malformed')).toHaveLength(10)
  })

  it.each([
    ['an error takes as long as it took', fn({ steps: [{ wait: 0.05 }, { fail: {} }] }), 10],
    ['a throttle is no response', fn({}, { ReservedConcurrentExecutions: 0 }), 0],
  ])('%s', (_, Fn, responses) => {
    const C = client('http:Request', 'Alb', steady)
    const resources = { C, Alb: balancer(), L: listener({ G: 1 }), G: group('Fn'), Role: mayAll, Fn }
    const run = createRun(scenarioOf(openToAll(resources)))
    while (!run.advance(1_000)) continue
    const times = run.series().find(({ resource, name }) => resource === 'Alb' && name === 'TargetResponseTime')
    expect(times?.total.n).toBe(responses)
  })

  it('is retried by a client that wants to', () => {
    const ran = behind({ Fn: fn({ steps: [{ fail: {} }] }) }, { retries: { max: 2, base: 0.1 } })
    expect(ran.total('Fn', 'Invocations')).toBe(30)
  })

  it('for a response over 1 MB', () => {
    const ran = behind({ Fn: fn({}), Alb: balancer({ responseSize: 2 ** 20 + 1 }) })
    expect(ran.reasons('elb.responseTooLarge')).toHaveLength(10)
    expect(ran.total('Alb', 'HTTPCode_ELB_502_Count')).toBe(10)
    expect(behind({ Fn: fn({}), Alb: balancer({ responseSize: 2 ** 20 }) }).total('C', 'Successes')).toBe(10)
  })

  it('counts as internal when Lambda does not run the function', () => {
    const ran = behind({ Fn: fn({}) }, {}, { interventions: [{ at: 4.5, fault: 'resource-down', resource: 'Fn' }] })
    expect(ran.total('Alb', 'LambdaInternalError')).toBe(5)
    expect(ran.total('Alb', 'LambdaUserError')).toBe(0)
    expect(ran.reasons('elb.unavailable')).toHaveLength(5)
  })

  it('when the resource policy names someone else', () => {
    const Permission: Resource = {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'Fn', Principal: 'events.amazonaws.com' },
    }
    expect(behind({ Fn: fn({}), Permission }).reasons('elb.denied')).toHaveLength(10)
    const Principal = 'elasticloadbalancing.amazonaws.com'
    const Properties = { ...Permission.Properties, Principal, SourceArn: 'G' }
    expect(behind({ Fn: fn({}), Permission: { ...Permission, Properties } }).total('C', 'Successes')).toBe(10)
  })
})

describe('answers before a function is invoked', () => {
  it('413 for a request body over 1 MB', () => {
    const ran = behind({ Fn: fn({}), Alb: balancer({ requestSize: 2 ** 20 + 1 }) })
    expect(ran.total('Alb', 'HTTPCode_ELB_4XX_Count')).toBe(10)
    expect(ran.total('Alb', 'LambdaUserError')).toBe(10)
    expect(ran.total('Fn', 'Invocations')).toBe(0)
    expect(ran.reasons('elb.requestTooLarge')[0]?.[1]).toBe(2 ** 20 + 1)
    expect(behind({ Fn: fn({}), Alb: balancer({ requestSize: 2 ** 20 }) }).total('C', 'Successes')).toBe(10)
  })

  it('503 without a target, which is no RequestCount', () => {
    const ran = behind({ Fn: fn({}), G: group(null) })
    expect(ran.total('Alb', 'HTTPCode_ELB_503_Count')).toBe(10)
    expect(ran.total('Alb', 'RequestCount')).toBe(0)
    expect(behind({ Fn: fn({}), L: listener({ G: 0 }) }).reasons('elb.noTarget')).toHaveLength(10)
  })

  it('nothing at all without a listener for the protocol', () => {
    const ran = behind({ Fn: fn({}), L: listener({ G: 1 }, { Port: 443, Protocol: 'HTTPS' }) })
    expect(ran.reasons('elb.noListener')).toHaveLength(10)
    expect(ran.total('C', 'Failures')).toBe(10)
    expect(ran.total('Alb', 'NewConnectionCount')).toBe(0)
  })
})

describe('target groups', () => {
  const many = { traffic: { pattern: 'constant', rate: 100, at: 0, count: 2_000 } }

  it('share requests by weight, whatever their sum', () => {
    const ran = behind({ Fn: fn({}), New: fn({}), H: group('New'), L: listener({ G: 90, H: 10 }) }, many)
    expect(ran.total('Fn', 'Invocations') + ran.total('New', 'Invocations')).toBe(2_000)
    expect(ran.total('H', 'RequestCount')).toBe(ran.total('New', 'Invocations'))
    expect(Math.abs(ran.total('H', 'RequestCount') - 200)).toBeLessThan(50)
    expect(new Set(ran.reasons('elb.routed').map(([, share]) => share))).toEqual(new Set([90, 10]))
  })

  it('change their weights during the run', () => {
    const set = '/resources/L/Properties/DefaultActions/0/ForwardConfig/TargetGroups/0/Weight'
    const interventions = [{ at: 4.5, set, value: 0 }]
    const ran = behind({ Fn: fn({}), New: fn({}), H: group('New'), L: listener({ G: 1, H: 1 }) }, {}, { interventions })
    const before = ran.reasons('elb.routed')
    expect(before).toHaveLength(5)
    expect(ran.total('H', 'RequestCount')).toBe(5 + 5 - ran.total('G', 'RequestCount'))
    expect(ran.total('H', 'RequestCount')).toBeGreaterThanOrEqual(5)
  })

  it('invoke aliases and versions, each with the response it was published with', () => {
    const V1: Resource = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' } }
    const V2: Resource = { ...V1, Behavior: { snapshot: { Behavior: { response: { statusCode: 204 } } } } }
    const Live: Resource = {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: 'Fn', Name: 'live', FunctionVersion: 'V1' },
    }
    const ran = behind({ Fn: fn({ response: { statusCode: 500 } }), V1, V2, Live, G: group('Live') })
    expect(ran.total('Live', 'Invocations')).toBe(10)
    expect(ran.total('Alb', 'HTTPCode_Target_5XX_Count')).toBe(10)
    const moved = { ...Live, Properties: { ...Live.Properties, FunctionVersion: 'V2' } }
    const after = behind({ Fn: fn({ response: { statusCode: 500 } }), V1, V2, Live: moved, G: group('Live') })
    expect(after.total('Alb', 'HTTPCode_Target_2XX_Count')).toBe(10)
    expect(behind({ Fn: fn({}), V1, V2, G: group('V2') }).total('V2', 'Invocations')).toBe(10)
  })

  it('check health only when told to, and each check is an invocation', () => {
    const quiet = { traffic: { pattern: 'once', at: 299 } }
    expect(behind({ Fn: fn({}) }, quiet).total('Fn', 'Invocations')).toBe(1)
    const ran = behind({ Fn: fn({}), G: group('Fn', { HealthCheckEnabled: true }) }, quiet)
    // every 35 s of 300, and the request
    expect(ran.total('Fn', 'Invocations')).toBe(8 + 1)
    expect(ran.total('Alb', 'RequestCount')).toBe(1)
    const set = '/resources/G/Properties/HealthCheckEnabled'
    const stop = { interventions: [{ at: 100, set, value: false }] }
    const stopped = behind({ Fn: fn({}), G: group('Fn', { HealthCheckEnabled: true }) }, quiet, stop)
    expect(stopped.total('Fn', 'Invocations')).toBe(2 + 1)
  })
})
