import { describe, expect, it } from 'vitest'
import { evaluate, statementsOf } from '../../../iam'
import { buildNetwork, reach } from '../../../network'
import type { Scenario } from '../../../model/scenario'
import { applyPatches } from '../../problems/applyPatches'
import { fixesOf, remedies } from './remedies'

const scenario: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        ReservedConcurrentExecutions: 5,
        Timeout: 600,
        VpcConfig: { SubnetIds: ['Net'], SecurityGroupIds: [] },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'Orders', FunctionName: 'Worker' },
    },
    Orders: { Type: 'AWS::SQS::Queue' },
    Table: { Type: 'AWS::DynamoDB::Table' },
    Api: { Type: 'Coldstart::Internet' },
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Net: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'Vpc', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'a' } },
  },
}
const wire = { from: 'Worker', to: 'Table', action: 'dynamodb:PutItem' }
const titles = (code: string, of = scenario) =>
  remedies({ code, resource: 'Worker', wire }, of).map(({ title }) => title)

describe('remedies', () => {
  it('limits the mapping to what the function may run, or reserves more', () => {
    expect(titles('lambda.reserved')).toEqual(['Set MaximumConcurrency to 5', 'Reserve 10 environments'])
    const limited = applyPatches(
      scenario,
      remedies({ code: 'lambda.reserved', resource: 'Worker' }, scenario)[0]!.patches,
    )
    expect(limited.resources['Mapping']?.Properties).toMatchObject({ ScalingConfig: { MaximumConcurrency: 5 } })
    expect(titles('lambda.reserved', limited)).toEqual(['Reserve 10 environments'])
  })
  it('lengthens a timeout up to the limit', () => {
    expect(titles('lambda.timeout')).toEqual(['Set Timeout to 900 s'])
    const longest = applyPatches(
      scenario,
      remedies({ code: 'lambda.timeout', resource: 'Worker' }, scenario)[0]!.patches,
    )
    expect(titles('lambda.timeout', longest)).toEqual([])
  })
  it('writes a missing permission', () => {
    const [grant] = remedies({ code: 'call.denied', resource: 'Table', wire }, scenario)
    const after = applyPatches(scenario, grant!.patches)
    const role = after.resources[String(after.resources['Worker']?.Properties?.['Role'])]!
    expect(evaluate({ statements: statementsOf(role), action: 'dynamodb:PutItem', resource: 'Table' }).allowed).toBe(
      true,
    )
  })
  it('opens a blocked way', () => {
    const found = remedies(
      { code: 'call.unreachable', resource: 'Worker', wire: { from: 'Worker', to: 'Api', action: 'https:Request' } },
      scenario,
    )
    expect(found.length).toBeGreaterThan(0)
    const after = applyPatches(scenario, found[0]!.patches)
    expect(reach(buildNetwork(after), { from: 'Worker', to: 'Api', port: 443 }).reachable).toBe(true)
  })
  it('opens the way rather than waits longer for a call that never arrives', () => {
    const lost = {
      code: 'call.unreachable.noRoute',
      resource: 'Worker',
      wire: { from: 'Worker', to: 'Api', action: 'https:Request' },
    }
    const titlesOf = (troubles: readonly { code: string; resource: string }[]) =>
      fixesOf(troubles, scenario).map(({ title }) => title)
    const timeout = { code: 'lambda.timeout', resource: 'Worker' }
    expect(titlesOf([timeout, lost])).toEqual(titlesOf([lost]))
    expect(titlesOf([timeout, lost]).length).toBeGreaterThan(0)
    expect(titlesOf([timeout])[0]).toMatch(/^Set Timeout/)
  })
  it('knows nothing about the rest', () => {
    expect(titles('lambda.cold')).toEqual([])
    expect(remedies({ code: 'call.denied', resource: 'Table' }, scenario)).toEqual([])
  })
})

describe('one edit that helps', () => {
  const of = (resources: Scenario['resources']): Scenario => ({ ...scenario, resources })
  const fn = (Properties = {}, Behavior = {}) => ({ Type: 'AWS::Lambda::Function', Properties, Behavior })
  const mapping = (Properties = {}) => ({
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: 'Orders', FunctionName: 'Fn', ...Properties },
  })
  const queue = { Type: 'AWS::SQS::Queue' }
  const asked = (code: string, resource: string, document: Scenario, subject?: string) => {
    const [first] = remedies({ code, resource, subject }, document)
    return first && { title: first.title, after: applyPatches(document, first.patches) }
  }

  it('gives more of what ran out, and no more than AWS has', () => {
    const small = of({ Fn: fn() })
    expect(asked('lambda.outOfMemory', 'Fn', small)?.after.resources['Fn']?.Properties).toEqual({ MemorySize: 256 })
    expect(asked('lambda.outOfMemory', 'Fn', of({ Fn: fn({ MemorySize: 10_240 }) }))).toBe(undefined)
    expect(asked('lambda.account', 'Fn', small)?.after.facts).toEqual({ 'lambda.accountConcurrency': 2_000 })
    expect(asked('lambda.requestRate', 'Fn', of({ Fn: fn({ ReservedConcurrentExecutions: 2 }) }))?.title).toBe(
      'Reserve 4 environments',
    )
    const kept = { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 } }
    const live = of({ Fn: fn(), Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: 'Fn', ...kept } } })
    expect(asked('lambda.spillover', 'Live', live)?.title).toBe('Provision 6 environments')
    expect(asked('sqs.expired', 'Orders', of({ Orders: queue }))?.title).toBe('Keep messages for 14 days')
  })
  it('makes /tmp as large as what is written to it, and only when that is what fails', () => {
    const steps = [
      { write: 'a', size: 400 },
      { write: 'b', size: 300 },
      { write: 'a', size: 500 },
    ]
    expect(asked('lambda.threw', 'Fn', of({ Fn: fn({}, { steps }) }))?.title).toBe('Give /tmp 800 MB')
    expect(asked('lambda.threw', 'Fn', of({ Fn: fn({}, { steps: steps.slice(0, 1) }) }))).toBe(undefined)
  })
  it('changes the function, never what is published of it', () => {
    const V1 = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' } }
    const document = of({ Fn: fn({ ReservedConcurrentExecutions: 0 }), V1 })
    expect(asked('lambda.timeout', 'V1', document)).toBe(undefined)
    expect(asked('lambda.outOfMemory', 'V1', document)).toBe(undefined)
    expect(asked('lambda.switchedOff', 'V1', document)?.after.resources['Fn']?.Properties).toEqual({})
  })
  it('keeps lost events in a new queue that the role may send to', () => {
    const { title, after } = asked('lambda.lost', 'Fn', of({ Fn: fn(), FnDLQ: queue }))!
    expect(title).toBe('Add a dead-letter queue to Fn')
    expect(after.resources['FnDLQ2']?.Type).toBe('AWS::SQS::Queue')
    expect(after.resources['Fn']?.Properties?.['DeadLetterConfig']).toEqual({ TargetArn: 'FnDLQ2' })
    const role = after.resources[String(after.resources['Fn']?.Properties?.['Role'])]!
    expect(evaluate({ statements: statementsOf(role), action: 'sqs:SendMessage', resource: 'FnDLQ2' }).allowed).toBe(
      true,
    )
    const may = asked('lambda.undelivered', 'Fn', of({ Fn: fn(), Orders: queue }), 'Orders')
    expect(may?.title).toBe('Allow sqs:SendMessage on Orders')
  })
  it('provisions ahead of a rush where something is published', () => {
    const live = (Properties = {}) => ({
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: 'Fn', FunctionVersion: 'V1', ...Properties },
    })
    expect(asked('lambda.scaling', 'Fn', of({ Fn: fn() }))).toBe(undefined)
    expect(asked('lambda.scaling', 'Fn', of({ Fn: fn(), Live: live({ FunctionVersion: '$LATEST' }) }))).toBe(undefined)
    const { title, after } = asked('lambda.scaling', 'Fn', of({ Fn: fn(), Live: live() }))!
    expect(title).toBe('Provision 100 environments for Fn:Live')
    expect(asked('lambda.scaling', 'Live', after)?.title).toBe('Provision 200 environments')
  })
  it('gives a full subnet a second one with the same routes', () => {
    const inside = { VpcConfig: { SubnetIds: ['Net'], SecurityGroupIds: [] } }
    const document = of({
      Fn: fn(inside),
      Vpc: scenario.resources['Vpc']!,
      Net: scenario.resources['Net']!,
      Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: 'Vpc' } },
      Assoc: {
        Type: 'AWS::EC2::SubnetRouteTableAssociation',
        Properties: { SubnetId: 'Net', RouteTableId: 'Table' },
      },
    })
    for (const code of ['lambda.noAddress', 'vpc.subnetFull']) {
      const { after } = asked(code, 'Fn', document)!
      expect(after.resources['Fn']?.Properties?.['VpcConfig']).toMatchObject({ SubnetIds: ['Net', 'Subnet'] })
      expect(after.resources['Subnet']?.Properties).toMatchObject({ VpcId: 'Vpc', CidrBlock: '10.0.2.0/24' })
      expect(after.resources['SubnetRoutes']?.Properties).toEqual({ SubnetId: 'Subnet', RouteTableId: 'Table' })
    }
  })
  it('makes a database larger, or lets it take more connections', () => {
    const db = (Properties = {}, Behavior = {}) => of({ Db: { Type: 'AWS::RDS::DBInstance', Properties, Behavior } })
    const title = (document: Scenario) => asked('rds.tooManyConnections', 'Db', document)?.title
    expect(title(db())).toBe('Set DBInstanceClass to db.t4g.small')
    expect(title(db({ DBInstanceClass: 'db.r7g.large' }))).toBe('Set DBInstanceClass to db.r7g.xlarge')
    expect(title(db({}, { maxConnections: 5 }))).toBe('Allow 10 connections')
    expect(title(db({}, { maxConnections: 16_000 }))).toBe(undefined)
  })
  it('keeps what targets of a bus did not take', () => {
    const document = of({
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
      Fn: fn(),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { EventBusName: 'Bus', EventPattern: {}, Targets: [{ Id: 'A', Arn: 'Fn' }] },
      },
    })
    const { title, after } = asked('eventbridge.dropped', 'Bus', document)!
    expect(title).toBe('Add a dead-letter queue to Bus')
    expect(after.resources['Rule']?.Properties?.['Targets']).toEqual([
      { Id: 'A', Arn: 'Fn', DeadLetterConfig: { Arn: 'BusDLQ' } },
    ])
  })
  it('lets events get older, loops go on and messages hide longer where the document says otherwise', () => {
    const config = (age: number) => ({
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: 'Fn', Qualifier: '$LATEST', MaximumEventAgeInSeconds: age },
    })
    expect(asked('lambda.expired', 'Fn', of({ Fn: fn(), Config: config(60) }))?.title).toBe('Let events wait for 6 h')
    expect(asked('lambda.expired', 'Fn', of({ Fn: fn(), Config: config(21_600) }))).toBe(undefined)
    const loop = of({ Fn: fn({ Timeout: 20 }), Orders: queue, Mapping: mapping() })
    for (const at of ['Fn', 'Mapping'])
      expect(asked(at === 'Fn' ? 'lambda.recursion' : 'lambda.batchDropped', at, loop)?.title).toBe(
        'Set RecursiveLoop to Allow',
      )
    expect(asked('sqs.reappeared', 'Orders', loop)?.title).toBe('Set VisibilityTimeout to 120 s')
  })
  it('reports failed messages one by one where one of several failed, and each remedy once', () => {
    const document = of({ Fn: fn({ Timeout: 5 }), Orders: queue, Mapping: mapping() })
    const chain = (code: string) => [
      { code: 'lambda.pollerBacksOff', resource: 'Mapping' },
      { code: 'lambda.batchReleased', resource: 'Mapping' },
      { code, resource: 'Fn' },
    ]
    expect(fixesOf(chain('lambda.threw'), document).map(({ title }) => title)).toEqual(['Report which messages failed'])
    expect(fixesOf(chain('lambda.timeout'), document).map(({ title }) => title)).toEqual(['Set Timeout to 10 s'])
    const [report] = fixesOf(chain('lambda.threw'), document)
    const after = applyPatches(document, report!.patches)
    expect(after.resources['Mapping']?.Properties?.['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures'])
    expect(fixesOf(chain('lambda.threw'), after)).toEqual([])
    expect(fixesOf(chain('lambda.threw'), of({ ...document.resources, Mapping: mapping({ BatchSize: 1 }) }))).toEqual(
      [],
    )
  })
})
