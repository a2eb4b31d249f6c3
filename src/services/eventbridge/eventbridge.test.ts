import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'
import { ruleProblems } from './checks'
import { deadLetterConnector, targetConnector } from './connectors'

const bus: Resource = { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } }
const queue: Resource = { Type: 'AWS::SQS::Queue' }
const rule = (pattern: JsonObject, targets: JsonObject[], more: JsonObject = {}): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventBusName: 'Bus', EventPattern: pattern, State: 'ENABLED', Targets: targets, ...more },
})
const to = (id: string, more: JsonObject = {}): JsonObject => ({ Id: id, Arn: id, ...more })
const put = (body: JsonObject, count = 1): Resource =>
  client('events:PutEvents', 'Bus', { pattern: 'constant', rate: 1, at: 0, count }, { body })

describe('a bus', () => {
  it('gives every target of every matching rule a copy, half a second later', () => {
    const ran = runOf(
      scenarioOf({
        C: put({ source: 'shop', 'detail-type': 'order', detail: { total: 3 } }),
        Bus: bus,
        A: queue,
        B: queue,
        Orders: rule({ source: ['shop'] }, [to('A'), to('B')]),
        Big: rule({ detail: { total: [{ numeric: ['>', 100] }] } }, [to('A')]),
        Off: rule({ source: ['shop'] }, [to('A')], { State: 'DISABLED' }),
      }),
    )
    expect(ran.level('A', 'visible')).toEqual([[0.5, 1]])
    expect(ran.level('B', 'visible')).toEqual([[0.5, 1]])
    expect(ran.total('Orders', 'MatchedEvents')).toBe(1)
    expect(ran.total('Orders', 'Invocations')).toBe(2)
    expect(ran.total('Big', 'MatchedEvents')).toBe(0)
    expect(ran.total('Off', 'MatchedEvents')).toBe(0)
    expect(ran.level('Bus', 'unmatched')).toEqual([])
  })

  it('counts events that no rule matched', () => {
    const ran = runOf(
      scenarioOf({ C: put({ source: 'other' }, 3), Bus: bus, A: queue, R: rule({ source: ['shop'] }, [to('A')]) }),
    )
    expect(ran.level('Bus', 'unmatched').map(([, value]) => value)).toEqual([1, 2, 3])
    expect(ran.reasons('eventbridge.unmatched')).toHaveLength(3)
    expect(ran.costs.find(({ resource }) => resource === 'Bus')!.usd).toBeCloseTo(3e-6, 12)
  })

  it('retries a target that is down, at 1, 2, 4, ... s, then uses the dead-letter queue or drops (EB-8, EB-9)', () => {
    const retry = { RetryPolicy: { MaximumRetryAttempts: 3 } }
    const resources = { C: put({ source: 'shop' }), Bus: bus, A: queue, Dead: queue }
    const interventions: Scenario['interventions'] = [{ at: 0, fault: 'resource-down', resource: 'A' }]
    const kept = runOf(
      scenarioOf(
        { ...resources, R: rule({ source: ['shop'] }, [to('A', { ...retry, DeadLetterConfig: { Arn: 'Dead' } })]) },
        { interventions },
      ),
    )
    expect(
      kept
        .hops('sqs:SendMessage')
        .filter(([, , target]) => target === 'A')
        .map(([at]) => at),
    ).toContain(0.5)
    expect(kept.reasons('eventbridge.retry')).toEqual([
      [0.5, 1],
      [1.5, 2],
      [3.5, 4],
    ])
    expect(kept.level('Dead', 'visible')).toEqual([[7.5, 1]])
    expect(kept.total('R', 'FailedInvocations')).toBe(1)
    expect(kept.total('R', 'InvocationsSentToDlq')).toBe(1)

    const lost = runOf(scenarioOf({ ...resources, R: rule({ source: ['shop'] }, [to('A', retry)]) }, { interventions }))
    expect(lost.reasons('eventbridge.dropped')).toEqual([[7.5, 4]])
  })

  it('delivers after all when the target is repaired', () => {
    const interventions: Scenario['interventions'] = [
      { at: 0, fault: 'resource-down', resource: 'A' },
      { at: 5, repair: 'resource-down', resource: 'A' },
    ]
    const ran = runOf(
      scenarioOf(
        { C: put({ source: 'shop' }), Bus: bus, A: queue, R: rule({ source: ['shop'] }, [to('A')]) },
        { interventions },
      ),
    )
    expect(ran.level('A', 'visible')).toEqual([[7.5, 1]])
    expect(ran.total('R', 'RetryInvocationAttempts')).toBe(3)
  })

  it('gives up when the event is older than its maximum age', () => {
    const old = { RetryPolicy: { MaximumEventAgeInSeconds: 60 } }
    const interventions: Scenario['interventions'] = [{ at: 0, fault: 'resource-down', resource: 'A' }]
    const ran = runOf(
      scenarioOf(
        { C: put({ source: 'shop' }), Bus: bus, A: queue, R: rule({ source: ['shop'] }, [to('A', old)]) },
        { interventions },
      ),
    )
    expect(ran.reasons('eventbridge.dropped')).toEqual([[60, 7]])
  })

  it('feeds another bus, and events go on to no third (EB-14)', () => {
    const second: Resource = {
      ...rule({ source: ['shop'] }, [to('Bus')]),
      Properties: { ...rule({ source: ['shop'] }, [to('Bus')]).Properties, EventBusName: 'Other' },
    }
    const loop = scenarioOf(
      { C: put({ source: 'shop' }), Bus: bus, Other: bus, R: rule({ source: ['shop'] }, [to('Other')]), S: second },
      { duration: 10 },
    )
    const ran = runOf(loop)
    expect(ran.total('R', 'MatchedEvents')).toBe(1)
    expect(ran.total('S', 'MatchedEvents')).toBe(1)
    expect(ran.reasons('eventbridge.notOnward')).toEqual([[0.5, 0]])
    expect(ran.total('S', 'DeadLetterInvocations')).toBe(1)
    expect(ruleProblems(loop).filter(({ message }) => message.includes('third bus'))).toHaveLength(2)
  })
})

describe('wires of a bus', () => {
  it('make a rule, fill it, and refuse the sixth target', () => {
    let scenario = scenarioOf({
      Bus: bus,
      ...Object.fromEntries(['A', 'B', 'C', 'D', 'E', 'F'].map((id) => [id, queue])),
    })
    const connect = (target: string, port?: string): void => {
      expect(targetConnector.accepts('Bus', target, scenario, port)).toBe(true)
      const { resources } = targetConnector.connect('Bus', target, scenario, port)
      scenario = { ...scenario, resources: { ...scenario.resources, ...(resources as Scenario['resources']) } }
    }
    connect('A')
    for (const id of ['B', 'C', 'D', 'E']) connect(id, 'BusToA')
    expect(targetConnector.derive(scenario).map(({ to: target, port }) => [target, port])).toEqual(
      ['A', 'B', 'C', 'D', 'E'].map((id) => [id, 'BusToA']),
    )
    expect(targetConnector.accepts('Bus', 'F', scenario, 'BusToA')).toEqual({
      refused: expect.stringContaining('5 targets'),
    })
    expect(targetConnector.accepts('Bus', 'F', scenario)).toBe(true)
    expect(ruleProblems(scenario)).toEqual([])
    const last = targetConnector.derive(scenario)[0]!
    expect(Object.values(targetConnector.disconnect(last, scenario).resources)[0]!.Properties!['Targets']).toHaveLength(
      4,
    )
  })

  it('from the bottom set the dead-letter queue of targets', () => {
    const scenario = scenarioOf({ Bus: bus, A: queue, Dead: queue, R: rule({ source: ['shop'] }, [to('A')]) })
    expect(deadLetterConnector.accepts('Bus', 'Dead', scenario, 'failure')).toBe(true)
    const { resources } = deadLetterConnector.connect('Bus', 'Dead', scenario, 'failure')
    const next = scenarioOf({ ...scenario.resources, ...(resources as Scenario['resources']) })
    expect(deadLetterConnector.derive(next)).toMatchObject([{ from: 'Bus', to: 'Dead', port: 'failure' }])
    const back = deadLetterConnector.disconnect(deadLetterConnector.derive(next)[0]!, next)
    expect(back.resources['R']!.Properties!['Targets']).toEqual([to('A')])
  })
})

it('checks name patterns and targets that cannot work', () => {
  const scenario = scenarioOf({
    Bus: bus,
    T: { Type: 'AWS::DynamoDB::Table' },
    R: rule({ source: 'shop' }, [to('T')]),
    S: rule({ source: ['a'] }, []),
  })
  expect(ruleProblems(scenario).map(({ severity, path }) => [severity, path])).toEqual([
    ['error', expect.stringContaining('/resources/R/Properties/EventPattern')],
    ['error', '/resources/R/Properties/Targets/0/Arn'],
    ['info', '/resources/S/Properties/Targets'],
  ])
})

it.each([
  [2_048, null],
  [2_049, 'warning'],
  [4_096, 'warning'],
  [4_097, 'error'],
])('a pattern of %d characters', (characters, severity) => {
  const around = JSON.stringify({ source: [''] }).length
  const long = rule({ source: ['x'.repeat(characters - around)] }, [to('A')])
  const [problem] = ruleProblems(scenarioOf({ Bus: bus, A: queue, R: long }))
  expect(problem?.severity ?? null).toBe(severity)
  if (severity !== null) expect(problem!.message).toContain(`has ${characters} characters`)
})
