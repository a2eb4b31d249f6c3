import { describe, expect, it, test } from 'vitest'
import { ask } from '../../engine/query'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, mayAll, openToAll, type Ran, runOf, scenarioOf } from '../run.fixture'
import { encodedKey } from './notification'

type Resources = { [id: string]: Resource }
const bucket = (notifications: JsonObject = {}, more: JsonObject = {}, behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::S3::Bucket',
  Properties: { NotificationConfiguration: notifications, ...more },
  Behavior: behavior,
})
const filter = (rules: { [name: string]: string }): JsonObject => ({
  S3Key: { Rules: Object.entries(rules).map(([Name, Value]) => ({ Name, Value })) },
})
const queues = (Queue: string, Event = 's3:ObjectCreated:*', more: JsonObject = {}): JsonObject => ({
  QueueConfigurations: [{ Event, Queue, ...more }],
})
const functions = (more: JsonObject = {}): JsonObject => ({
  LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: 'Fn', ...more }],
})
const queue: Resource = { Type: 'AWS::SQS::Queue' }
const put = (key: string | null, more: JsonObject = {}, traffic: JsonObject = { pattern: 'once', at: 1 }): Resource =>
  client('s3:PutObject', 'B', traffic, { body: { ...(key === null ? {} : { key }), ...more } })
const call = (action: string, key: string, at: number): Resource =>
  client(`s3:${action}`, 'B', { pattern: 'once', at }, { body: { key } })
const fn = (steps: JsonObject[] = [{ wait: 0.1 }]): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3, Role: 'Role' },
  Behavior: { steps },
})
const run = (resources: Resources, more: Partial<Scenario> = {}): Ran => runOf(scenarioOf(resources, more))
const held = (ran: Ran, id: string): JsonObject[] =>
  ran
    .contents()
    .filter(({ resource }) => resource === id)
    .map(({ value }) => value as JsonObject)
const recordOf = (message: JsonObject): JsonObject => ((message['body'] as JsonObject)['Records'] as JsonObject[])[0]!

describe('objects', () => {
  it('are kept by key until they are deleted; what is not there is 404 NoSuchKey', () => {
    const ran = run({
      B: bucket(),
      Put: put('a b', { size: 2, kind: 'photo' }),
      Get: call('GetObject', 'a b', 2),
      Encoded: call('GetObject', 'a+b', 2),
      Delete: call('DeleteObject', 'a b', 3),
      Again: call('DeleteObject', 'a b', 4),
      After: call('GetObject', 'a b', 5),
    })
    expect(['Get', 'Encoded', 'Delete', 'Again', 'After'].map((id) => ran.total(id, 'Successes'))).toEqual([
      1, 0, 1, 1, 0,
    ])
    expect(ran.reasons('s3.noSuchKey').map(([at]) => at)).toEqual([2.02, 5.02])
    expect(ran.level('B', 'objects')).toEqual([
      [1.02, 1],
      [3.02, 0],
    ])
    expect(ran.max('B', 'BucketSizeBytes')).toBe(2 * 1_048_576)
    expect(
      ['AllRequests', 'PutRequests', 'GetRequests', 'DeleteRequests', '4xxErrors'].map((it) => ran.total('B', it)),
    ).toEqual([6, 1, 3, 2, 2])
    expect(held(ran, 'B')).toEqual([])
  })

  it('have a key of their own without one, and the number of their event in place of {n}', () => {
    const ran = run({
      B: bucket(),
      A: put(null, { x: 1 }, { pattern: 'burst', count: 2, at: 1 }),
      C: put('in/{n}.jpg'),
    })
    const keys = held(ran, 'B').map(({ key }) => String(key))
    expect(keys).toHaveLength(3)
    expect(keys.filter((key) => /^object-\d+$/.test(key))).toHaveLength(2)
    expect(keys.filter((key) => /^in\/\d+\.jpg$/.test(key))).toHaveLength(1)
    expect(held(ran, 'B')[0]).toMatchObject({ size: 7, body: { x: 1 } })
  })

  it('there from the start are read at once; a PUT replaces', () => {
    const ran = run({
      B: bucket({}, {}, { objects: { a: { size: 1 } } }),
      Get: call('GetObject', 'a', 0),
      Put: put('a', { size: 3 }),
    })
    expect(ran.total('Get', 'Successes')).toBe(1)
    expect(ran.total('B', 'BytesDownloaded')).toBe(1_048_576)
    expect(ran.level('B', 'objects').at(-1)?.[1]).toBe(1)
    expect(ran.level('B', 'bytes').at(-1)?.[1]).toBe(3 * 1_048_576)
  })

  it('stay as older versions where versioning is on, and a delete adds a marker', () => {
    const ran = run({
      B: bucket(queues('Q', 's3:ObjectRemoved:*'), { VersioningConfiguration: { Status: 'Enabled' } }),
      Q: queue,
      Put: put('a', { size: 1 }, { pattern: 'constant', rate: 1, count: 2 }),
      Delete: call('DeleteObject', 'a', 10),
      Get: call('GetObject', 'a', 11),
    })
    expect(ran.level('B', 'bytes').at(-1)?.[1]).toBe(2 * 1_048_576)
    expect(ran.total('Get', 'Successes')).toBe(0)
    const [message] = held(ran, 'Q')
    expect(recordOf(message!)).toMatchObject({
      eventName: 'ObjectRemoved:DeleteMarkerCreated',
      s3: { object: { key: 'a', versionId: expect.stringMatching(/^[0-9a-f]{32}$/) } },
    })
  })

  it('cost by the request (PR-26)', () => {
    const { costs } = run({
      B: bucket(),
      Put: put('a'),
      Get: call('GetObject', 'a', 2),
      Del: call('DeleteObject', 'a', 3),
    })
    expect(costs.filter(({ resource }) => resource === 'B').map(({ usd }) => usd)).toEqual([0.000_005, 0.000_000_4])
  })
})

describe('notifications', () => {
  it('carry the record of S3-7, its key URL-encoded (S3-4)', () => {
    const ran = run({ B: bucket(queues('Q')), Q: queue, Put: put('in/red flower & ü.jpg', { size: 1 }) })
    const [message] = held(ran, 'Q')
    expect(recordOf(message!)).toMatchObject({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventTime: '2026-11-20T00:00:01.020Z',
      eventName: 'ObjectCreated:Put',
      s3: {
        bucket: { name: 'B', arn: 'arn:aws:s3:::B' },
        object: {
          key: 'in/red+flower+%26+%C3%BC.jpg',
          size: 1_048_576,
          eTag: expect.stringMatching(/^[0-9a-f]{32}$/),
          sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
        },
      },
    })
    expect(ran.level('Q', 'visible')).toEqual([[1.52, 1]])
    expect(ran.total('B', 'NotificationsDelivered')).toBe(1)
  })

  test('a later change of a key has a larger sequencer, and a delete neither size nor eTag (S3-1)', () => {
    const configured = {
      QueueConfigurations: ['Created', 'Removed'].map((it) => ({ Event: `s3:Object${it}:*`, Queue: it })),
    }
    const ran = run({
      B: bucket(configured),
      Created: queue,
      Removed: queue,
      Put: put('a'),
      Delete: call('DeleteObject', 'a', 2),
    })
    const [created] = held(ran, 'Created')
    const [removed] = held(ran, 'Removed')
    const objectOf = (message: JsonObject): JsonObject =>
      (recordOf(message)['s3'] as JsonObject)['object'] as JsonObject
    expect(String(objectOf(removed!)['sequencer']) > String(objectOf(created!)['sequencer'])).toBe(true)
    expect(Object.keys(objectOf(removed!))).toEqual(['key', 'sequencer'])
  })

  it('go where event, prefix and suffix fit, and nowhere else (S3-3)', () => {
    const ran = run({
      B: bucket({
        QueueConfigurations: [
          { Event: 's3:ObjectCreated:Put', Queue: 'Jpg', Filter: filter({ prefix: 'in/', suffix: '.jpg' }) },
          { Event: 's3:ObjectCreated:*', Queue: 'Png', Filter: filter({ Suffix: '.png' }) },
          { Event: 's3:ObjectCreated:Copy', Queue: 'Copies' },
        ],
      }),
      Jpg: queue,
      Png: queue,
      Copies: queue,
      ...Object.fromEntries(['in/a.jpg', 'out/a.jpg', 'in/a.png', 'b.png'].map((key, i) => [`P${i}`, put(key)])),
    })
    expect(['Jpg', 'Png', 'Copies'].map((id) => held(ran, id).length)).toEqual([1, 2, 0])
    expect(ran.reasons('s3.unmatched')).toHaveLength(1)
  })

  it('invoke a function asynchronously, when its resource policy lets S3 in (S3-6, LAM-65)', () => {
    const resources = { B: bucket(functions()), Fn: fn(), Role: mayAll, Put: put('a') }
    const permission = (Principal: string): Resource => ({
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: 'Fn', Action: 'lambda:InvokeFunction', Principal, SourceArn: 'B' },
    })
    const ran = run({ ...resources, P: permission('s3.amazonaws.com') })
    expect(ran.total('Fn', 'Invocations')).toBe(1)
    expect(ran.hops('lambda:InvokeAsync')).toEqual([[1.52, 'B', 'Fn']])
    expect(run(resources).total('Fn', 'Invocations')).toBe(0)
    const kept = run({ ...resources, P: permission('sns.amazonaws.com') })
    expect(kept.total('Fn', 'Invocations')).toBe(0)
    expect(kept.reasons('s3.dropped').map(([, attempts]) => attempts)).toEqual([1])
    // the object is there all the same
    expect(held(kept, 'B')).toHaveLength(1)
  })

  it('go through topics, which fan out', () => {
    const subscribed = (Endpoint: string): Resource => ({
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: 'T', Protocol: 'sqs', Endpoint, RawMessageDelivery: true },
    })
    const ran = run({
      B: bucket({ TopicConfigurations: [{ Event: 's3:ObjectCreated:*', Topic: 'T' }] }),
      T: { Type: 'AWS::SNS::Topic', Properties: {} },
      Q: queue,
      R: queue,
      ToQ: subscribed('Q'),
      ToR: subscribed('R'),
      Put: put('a'),
    })
    expect(['Q', 'R'].map((id) => recordOf(held(ran, id)[0]!)['eventSource'])).toEqual(['aws:s3', 'aws:s3'])
  })

  it('are events on the default bus, with the key as it is, which cost nothing (S3-2, EB-1, PR-14)', () => {
    const rule = (detail: JsonObject): Resource => ({
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: 'Bus',
        EventPattern: { source: ['aws.s3'], ...detail },
        Targets: [{ Id: 'Q', Arn: 'Q' }],
      },
    })
    const resources: Resources = {
      B: bucket({ EventBridgeConfiguration: { EventBridgeEnabled: true } }),
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'default' } },
      Q: queue,
      Created: rule({ 'detail-type': ['Object Created'], detail: { object: { key: [{ prefix: 'red flower' }] } } }),
      Deleted: rule({ 'detail-type': ['Object Deleted'], detail: { 'deletion-type': ['Permanently Deleted'] } }),
      Put: put('red flower', { size: 1 }),
      Delete: call('DeleteObject', 'red flower', 5),
    }
    const ran = run(resources)
    const events = held(ran, 'Q').map(({ body }) => body as JsonObject)
    expect(events).toMatchObject([
      {
        version: '0',
        source: 'aws.s3',
        'detail-type': 'Object Created',
        resources: ['arn:aws:s3:::B'],
        detail: { bucket: { name: 'B' }, object: { key: 'red flower', size: 1_048_576 }, reason: 'PutObject' },
      },
      { 'detail-type': 'Object Deleted', detail: { object: { key: 'red flower' }, reason: 'DeleteObject' } },
    ])
    expect(ran.costs.filter(({ resource }) => resource === 'Bus').map(({ usd }) => usd)).toEqual([0])
    const without = run({ ...resources, B: bucket({ EventBridgeConfiguration: { EventBridgeEnabled: false } }) })
    expect(held(without, 'Q')).toEqual([])
  })

  it('are tried again while the target is down', () => {
    const interventions: Scenario['interventions'] = [
      { at: 0, fault: 'resource-down', resource: 'Q' },
      { at: 10, repair: 'resource-down', resource: 'Q' },
    ]
    const ran = run({ B: bucket(queues('Q')), Q: queue, Put: put('a') }, { interventions })
    expect(ran.reasons('s3.retry').map(([, wait]) => wait)).toEqual([1, 2, 4, 8])
    expect(held(ran, 'Q')).toHaveLength(1)
  })

  it('come twice when told to, and out of order under aws-2026-11 (S3-1)', () => {
    const resources = { B: bucket(queues('Q')), Q: queue, Put: put('{n}', {}, { pattern: 'burst', count: 200, at: 1 }) }
    expect(held(run(resources, { facts: { 's3.duplicates': 1 } }), 'Q')).toHaveLength(400)
    const ran = run(resources, { profile: 'aws-2026-11' })
    const keys = held(ran, 'Q').map((it) => Number(((recordOf(it)['s3'] as JsonObject)['object'] as JsonObject)['key']))
    expect(keys).toHaveLength(200)
    expect(keys).not.toEqual(keys.toSorted((x, y) => x - y))
  })

  it('of what a function writes to the bucket that starts it are stopped by the guard (S3-5, LAM-68)', () => {
    const ran = run(
      openToAll({
        B: bucket(functions()),
        Fn: fn([{ call: 's3:PutObject', to: 'B', key: 'again' }]),
        Role: mayAll,
        Put: put('a'),
      }),
    )
    expect(ran.total('Fn', 'Invocations')).toBe(16)
    expect(ran.total('Fn', 'RecursiveInvocationsDropped')).toBe(1)
    expect(ran.reasons('lambda.recursion').map(([, passes]) => passes)).toEqual([16])
  })

  it('of what a function writes that a bus told of stop after 50 rounds: the guard of Lambda knows no bus (LAM-68)', () => {
    const ran = run(
      openToAll({
        B: bucket({ EventBridgeConfiguration: { EventBridgeEnabled: true } }),
        Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'default' } },
        R: {
          Type: 'AWS::Events::Rule',
          Properties: {
            EventBusName: 'Bus',
            EventPattern: { source: ['aws.s3'] },
            State: 'ENABLED',
            Targets: [{ Id: 'Fn', Arn: 'Fn' }],
          },
        },
        Fn: fn([{ call: 's3:PutObject', to: 'B', key: 'again' }]),
        Role: mayAll,
        Put: put('a'),
      }),
    )
    expect(ran.total('Fn', 'Invocations')).toBe(50)
    expect(ran.total('Fn', 'RecursiveInvocationsDropped')).toBe(0)
    expect(ran.reasons('eventbridge.loopStopped').map(([, rounds]) => rounds)).toEqual([50])
    expect(ran.stopped).toBeUndefined()
  })
})

test('keys are encoded as in a query string, slashes stay', () => {
  expect(encodedKey("a/b c+d(1)'é~*.jpg")).toBe('a/b+c%2Bd%281%29%27%C3%A9~*.jpg')
  expect(encodedKey('\ud800')).toBe('%EF%BF%BD')
})

test('a role needs s3:PutObject', () => {
  const ran = run({
    B: bucket(),
    Fn: fn([{ call: 's3:PutObject', to: 'B', key: 'a' }]),
    Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [] } },
    C: client('lambda:Invoke', 'Fn', { pattern: 'once' }),
  })
  expect(ran.total('Fn', 'Errors')).toBe(1)
  expect(held(ran, 'B')).toEqual([])
})

test('queries find objects by what they hold', () => {
  const scenario = scenarioOf({ B: bucket(), Put: put('a', { kind: 'x' }), Other: put('b', { kind: 'y' }) })
  const queries = [
    { m: 'records', of: 'B', where: { 'body.kind': 'x' } },
    { m: 'record', of: 'B', where: { key: 'b' }, field: 'body.kind' },
    { m: 'record.at', of: 'B', where: { key: 'b' } },
    { m: 'state.count', of: 'B' },
  ]
  expect(ask(queries, scenario).map(({ value }) => value)).toEqual([1, 'y', 1.02, 2])
})

test('a bucket behind a gateway endpoint is reached from a VPC, and its prefix list is all a route needs', () => {
  const resources: Resources = {
    V: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    S: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: 'V', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'us-east-1a' },
    },
    R: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: 'V' } },
    A: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: 'S', RouteTableId: 'R' } },
    G: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        VpcId: 'V',
        GroupDescription: 'g',
        SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
      },
    },
    B: bucket(),
    Fn: {
      ...fn([{ call: 's3:PutObject', to: 'B', key: 'a' }]),
      Properties: { Timeout: 3, Role: 'Role', VpcConfig: { SubnetIds: ['S'], SecurityGroupIds: ['G'] } },
    },
    Role: mayAll,
    C: client('lambda:Invoke', 'Fn', { pattern: 'once', at: 100 }),
  }
  expect(held(run(resources), 'B')).toEqual([])
  const E: Resource = {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: 'V',
      ServiceName: 'com.amazonaws.us-east-1.s3',
      VpcEndpointType: 'Gateway',
      RouteTableIds: ['R'],
    },
  }
  expect(held(run({ ...resources, E }), 'B')).toHaveLength(1)
})

test('discarded batches of a stream mapping come with their records, under the key AWS gives them (STR-ESM-7)', () => {
  const ran = run({
    S: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
    C: client('kinesis:PutRecord', 'S', { pattern: 'burst', count: 3, at: 1 }, { body: { n: 1 }, group: 'k' }),
    M: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: 'S',
        FunctionName: 'Fn',
        StartingPosition: 'TRIM_HORIZON',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: 'B' } },
      },
    },
    Fn: fn([{ fail: {} }]),
    Role: mayAll,
    B: bucket(),
  })
  const [object] = held(ran, 'B')
  expect(object!['key']).toMatch(
    /^aws\/lambda\/M\/shardId-000000000000\/2026\/11\/20\/2026-11-20T00\.00\.0\d-[0-9a-f-]{36}$/,
  )
  const { KinesisBatchInfo, payload } = object!['body'] as { [name: string]: JsonObject }
  expect(KinesisBatchInfo).toMatchObject({ batchSize: 3 })
  expect(payload!['Records']).toHaveLength(3)
})
