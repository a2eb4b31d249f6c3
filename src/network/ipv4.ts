/** IPv4 arithmetic on unsigned 32-bit numbers: the walk compares millions of addresses, so no objects per address. */
export interface Cidr {
  /** Network address with the host bits cleared. */
  readonly base: number
  readonly mask: number
  /** Prefix length, 0 to 32. */
  readonly length: number
}

const ADDRESS = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/

/** `'10.0.0.4'` as a number, or null when the text is no dotted quad. */
export function parseAddress(text: string): number | null {
  const match = ADDRESS.exec(text)
  if (match === null) return null
  let address = 0
  for (let i = 1; i <= 4; i++) {
    const octet = Number(match[i])
    if (octet > 255) return null
    address = address * 256 + octet
  }
  return address
}

/** `'10.0.0.0/16'`, or null. Host bits are cleared, as EC2 does. */
export function parseCidr(text: string): Cidr | null {
  const slash = text.indexOf('/')
  const suffix = text.slice(slash + 1)
  if (slash < 0 || !/^\d{1,2}$/.test(suffix)) return null
  const address = parseAddress(text.slice(0, slash))
  const length = Number(suffix)
  return address === null || length > 32 ? null : cidr(address, length)
}

export function cidr(address: number, length: number): Cidr {
  const mask = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0
  return { base: (address & mask) >>> 0, mask, length }
}

export function contains(block: Cidr, address: number): boolean {
  return (address & block.mask) >>> 0 === block.base
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.length <= b.length ? contains(a, b.base) : contains(b, a.base)
}

/** Number of addresses in the block. */
export function size(block: Cidr): number {
  return 2 ** (32 - block.length)
}

export function formatAddress(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`
}

export function formatCidr(block: Cidr): string {
  return `${formatAddress(block.base)}/${block.length}`
}

const RFC1918 = [cidr(0x0a000000, 8), cidr(0xac100000, 12), cidr(0xc0a80000, 16)]
const RFC6598 = cidr(0x64400000, 10)

export function isRfc1918(address: number): boolean {
  return RFC1918.some((block) => contains(block, address))
}

export function isRfc6598(address: number): boolean {
  return contains(RFC6598, address)
}
