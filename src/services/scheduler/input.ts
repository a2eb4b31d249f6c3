import { hex, ID, isoTime, mixed } from '../../model/identity'
import { isObject } from '../../model/json'
import type { Json, JsonObject, LogicalId } from '../../model/scenario'
import type { Payload } from '../service'
import type { TargetSettings } from './settings'

export const arnOf = (id: LogicalId): string => `arn:aws:scheduler:us-east-1:123456789012:schedule/default/${id}`

/** What the target of a schedule gets: its input, or what AWS sends without one. `named`: the time the schedule names (µs). */
export function payloadOf(id: LogicalId, target: TargetSettings, named: number, seed: number): Payload {
  const time = isoTime(named).replace('.000Z', 'Z')
  const h = hex(mixed(4, [ID.request, seed, named, ...Array.from(id, (letter) => letter.codePointAt(0)!)]))
  const execution = `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`
  const known: { readonly [name: string]: string } = {
    'schedule-arn': arnOf(id),
    'scheduled-time': time,
    'execution-id': execution,
    'attempt-number': '1',
  }
  const group = target.group === null ? {} : { group: target.group }
  const rest = { poison: false, ...group }
  if (target.input === null) {
    const event: JsonObject = {
      version: '0',
      id: execution,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: '123456789012',
      time,
      region: 'us-east-1',
      resources: [arnOf(id)],
      detail: '{}',
    }
    const as = target.event
    return {
      body: as === null ? event : { source: as.source, 'detail-type': as.detailType, detail: event },
      ...rest,
    }
  }
  const input = target.input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (whole, name: string) => known[name] ?? whole)
  const json = parsed(input)
  if (target.event !== null) {
    const { source, detailType } = target.event
    return { body: { source, 'detail-type': detailType, detail: json ?? input }, ...rest }
  }
  return isObject(json) ? { body: json, ...rest } : { body: {}, text: input, ...rest }
}

/** Undefined for what is no JSON. */
export function parsed(input: string): Json | undefined {
  try {
    return JSON.parse(input) as Json
  } catch {
    return undefined
  }
}
