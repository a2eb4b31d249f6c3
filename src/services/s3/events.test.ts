/** What S3 says of a change, in which name, and to whom: versioning that is suspended, names of buckets, the default bus, what entries may ask for. */
import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, runOf, scenarioOf, type Ran } from '../run.fixture'
import { checks } from './checks'
import { isEvent } from './settings'

const queue: Resource = { Type: 'AWS::SQS::Queue' }
const bucket = (Properties: JsonObject): Resource => ({ Type: 'AWS::S3::Bucket', Properties })
const asks = (Event: string, value?: string): JsonObject => ({
  QueueConfigurations: [
    {
      Event,
      Queue: 'K',
      ...(value === undefined ? {} : { Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: value }] } } }),
    },
  ],
})
const put = client('s3:PutObject', 'B', { pattern: 'once', at: 1 }, { body: { key: 'k', size: 1 } })
const bodies = (ran: Ran): JsonObject[] =>
  ran
    .contents()
    .flatMap(({ resource, value }) => (resource === 'K' ? [(value as JsonObject)['body'] as JsonObject] : []))
const toAll = { source: [{ prefix: '' }] }
const rule: Resource = {
  Type: 'AWS::Events::Rule',
  Properties: { EventBusName: 'Bus', EventPattern: toAll, Targets: [{ Id: 'K', Arn: 'K' }] },
}
const bus = (Properties: JsonObject, Behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::Events::EventBus',
  Properties,
  Behavior,
})
const problems = (notifications: JsonObject): string[] =>
  checks
    .flatMap((check) => check(scenarioOf({ B: bucket({ NotificationConfiguration: notifications }), K: queue })))
    .map(({ severity, message }) => `${severity}: ${message}`)

describe('a bucket', () => {
  it('adds a marker when something is deleted, also while versioning is suspended', () => {
    const B = bucket({
      VersioningConfiguration: { Status: 'Suspended' },
      NotificationConfiguration: asks('s3:ObjectRemoved:DeleteMarkerCreated'),
    })
    const erase = client('s3:DeleteObject', 'B', { pattern: 'once', at: 3 }, { body: { key: 'k' } })
    expect(bodies(runOf(scenarioOf({ put, erase, B, K: queue })))).toHaveLength(1)
  })

  it('bears its name in events, whose time has no milliseconds on a bus', () => {
    const B = bucket({ BucketName: 'my-bucket', NotificationConfiguration: { EventBridgeConfiguration: {} } })
    const [event] = bodies(runOf(scenarioOf({ put, B, Bus: bus({ Name: 'default' }), rule, K: queue })))
    expect(event).toMatchObject({
      time: '2026-11-20T00:00:01Z',
      resources: ['arn:aws:s3:::my-bucket'],
      detail: { bucket: { name: 'my-bucket' } },
    })
  })

  it('tells the bus of the account, with the name default or without one, and no other (EB-1)', () => {
    const B = bucket({ NotificationConfiguration: { EventBridgeConfiguration: {} } })
    const reach = (Bus: Resource): number => bodies(runOf(scenarioOf({ put, B, Bus, rule, K: queue }))).length
    expect([
      reach(bus({ Name: 'default' })),
      reach(bus({})),
      reach(bus({ Name: 'shop' })),
      reach(bus({}, { account: '999999999999' })),
      reach(bus({ EventSourceName: 'aws.partner/example.com/shop' })),
    ]).toEqual([1, 1, 0, 0, 0])
  })
})

describe('an entry', () => {
  it.each<[string, boolean]>([
    ['s3:ObjectCreated:*', true],
    ['s3:ObjectRemoved:DeleteMarkerCreated', true],
    ['s3:LifecycleTransition', true],
    ['s3:ObjectAcl:Put', true],
    ['s3:ObjectCreated', false],
    ['s3:ObjectCreate:*', false],
    ['s3:ObjectCreated:Delete', false],
    ['s3:constructor:*', false],
  ])('%s: %s', (event, known) => {
    expect(isEvent(event)).toBe(known)
  })

  it('is refused when S3 knows no such event, and told what will not happen or stands for itself', () => {
    expect(problems(asks('s3:ObjectCreate:*'))).toEqual([
      'error: s3:ObjectCreate:* is no event of S3. Write s3:ObjectCreated:*, s3:ObjectCreated:Put, s3:ObjectRemoved:* or such.',
    ])
    expect(problems(asks('s3:ObjectTagging:*'))).toEqual([expect.stringMatching(/^info: s3:ObjectTagging:\* does not/)])
    expect(problems(asks('s3:ObjectCreated:*', 'a/*'))).toEqual([expect.stringMatching(/^warning: .* no wildcards/)])
    expect(problems(asks('s3:ObjectCreated:*', 'a/'))).toEqual([])
  })
})

it('a function that writes what a rule tells it of is a loop', () => {
  const F: Resource = {
    Type: 'AWS::Lambda::Function',
    Properties: {},
    Behavior: { steps: [{ call: 's3:PutObject', to: 'B', key: 'small/{n}' }] },
  }
  const found = (key: JsonObject, State = 'ENABLED'): string[] => {
    const R: Resource = {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: 'Bus',
        State,
        EventPattern: { source: ['aws.s3'], detail: { object: { key: [key] } } },
        Targets: [{ Id: 'F', Arn: 'F' }],
      },
    }
    const B = bucket({ NotificationConfiguration: { EventBridgeConfiguration: {} } })
    return checks
      .flatMap((check) => check(scenarioOf({ B, R, F, Bus: bus({ Name: 'default' }) })))
      .map(({ message }) => message)
  }
  expect(found({ prefix: 'small/' })).toEqual([
    expect.stringMatching(/^B -> Bus -> F -> B is a loop: what F writes matches R/),
  ])
  expect([...found({ prefix: 'large/' }), ...found({ prefix: 'small/' }, 'DISABLED')]).toEqual([])
})
