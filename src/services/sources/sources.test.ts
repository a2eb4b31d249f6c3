import { describe, expect, it } from 'vitest'
import { SAMPLES, sampleOf } from '../../events/samples'
import { gateJson } from '../../gate'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { CONNECTORS } from '../connectors'
import { expectResumable } from '../resume.fixture'
import { mayAll, openToAll, runOf, scenarioOf, type Ran } from '../run.fixture'
import { checks } from './checks'
import { PRODUCERS, SOURCE } from './settings'

const source = (service: string, to: string, more: JsonObject = {}): Resource => ({
  Type: SOURCE,
  Behavior: { service, to, traffic: { pattern: 'repeat', every: 10, times: 3, at: 1 }, ...more },
})
const fn: Resource = { Type: 'AWS::Lambda::Function', Properties: { Role: 'Role' }, Behavior: { steps: [{ wait: 1 }] } }
const bus: Resource = { Type: 'AWS::Events::EventBus', Properties: { Name: 'default' } }
const statement = (Principal: string): Resource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'Fn', Principal, SourceArn: 'From' },
})
const run = (resources: Scenario['resources']): Ran =>
  runOf(scenarioOf({ Role: mayAll, ...resources }, { duration: 200 }))
const failedRecord: Scenario['resources'] = {
  Invoke: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: 'Fn', Qualifier: '$LATEST', DestinationConfig: { OnSuccess: { Destination: 'Kept' } } },
  },
  Kept: { Type: 'AWS::SQS::Queue' },
}

describe('the table of services', () => {
  it('names samples that are there: events of a bus have an envelope, what is handed over has none', () => {
    for (const { direct, bus: told } of Object.values(PRODUCERS)) {
      expect(direct.length + told.length).toBeGreaterThan(0)
      for (const id of direct) expect(sampleOf(id)!.source).toBeUndefined()
      for (const id of told) expect(sampleOf(id)!.source).toMatch(/^aws\./)
    }
  })
  it('has every asynchronous source of INV-14 that no resource stands for', () => {
    const callers = Object.entries(PRODUCERS).filter(([, { direct }]) => direct.length > 0)
    expect(callers.map(([service]) => service)).toEqual([
      'ses',
      'iot',
      'logs',
      'codecommit',
      'codepipeline',
      'cloudformation',
      'config',
    ])
  })
})

describe('to a function', () => {
  it.each(Object.entries(PRODUCERS).filter(([, { direct }]) => direct.length > 0))(
    '%s hands over its real event, when the function lets it in',
    (service, { principal, direct }) => {
      const invited: Scenario['resources'] = principal === null ? {} : { Invited: statement(principal) }
      const ran = run({ From: source(service, 'Fn'), Fn: fn, ...failedRecord, ...invited })
      expect(ran.total('Fn', 'Invocations')).toBe(3)
      expect(ran.total('From', 'EventsSent')).toBe(3)
      const [record] = ran.contents().filter(({ resource }) => resource === 'Kept')
      const body = (record!.value as JsonObject)['body'] ?? record!.value
      expect((body as JsonObject)['requestPayload']).toEqual(sampleOf(direct[0]!)!.event)
    },
  )

  it('is sent by hand as well', () => {
    const ran = runOf(
      scenarioOf(
        {
          Role: mayAll,
          From: source('ses', 'Fn', { traffic: { pattern: 'manual' } }),
          Fn: fn,
          Invited: statement('ses.amazonaws.com'),
        },
        { interventions: [{ at: 5, send: 'From', count: 4 }] },
      ),
    )
    expect(ran.total('Fn', 'Invocations')).toBe(4)
  })

  it('is lost without the statement (LAM-65)', () => {
    const ran = run({ From: source('ses', 'Fn'), Fn: fn, Invited: statement('iot.amazonaws.com') })
    expect(ran.total('Fn', 'Invocations')).toBe(0)
    expect(ran.total('From', 'EventsLost')).toBe(3)
    expect(ran.reasons('source.lost')).toHaveLength(3)
  })

  it('says what its Behavior says, where it says something', () => {
    const body = { hello: 'there' }
    const ran = run({
      From: source('iot', 'Fn', { body }),
      Fn: fn,
      ...failedRecord,
      Invited: statement('iot.amazonaws.com'),
    })
    const [record] = ran.contents()
    expect(JSON.stringify(record!.value)).toContain('"hello":"there"')
  })
})

describe('to the default bus', () => {
  const rule: Resource = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: 'Bus',
      EventPattern: { source: ['aws.config'] },
      Targets: [{ Id: 'Kept', Arn: 'Kept' }],
    },
  }
  it('goes the event of the bus, with an id and a time of its own, free of charge (EB-1, PR-14)', () => {
    const ran = run({ From: source('config', 'Bus'), Bus: bus, Rule: rule, Kept: { Type: 'AWS::SQS::Queue' } })
    const events = ran.contents().map(({ value }) => ((value as JsonObject)['body'] ?? value) as JsonObject)
    expect(events).toHaveLength(3)
    expect(new Set(events.map(({ id }) => id)).size).toBe(3)
    expect(events.map(({ time }) => time)).toEqual([
      '2026-11-20T00:00:01Z',
      '2026-11-20T00:00:11Z',
      '2026-11-20T00:00:21Z',
    ])
    expect(events[0]!['detail']).toEqual(sampleOf('config-compliance')!.event['detail'])
    expect(ran.costs.filter(({ resource, usd }) => resource === 'Bus' && usd > 0)).toEqual([])
  })
})

describe('drawn', () => {
  const scenario = (service: string): Scenario =>
    scenarioOf({
      From: { Type: SOURCE, Behavior: { service } },
      Fn: fn,
      Topic: { Type: 'AWS::SNS::Topic' },
      Queue: { Type: 'AWS::SQS::Queue' },
      Bus: bus,
      Other: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
    })
  const able = (service: string, to: string) =>
    CONNECTORS.filter((one) => one.accepts('From', to, scenario(service)) === true)
  it('to whom the service can tell, and to nobody else', () => {
    const targets = ['Fn', 'Topic', 'Queue', 'Bus', 'Other']
    const of = (service: string): string[] => targets.filter((to) => able(service, to).length === 1)
    expect(of('ses')).toEqual(['Fn'])
    expect(of('iot')).toEqual(['Fn', 'Topic'])
    expect(of('cloudformation')).toEqual(['Fn', 'Topic', 'Bus'])
    expect(of('config')).toEqual(['Fn', 'Bus'])
    expect(of('guardduty')).toEqual(['Bus'])
    for (const service of Object.keys(PRODUCERS))
      for (const to of targets)
        if (able(service, to).length === 0) {
          const refusals = CONNECTORS.flatMap((one) => one.accepts('From', to, scenario(service)) ?? [])
          expect(refusals).toHaveLength(1)
          expect(refusals[0]).toMatchObject({ refused: expect.stringMatching(/^[A-Z].*\.$/) as string })
        }
  })
  it('writes the statement a function needs, and takes it back', () => {
    const [connector] = able('ses', 'Fn')
    const { resources, said } = connector!.connect('From', 'Fn', scenario('ses'))
    expect(said).toBe('From sends its events to Fn. Added the permission ses.amazonaws.com needs.')
    expect(resources['FromInvokesFn']?.Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: 'Fn',
      Principal: 'ses.amazonaws.com',
      SourceArn: 'From',
    })
    const drawn = { ...scenario('ses'), resources: { ...scenario('ses').resources, ...resources } } as Scenario
    expect(checks.flatMap((check) => check(drawn))).toEqual([])
    const [wire] = connector!.derive(drawn)
    expect(wire).toEqual({
      from: 'From',
      to: 'Fn',
      action: 'lambda:InvokeAsync',
      principal: 'ses.amazonaws.com',
      style: 'async',
    })
    expect(connector!.disconnect(wire!, drawn).resources).toEqual({
      FromInvokesFn: null,
      From: { Type: SOURCE, Behavior: { service: 'ses' } },
    })
    expect(able('cloudformation', 'Fn')[0]!.connect('From', 'Fn', scenario('cloudformation')).resources).toEqual({
      From: { Type: SOURCE, Behavior: { service: 'cloudformation', to: 'Fn' } },
    })
  })
})

describe('the checks', () => {
  const problems = (resources: Scenario['resources']) =>
    checks.flatMap((check) => check(scenarioOf(resources))).map(({ severity, path }) => `${severity} ${path}`)
  it('find a target it cannot tell, a function that keeps it out, an event of the other kind', () => {
    expect(problems({ From: source('guardduty', 'Fn'), Fn: fn })).toEqual(['error /resources/From/Behavior/to'])
    expect(problems({ From: source('ses', 'Fn'), Fn: fn })).toEqual(['warning /resources/From/Behavior/to'])
    expect(
      problems({
        From: source('config', 'Fn', { event: 'config-compliance' }),
        Fn: fn,
        Invited: statement('config.amazonaws.com'),
      }),
    ).toEqual(['warning /resources/From/Behavior/event'])
    expect(problems({ From: source('config', 'Bus', { event: 'config-compliance' }), Bus: bus })).toEqual([])
  })
  it('and the gate lets what is drawn here pass', () => {
    const document = scenarioOf({
      Role: mayAll,
      From: source('ses', 'Fn'),
      Fn: fn,
      Invited: statement('ses.amazonaws.com'),
    })
    const gated = gateJson({ ...document })
    expect(gated.problems).toEqual([])
    for (const { id } of SAMPLES) expect(id).toMatch(/^[a-z0-9-]+$/)
  })
})

it('one that is deleted sends nothing until it is made again', () => {
  const resources = openToAll({ Role: mayAll, From: source('ses', 'Fn'), Fn: fn })
  const interventions: Scenario['interventions'] = [
    { at: 5, fault: 'deleted', resource: 'From' },
    { at: 15, repair: 'deleted', resource: 'From' },
  ]
  expect(runOf(scenarioOf(resources, { duration: 60, interventions })).total('From', 'EventsSent')).toBe(2)
})

it('a resumed run is the same run', () => {
  const traffic = { pattern: 'poisson', rate: 2, at: 0, until: 20 }
  expectResumable(
    scenarioOf(
      openToAll({
        Role: mayAll,
        From: source('iot', 'Fn', { traffic }),
        Told: source('codecommit', 'Bus', { traffic }),
        Fn: fn,
        Bus: bus,
      }),
      { duration: 60 },
    ),
    [20, 60, 100],
  )
})
