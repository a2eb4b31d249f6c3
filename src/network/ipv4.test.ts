import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cidr,
  contains,
  formatAddress,
  formatCidr,
  isRfc1918,
  isRfc6598,
  overlaps,
  parseAddress,
  parseCidr,
  size,
} from './ipv4'

const address = fc.integer({ min: 0, max: 0xffffffff })
const block = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([base, length]) => cidr(base, length))

describe('IPv4', () => {
  it('reads what it writes', () => {
    fc.assert(fc.property(address, (a) => parseAddress(formatAddress(a)) === a))
    fc.assert(fc.property(block, (b) => formatCidr(parseCidr(formatCidr(b)) ?? cidr(0, 0)) === formatCidr(b)))
  })

  it('a block holds exactly the addresses from its base to its size', () => {
    fc.assert(fc.property(block, address, (b, a) => contains(b, a) === (a >= b.base && a < b.base + size(b))))
  })

  it('blocks overlap when one holds the base of the other', () => {
    fc.assert(
      fc.property(block, block, (a, b) => overlaps(a, b) === (a.base < b.base + size(b) && b.base < a.base + size(a))),
    )
  })

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.01',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/1x',
    ' 10.0.0.1',
    '1e1.0.0.0',
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull()
    expect(parseCidr(text)).toBeNull()
  })

  it('knows the private ranges at their edges', () => {
    const at = (text: string) => parseAddress(text) ?? -1
    expect(['10.255.255.255', '172.16.0.0', '172.31.255.255', '192.168.0.0'].every((text) => isRfc1918(at(text)))).toBe(
      true,
    )
    expect(
      ['9.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '192.169.0.0'].some((text) => isRfc1918(at(text))),
    ).toBe(false)
    expect([isRfc6598(at('100.64.0.0')), isRfc6598(at('100.128.0.0'))]).toEqual([true, false])
  })
})
