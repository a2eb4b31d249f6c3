import type { Json, JsonObject } from '../../model/scenario'

/** One event as AWS sends it, with values of ours: accounts 123456789012 and 111122223333, names of this sandbox. */
export interface Sample {
  /** Unique, stays the same: documents may name it. */
  readonly id: string
  /** What happened, for lists: `Instance stopped`. */
  readonly title: string
  /** Who sends it: `Amazon EC2`. */
  readonly service: string
  /** Of EventBridge events only; a sample without them is what a service hands a function directly. */
  readonly source?: string
  readonly detailType?: string
  readonly event: JsonObject
  /** What is inside where the event itself carries it packed: base64, gzip or JSON in a string. */
  readonly decoded?: JsonObject
}

export const ACCOUNT = '123456789012'
export const REGION = 'us-east-1'
export const arn = (service: string, name: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`

interface About {
  readonly id: string
  readonly title: string
  readonly service: string
}
interface Envelope {
  readonly source: string
  readonly detailType: string
  readonly detail: JsonObject
  readonly resources?: readonly string[]
  readonly account?: string
  /** Fields some senders add beside the common ones. */
  readonly more?: { readonly [field: string]: Json }
}

/** An EventBridge event: the fields every one has around `detail` (EventBridge User Guide, "Event structure reference"). */
export function busEvent(about: About, envelope: Envelope): Sample {
  const { source, detailType, detail, resources = [], account = ACCOUNT, more = {} } = envelope
  return {
    ...about,
    source,
    detailType,
    event: {
      version: '0',
      id: uuid(about.id),
      'detail-type': detailType,
      source,
      account,
      time: '2026-11-20T09:30:00Z',
      region: REGION,
      resources: [...resources],
      ...more,
      detail,
    },
  }
}

/** An id that looks like the ones AWS draws and is always the same for the same name. */
export function uuid(name: string): string {
  let text = ''
  for (let round = 0; text.length < 32; round++) {
    let h = 0x811c9dc5 ^ round
    for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193)
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
    text += ((h ^ (h >>> 13)) >>> 0).toString(16).padStart(8, '0')
  }
  const part = (from: number, to: number): string => text.slice(from, to)
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-a${part(17, 20)}-${part(20, 32)}`
}
