import { valueAt } from '../../events/input/json-path'
import { isoTime } from '../../model/identity'
import { told } from '../filled'
import type { ServiceContext } from '../service'
import type { LiveRule, LiveTarget } from './rules'

/** What a target of a rule gets of an event (EB-13), as an id of payloads. `past`: where the event comes from (parcel.ts). */
export function contentFor(
  { kernel, payloads, scenario }: ServiceContext,
  { name, arn }: LiveRule,
  { input, key, group, whole }: LiveTarget,
  payload: number,
  past: number,
): number {
  if (input === null && !whole) return payload
  const event = payloads.get(payload)
  const which = { seed: scenario().seed, trace: kernel.recorder.trace, past, sentAt: kernel.now }
  const { body, poison } = whole ? told(event, which) : event
  const value = key === null ? undefined : valueAt(body, key)
  const named = value === undefined ? (group ?? event.group) : typeof value === 'string' ? value : JSON.stringify(value)
  const rest = { poison, ...(named === undefined ? {} : { group: named }) }
  if (input === null) return payloads.intern({ body, ...rest })
  const made = input(body, { name, arn, ingestionTime: isoTime(kernel.now) })
  if ('text' in made) return payloads.intern({ body: {}, ...rest, text: made.text })
  const { json } = made
  const isObject = json !== null && typeof json === 'object' && !Array.isArray(json)
  return payloads.intern(isObject ? { body: json, ...rest } : { body: {}, ...rest, text: JSON.stringify(json) })
}
