import { hex, mixed } from '../../model/identity'
import type { Json } from '../../model/scenario'
import { object, text } from '../../network/read'
import { bytesOf } from '../message-size'
import type { Payload } from '../service'

const MB = 1_048_576

/** What a payload says of an object: `{ key?, size?, content? }`. A body without content is the content itself. */
export interface Written {
  /** Null: it names none. `{n}` stands for the number of the event. */
  readonly key: string | null
  readonly bytes: number
  /** MD5 in form: 32 hex digits that follow from the content. */
  readonly eTag: string
  readonly content: Json
}

export function writtenOf(payload: Payload): Written {
  const { key, size, content = null, ...rest } = payload.body
  const kept = payload.text ?? (content !== null ? content : rest)
  const bytes =
    typeof size === 'number'
      ? Math.round(size * MB)
      : bytesOf({ body: object(kept), poison: false, ...(typeof kept === 'string' ? { text: kept } : {}) })
  const letters = Array.from(JSON.stringify(kept), (letter) => letter.codePointAt(0)!)
  return {
    key: typeof key === 'number' ? String(key) : text(key),
    bytes,
    eTag: hex(mixed(4, [bytes, ...letters])),
    content: kept,
  }
}

/** The key a call means: its own, with the number of its event in place of `{n}`, or `object-n` when it names none. */
export const keyOf = (key: string | null, trace: number): string =>
  (key ?? 'object-{n}').replaceAll('{n}', String(trace))
