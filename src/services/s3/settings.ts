import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { flag, list, object, properties, ref, text } from '../../network/read'
import { typeOf } from '../edit'

export const BUCKET = 'AWS::S3::Bucket'
export const FUNCTION = 'AWS::Lambda::Function'
export const QUEUE = 'AWS::SQS::Queue'
export const TOPIC = 'AWS::SNS::Topic'
export const BUS = 'AWS::Events::EventBus'

/** Whom a function's resource policy names for buckets (S3-6). */
export const PRINCIPAL = 's3.amazonaws.com'
export const CREATED = 's3:ObjectCreated:*'

/** Where the entries for a kind of target are listed, under which name they name it, and the call that delivers (S3-2). */
export interface Way {
  readonly list: 'LambdaConfigurations' | 'QueueConfigurations' | 'TopicConfigurations'
  readonly name: 'Function' | 'Queue' | 'Topic'
  readonly types: readonly string[]
  readonly action: string
}
export const WAYS: readonly Way[] = [
  {
    list: 'LambdaConfigurations',
    name: 'Function',
    types: [FUNCTION, 'AWS::Lambda::Alias', 'AWS::Lambda::Version'],
    action: 'lambda:InvokeAsync',
  },
  { list: 'QueueConfigurations', name: 'Queue', types: [QUEUE], action: 'sqs:SendMessage' },
  { list: 'TopicConfigurations', name: 'Topic', types: [TOPIC], action: 'sns:Publish' },
]

/** How a bucket tells a resource; undefined: it cannot. */
export const wayTo = (id: LogicalId | null, scenario: Scenario): Way | undefined =>
  WAYS.find(({ types }) => types.includes(typeOf(id, scenario) ?? ''))

export interface Entry {
  readonly way: Way
  /** Place in its list. */
  readonly index: number
  /** `s3:ObjectCreated:*`. */
  readonly event: string
  readonly prefix: string
  readonly suffix: string
  readonly to: LogicalId
}

const notificationsOf = (bucket: Resource | undefined): JsonObject =>
  bucket === undefined ? {} : object(properties(bucket)['NotificationConfiguration'])

/** Notification entries of a bucket that name something, in the order they are written. */
export const entriesOf = (bucket: Resource | undefined): Entry[] =>
  WAYS.flatMap((way) =>
    list(notificationsOf(bucket)[way.list]).flatMap((json, index): Entry[] => {
      const entry = object(json)
      const to = ref(entry[way.name])
      const event = text(entry['Event'])
      if (to === null || event === null) return []
      return [{ way, index, event, to, prefix: ruleOf(entry, 'prefix'), suffix: ruleOf(entry, 'suffix') }]
    }),
  )

export const rulesOf = (entry: JsonObject): JsonObject[] =>
  list(object(object(entry['Filter'])['S3Key'])['Rules']).map(object)

const ruleOf = (entry: JsonObject, name: string): string =>
  text(rulesOf(entry).find((rule) => text(rule['Name'])?.toLowerCase() === name)?.['Value']) ?? ''

/** Whether all its events go to the default bus (S3-2). */
export function tellsBus(bucket: Resource | undefined): boolean {
  const configuration = notificationsOf(bucket)['EventBridgeConfiguration']
  return configuration !== undefined && flag(object(configuration)['EventBridgeEnabled']) !== false
}

export const isVersioned = (bucket: Resource | undefined): boolean =>
  bucket !== undefined && object(properties(bucket)['VersioningConfiguration'])['Status'] === 'Enabled'

/** Whether a DELETE only adds a marker: with versioning, even when it is suspended. */
export const marks = (bucket: Resource | undefined): boolean =>
  bucket !== undefined && object(properties(bucket)['VersioningConfiguration'])['Status'] !== undefined

/** The bucket's name in AWS, which its events bear. */
export const nameOf = (id: LogicalId, bucket: Resource | undefined): string =>
  (bucket === undefined ? null : text(properties(bucket)['BucketName'])) ?? id

/** What a notification may ask for ("Supported event types for SQS, SNS, and Lambda"); `:*` after the first part of those with two. */
const EVENTS: { readonly [kind: string]: readonly string[] } = {
  ObjectCreated: ['Put', 'Post', 'Copy', 'CompleteMultipartUpload'],
  ObjectRemoved: ['Delete', 'DeleteMarkerCreated'],
  ObjectRestore: ['Post', 'Completed', 'Delete'],
  ReducedRedundancyLostObject: [],
  Replication: [
    'OperationFailedReplication',
    'OperationMissedThreshold',
    'OperationReplicatedAfterThreshold',
    'OperationNotTracked',
  ],
  LifecycleTransition: [],
  IntelligentTiering: [],
  LifecycleExpiration: ['Delete', 'DeleteMarkerCreated'],
  ObjectTagging: ['Put', 'Delete'],
  ObjectAcl: ['Put'],
}
/** Whether AWS knows an event of the form `s3:ObjectCreated:Put`. */
export function isEvent(event: string): boolean {
  const [, kind = '', detail, ...more] = event.split(':')
  const details = Object.hasOwn(EVENTS, kind) ? EVENTS[kind]! : null
  if (details === null || more.length > 0) return false
  if (detail === undefined) return details.length === 0
  return details.includes(detail) || (detail === '*' && details.length > 1)
}
/** Whether events of this kind happen here: objects come and go. */
export const happens = (event: string): boolean => /^s3:Object(Created:(\*|Put)|Removed:)/.test(event)

/** Whether an event of the form `s3:ObjectCreated:Put` is what an entry asks for. */
const covers = (asked: string, event: string): boolean =>
  asked === event || (asked.endsWith('*') && event.startsWith(asked.slice(0, -1)))

/** Whether an entry tells of an event with an object (S3-3). */
export const fits = ({ event, prefix, suffix }: Entry, happened: string, key: string): boolean =>
  covers(event, happened) && key.startsWith(prefix) && key.endsWith(suffix)

type Filter = Pick<Entry, 'event' | 'prefix' | 'suffix'>

/** Whether AWS refuses two entries in one configuration (S3-3). */
export const overlap = (a: Filter, b: Filter): boolean =>
  (covers(a.event, b.event) || covers(b.event, a.event)) &&
  (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)) &&
  (a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix))
