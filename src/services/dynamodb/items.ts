import type { Json, JsonObject } from '../../model/scenario'

/** Bytes of an item roughly as DynamoDB counts them: names and values in UTF-8, 3 bytes for a container, 1 more per element. */
export function sizeOf(value: Json | undefined): number {
  if (typeof value === 'string') return utf8(value)
  if (typeof value === 'number') return 8
  if (typeof value !== 'object' || value === null) return 1
  let bytes = 3
  if (Array.isArray(value)) for (const element of value) bytes += 1 + sizeOf(element)
  else for (const name in value) bytes += 1 + utf8(name) + sizeOf(value[name])
  return bytes
}

function utf8(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // each half of a surrogate pair counts 2 of the pair's 4 bytes
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
  }
  return bytes
}

/** First numeric attribute, which is what a face shows of an item; 0 when there is none. */
export function shownValue(attributes: JsonObject | null): number {
  if (attributes !== null)
    for (const name in attributes) if (typeof attributes[name] === 'number') return attributes[name]
  return 0
}
