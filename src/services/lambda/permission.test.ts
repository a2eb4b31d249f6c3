import { describe, expect, it } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'
import { targetConnector } from '../eventbridge/connectors'

const resources = (more: { [id: string]: Resource }): { [id: string]: Resource } => ({
  Role: { Type: 'AWS::IAM::Role' },
  C: client('events:PutEvents', 'Bus', { pattern: 'once', at: 0 }, { body: { source: 'shop' } }),
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: 'Bus',
      EventPattern: { source: ['shop'] },
      Targets: [{ Id: 'Prod', Arn: 'Prod', DeadLetterConfig: { Arn: 'Dead' } }],
    },
  },
  Dead: { Type: 'AWS::SQS::Queue' },
  Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: 'Role' }, Behavior: { steps: [{ wait: 0.05 }] } },
  V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' } },
  Prod: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: 'Fn', Name: 'PROD', FunctionVersion: 'V1' } },
  ...more,
})
const lets = (FunctionName: string, more: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName, Principal: 'events.amazonaws.com', ...more },
})

describe('per-alias permission (claim 14.7, LAM-63, EB-9)', () => {
  it('a statement for the function does not let a rule call its alias: no retry, dead-letter queue', () => {
    const ran = runOf(scenarioOf(resources({ P: lets('Fn') })))
    expect(ran.total('Fn', 'Invocations')).toBe(0)
    expect(ran.reasons('call.uninvited')).toHaveLength(1)
    expect(ran.total('Rule', 'FailedInvocations')).toBe(1)
    expect(ran.level('Dead', 'visible').at(-1)![1]).toBe(1)
  })

  it('one for the alias does', () => {
    const ran = runOf(scenarioOf(resources({ P: lets('Fn'), Q: lets('Prod', { SourceArn: 'Rule' }) })))
    expect(ran.total('Prod', 'Invocations')).toBe(1)
    expect(ran.reasons('call.uninvited')).toEqual([])
  })

  it('is warned of before the run, with the statement as remedy', () => {
    const gated = gateJson(scenarioOf(resources({ P: lets('Fn') })))
    if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
    const [warning] = gated.problems.filter(({ message }) => message.includes('LAM-65'))
    expect(warning).toMatchObject({ path: '/resources/Rule/Properties/Targets/0/Arn', severity: 'warning' })
    expect(warning!.fix!.patches).toEqual([
      { op: 'add', path: '/resources/RuleInvokesProd', value: lets('Prod', { SourceArn: 'Rule' }) },
    ])
  })

  it('a new target gets its statement, which goes with the target', () => {
    const scenario = scenarioOf(resources({ P: lets('Prod') }))
    const { resources: made } = targetConnector.connect('Bus', 'Fn', scenario)
    expect(made['BusToFnInvokesFn']).toEqual(lets('Fn', { SourceArn: 'BusToFn' }))
    const after = { ...scenario, resources: { ...scenario.resources, ...made } as { [id: string]: Resource } }
    const wire = { from: 'Bus', to: 'Fn', action: 'lambda:InvokeAsync', resource: 'BusToFn', style: 'async' as const }
    expect(targetConnector.disconnect(wire, after).resources).toEqual({ BusToFn: null, BusToFnInvokesFn: null })
    expect(Object.keys(targetConnector.connect('Bus', 'Fn', scenarioOf(resources({}))).resources)).toEqual([
      'BusToFn',
      'BusToFnInvokesFn',
    ])
  })
})
