/**
 * A scenario as link text, for the part of the address after `#s=`.
 *
 * `1` format digit · dictionary index (one base64url character) · checksum (four) · base64url of raw deflate of the
 * canonical JSON. The fragment never reaches a server.
 */
import { deflateSync } from 'fflate'
import { isObject } from '../model/json'
import { FORMAT_VERSION } from '../model/scenario'
import type { Json, Scenario } from '../model/scenario'
import { digit64, firstForeign, fromBase64url, toBase64url, valueOf64 } from './base64url'
import { canonicalJson, SCENARIO_KEYS } from './canonical'
import { CURRENT_DICTIONARY, DICTIONARIES } from './dictionaries/all'
import { inflateBounded } from './inflate'

const LINK_FORMAT = 1
/** Longest link text that is opened, in characters. */
export const MAX_LINK_CHARS = 64_000
/** Largest scenario a link unpacks to, in bytes of UTF-8. */
const MAX_SCENARIO_BYTES = 2_000_000
/** Deepest nesting of arrays and objects in a link. */
export const MAX_DEPTH = 100

const CHECKSUM_AT = 2
const PAYLOAD_AT = 6

/**
 * `not-a-link`: no format digit. `truncated`: the checksum does not match. `damaged`: it does, yet there is no JSON
 * inside. `too-long`, `too-big`, `too-deep`: over a limit above. `alphabet`: a character that no link contains.
 */
export type LinkFault = 'not-a-link' | 'too-long' | 'alphabet' | 'truncated' | 'damaged' | 'too-big' | 'too-deep'

export type DecodedLink =
  /** `json` still has to pass the gate. */
  | { ok: true; json: Json }
  | { ok: false; code: LinkFault; message: string }
  /** `json` where it could be unpacked, with the top-level keys this version does not know. */
  | { ok: false; code: 'newer'; message: string; json?: Json; unknownKeys: readonly string[] }

/** 24-bit FNV-1a, xor-folded as its authors advise (http://www.isthe.com/chongo/tech/comp/fnv/#xor-fold). */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  const folded = ((hash >>> 24) ^ hash) & 0xffffff
  return [18, 12, 6, 0].map((shift) => digit64((folded >> shift) & 63)).join('')
}

/** Header (format digit, dictionary) and payload as link text, with their checksum between. */
export function sealLink(format: number, dictionary: number, payload: Uint8Array): string {
  const head = String(format) + digit64(dictionary)
  const text = toBase64url(payload)
  return head + checksum(head + text) + text
}

/** Link text of any JSON text under a given header; `encodeLink` is the one to use. */
export function packLink(json: string, format: number, dictionary: number): string {
  const preset = DICTIONARIES[dictionary]
  if (preset === undefined) throw new RangeError(`no dictionary ${dictionary}`)
  return sealLink(format, dictionary, deflateSync(new TextEncoder().encode(json), { level: 9, dictionary: preset }))
}

/** The text after `#s=`. Equal scenarios give equal text. Any length: see `linkAdvice`. */
export function encodeLink(scenario: Scenario): string {
  return packLink(canonicalJson(scenario), LINK_FORMAT, CURRENT_DICTIONARY)
}

const NEWER = 'This link was made by a newer version. Reload to update, or open it read-only.'

/**
 * What the text after `#s=` holds. Never throws; refuses oversized, cut and hostile text in bounded time and memory.
 * Space around the text and punctuation a chat put after it are ignored.
 */
export function decodeLink(text: string): DecodedLink {
  if (text.length > MAX_LINK_CHARS) {
    return fault(
      'too-long',
      `This link is ${text.length} characters long; ${MAX_LINK_CHARS} is the most. Ask for a file.`,
    )
  }
  const link = withoutTail(text.trim())
  const format = link.charCodeAt(0) - 48
  if (!(format >= LINK_FORMAT && format <= 9)) {
    return fault('not-a-link', 'This link holds no scenario. Copy the whole link again, or ask for a file.')
  }
  const content = unpack(link)
  const document = content.ok && isObject(content.json) ? content.json : undefined
  const version = document?.['coldstart']
  const isNewer = format > LINK_FORMAT || (typeof version === 'number' && version > FORMAT_VERSION)
  if (!isNewer && (content.ok || content.code !== 'newer')) return content
  const unknownKeys = Object.keys(document ?? {}).filter((key) => !SCENARIO_KEYS.includes(key))
  return { ok: false, code: 'newer', message: NEWER, ...(content.ok ? { json: content.json } : {}), unknownKeys }
}

function unpack(link: string): DecodedLink {
  const foreign = firstForeign(link)
  if (foreign >= 0) {
    const where = `Character ${foreign + 1} of this link, ${JSON.stringify(link.charAt(foreign))}, is not one a link uses.`
    return fault('alphabet', `${where} Copy the whole link again.`)
  }
  const payload = link.slice(PAYLOAD_AT)
  const data = fromBase64url(payload)
  if (data === null || link.slice(CHECKSUM_AT, PAYLOAD_AT) !== checksum(link.slice(0, CHECKSUM_AT) + payload)) {
    const cut = `This link is incomplete: the chat app probably cut it after ${link.length} characters.`
    return fault('truncated', `${cut} Copy it again, or ask for a file.`)
  }
  const dictionary = DICTIONARIES[valueOf64(link.charAt(1))]
  if (dictionary === undefined) return { ok: false, code: 'newer', message: NEWER, unknownKeys: [] }
  const inflated = inflateBounded(data, dictionary, MAX_SCENARIO_BYTES)
  if (!inflated.ok) {
    return inflated.code === 'too-big'
      ? fault('too-big', `This link unpacks to more than ${MAX_SCENARIO_BYTES / 1e6} MB. It was not opened.`)
      : damaged()
  }
  return parse(inflated.bytes)
}

function parse(bytes: Uint8Array): DecodedLink {
  let depth = 0
  let inString = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === 0x22) inString = !inString
    else if (inString) i += byte === 0x5c ? 1 : 0
    else if (byte === 0x7b || byte === 0x5b) depth++
    else if (byte === 0x7d || byte === 0x5d) depth--
    if (depth > MAX_DEPTH) {
      return fault('too-deep', `This link nests more than ${MAX_DEPTH} levels deep. It was not opened.`)
    }
  }
  try {
    const json: Json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return { ok: true, json }
  } catch {
    return damaged()
  }
}

function fault(code: LinkFault, message: string): DecodedLink {
  return { ok: false, code, message }
}

function damaged(): DecodedLink {
  return fault('damaged', 'This link holds no readable scenario. Ask for the scenario as a file.')
}

/** Chats and mails pull the punctuation after a link into it; none of these is of the alphabet. */
function withoutTail(text: string): string {
  let end = text.length
  while (end > 0 && ').,;:!?>]}"\'*'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
