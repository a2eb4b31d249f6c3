import { hex, ID, isoTime, mixed, RUN_EPOCH } from '../../model/identity'
import type { Json, JsonObject } from '../../model/scenario'

const ACCOUNT = '123456789012'

/** One change of an object. */
export interface Change {
  /** Name of the bucket in AWS. */
  readonly bucket: string
  /** `ObjectCreated:Put`, `ObjectRemoved:Delete`, `ObjectRemoved:DeleteMarkerCreated`. */
  readonly name: string
  readonly key: string
  /** Null of an object that is gone. */
  readonly stored: { readonly size: number; readonly eTag: string } | null
  readonly versionId: string | null
  /** µs. */
  readonly at: number
  /** Counts the changes of all buckets. */
  readonly number: number
  readonly seed: number
}

/** Hexadecimal, larger for every later change of one key (S3-1). */
const sequencer = ({ at, number }: Change): string =>
  (RUN_EPOCH * 1_000_000 + at).toString(16).toUpperCase().padStart(14, '0') +
  (number % 65_536).toString(16).toUpperCase().padStart(4, '0')

/** A key as it stands in a notification: URL-encoded, a blank is `+` (S3-4). */
export const encodedKey = (key: string): string =>
  encodeURIComponent(key.replace(/\p{Surrogate}/gu, '\ufffd'))
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replace(/[!'()]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)

const requestIdOf = ({ seed, number, at }: Change): string =>
  hex(mixed(2, [ID.request, seed, number, at])).toUpperCase()

/** What functions, queues and topics get (S3-7). */
export function recordsOf(change: Change, configurationId: string): JsonObject {
  const { bucket, name, key, stored, versionId, at } = change
  const object: { [name: string]: Json } = { key: encodedKey(key) }
  if (stored !== null) Object.assign(object, { size: stored.size, eTag: stored.eTag })
  if (versionId !== null) object['versionId'] = versionId
  object['sequencer'] = sequencer(change)
  const record: JsonObject = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'us-east-1',
    eventTime: isoTime(at),
    eventName: name,
    userIdentity: { principalId: `AWS:${ACCOUNT}` },
    requestParameters: { sourceIPAddress: '198.51.100.7' },
    responseElements: { 'x-amz-request-id': requestIdOf(change) },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket, ownerIdentity: { principalId: ACCOUNT }, arn: `arn:aws:s3:::${bucket}` },
      object,
    },
  }
  return { Records: [record] }
}

/** What the default bus gets: keys are not encoded there. */
export function eventOf(change: Change): JsonObject {
  const { bucket, name, key, stored, versionId, at, seed, number } = change
  const created = name.startsWith('ObjectCreated')
  const object: { [name: string]: Json } = { key }
  if (stored !== null) Object.assign(object, { size: stored.size, etag: stored.eTag })
  if (versionId !== null) object['version-id'] = versionId
  object['sequencer'] = sequencer(change)
  const id = hex(mixed(4, [ID.request, seed, number, at]))
  const kind = name.endsWith('DeleteMarkerCreated') ? 'Delete Marker Created' : 'Permanently Deleted'
  return {
    version: '0',
    id: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20, 32)}`,
    'detail-type': created ? 'Object Created' : 'Object Deleted',
    source: 'aws.s3',
    account: ACCOUNT,
    time: isoTime(at).replace(/\.\d+Z$/, 'Z'),
    region: 'us-east-1',
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object,
      'request-id': requestIdOf(change),
      requester: ACCOUNT,
      'source-ip-address': '198.51.100.7',
      reason: created ? 'PutObject' : 'DeleteObject',
      ...(created ? {} : { 'deletion-type': kind }),
    },
  }
}
