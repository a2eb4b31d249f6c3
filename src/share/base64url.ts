/** base64url without padding (RFC 4648 section 5): the characters a URL fragment carries unescaped. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const VALUE = new Int8Array(128).fill(-1)
for (let i = 0; i < ALPHABET.length; i++) VALUE[ALPHABET.charCodeAt(i)] = i

/** 0 to 63, or -1 when the UTF-16 unit is not of the alphabet. */
function valueOf(code: number): number {
  return VALUE[code] ?? -1
}

/** The character for a number of 0 to 63. */
export function digit64(value: number): string {
  return ALPHABET.charAt(value)
}

/** The number of a one-character string, or -1. */
export function valueOf64(char: string): number {
  return char.length === 1 ? valueOf(char.charCodeAt(0)) : -1
}

/** Index of the first character at or after `from` that is not of the alphabet, or -1. */
export function firstForeign(text: string, from = 0): number {
  for (let i = from; i < text.length; i++) if (valueOf(text.charCodeAt(i)) < 0) return i
  return -1
}

export function toBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += digit64(group >> 18) + digit64((group >> 12) & 63)
    if (left > 1) text += digit64((group >> 6) & 63)
    if (left > 2) text += digit64(group & 63)
  }
  return text
}

/** The bytes, or `null` when no byte sequence is written this way (foreign character, impossible length). */
export function fromBase64url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let at = 0
  let bits = 0
  let held = 0
  for (let i = 0; i < text.length; i++) {
    const value = valueOf(text.charCodeAt(i))
    if (value < 0) return null
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 0xff
    }
  }
  return bytes
}
