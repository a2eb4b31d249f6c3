/** An IPv4 (4 bytes) or IPv6 (16 bytes) address. */
export type AddressBytes = readonly number[]

const V4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/
const V6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/

/** Reads an address literal; null when the text is none. Octets are decimal even with leading zeros. */
export function parseAddress(text: string): AddressBytes | null {
  if (text.length > 45) return null
  if (V4.test(text)) return parseV4(text)
  return V6.test(text) ? parseV6(text) : null
}

function parseV4(text: string): AddressBytes | null {
  const octets = text.split('.').map(Number)
  return octets.every((octet) => octet <= 255) ? octets : null
}

function parseV6(text: string): AddressBytes | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const head = groups(halves[0] ?? '')
  const tail = groups(halves[1] ?? '')
  if (head === null || tail === null) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const all = [...head, ...Array.from({ length: missing }, () => 0), ...tail]
  const bytes = all.flatMap((group) => [group >> 8, group & 255])
  return isMappedV4(bytes) ? bytes.slice(12) : bytes
}

function groups(text: string): number[] | null {
  if (text === '') return []
  const parts = text.split(':')
  return parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part)) ? parts.map((part) => Number.parseInt(part, 16)) : null
}

/** `::ffff:a.b.c.d` is the IPv4 address itself. */
function isMappedV4(bytes: AddressBytes): boolean {
  return bytes.every((byte, i) => i >= 12 || byte === (i >= 10 ? 255 : 0))
}

export interface AddressRange {
  readonly bytes: AddressBytes
  readonly bits: number
}

/** Reads `address/bits`; bits below 32 (IPv4) or 128 (IPv6), as event-ruler has it. A string says what is wrong. */
export function parseCidr(text: string): AddressRange | string {
  const slash = text.indexOf('/')
  if (slash < 0 || slash !== text.lastIndexOf('/')) return 'write the range as address/bits, such as 10.0.0.0/24'
  const mask = text.slice(slash + 1)
  if (!/^\+?[0-9]{1,9}$/.test(mask)) return `"${mask}" is no number of mask bits; write a whole number such as 24`
  const bytes = parseAddress(text.slice(0, slash))
  if (bytes === null) return `"${text.slice(0, slash)}" is neither an IPv4 nor an IPv6 address`
  const bits = Number(mask)
  const most = bytes.length * 8 - 1
  if (bits > most) return `/${bits} is too long a mask; use /0 to /${most}, or the plain address for a single one`
  return { bytes, bits }
}

/** Whether an address lies in a range; the bits of the range's own address below the mask do not count. */
export function inRange(range: AddressRange, address: AddressBytes): boolean {
  if (address.length !== range.bytes.length) return false
  for (let i = 0, left = range.bits; left > 0; i++, left -= 8) {
    const mask = left >= 8 ? 255 : (255 << (8 - left)) & 255
    if (((address[i] ?? 0) & mask) !== ((range.bytes[i] ?? 0) & mask)) return false
  }
  return true
}
