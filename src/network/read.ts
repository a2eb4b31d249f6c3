/** Reading CloudFormation properties from JSON that may hold anything: a wrong type reads as absent. */
import { isObject } from '../model/json'
import type { Json, JsonObject, Resource } from '../model/scenario'

const NOTHING: JsonObject = {}

export function properties(resource: Resource): JsonObject {
  return resource.Properties ?? NOTHING
}

export function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : NOTHING
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

export function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** A whole number, also when a template spelled it as text. */
export function integer(value: Json | undefined): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null
  return typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : null
}

export function flag(value: Json | undefined): boolean | null {
  if (typeof value === 'boolean') return value
  return value === 'true' ? true : value === 'false' ? false : null
}

/** A reference: a logical id, or CloudFormation's spelling of one. */
export function ref(value: Json | undefined): string | null {
  if (typeof value === 'string') return value
  const { Ref, 'Fn::GetAtt': attribute } = object(value)
  return text(Ref) ?? text(list(attribute)[0])
}

export function refs(value: Json | undefined): string[] {
  return list(value)
    .map(ref)
    .filter((id) => id !== null)
}

/** IANA protocol number of `tcp`, `6`, `-1`; null when unknown. */
export function protocolNumber(value: Json | undefined): number | null {
  if (value === 'tcp') return 6
  if (value === 'udp') return 17
  if (value === 'icmp') return 1
  if (value === 'icmpv6') return 58
  if (value === 'all' || value === 'any') return -1
  return integer(value)
}

export function protocolName(protocol: number): string {
  if (protocol === -1) return 'all traffic'
  return protocol === 6 ? 'tcp' : protocol === 17 ? 'udp' : protocol === 1 ? 'icmp' : `protocol ${protocol}`
}

export function portsText(protocol: number, low: number, high: number): string {
  const name = protocolName(protocol)
  if (low === 0 && high === 65535) return name
  return low === high ? `${name} ${low}` : `${name} ${low}-${high}`
}
