import type { Payload } from './service'

const known = new WeakMap<Payload, number>()

/** Bytes of a message: its body as UTF-8, and its attributes. */
export function bytesOf(payload: Payload): number {
  let bytes = known.get(payload)
  if (bytes === undefined) {
    const { body, text, attributes } = payload
    bytes =
      utf8Length(text ?? JSON.stringify(body)) + (attributes === undefined ? 0 : utf8Length(JSON.stringify(attributes)))
    known.set(payload, bytes)
  }
  return bytes
}

export function utf8Length(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    // a surrogate pair is two units and four bytes
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
  }
  return bytes
}
