/** Gates of the packet path in words and glyphs, shared by the walk on the canvas and its list in the dock. */
import type { Hop } from '../../network'
import type { GlyphName } from '../../ui/glyphs'

const GATES: { readonly [gate: string]: readonly [title: string, glyph: GlyphName] } = {
  'function-state': ['Function state', 'function'],
  interface: ['Network interface', 'eni'],
  'security-group-out': ['Security group, out', 'security-group'],
  'nacl-out': ['Network ACL, out', 'nacl'],
  'route-table': ['Route table', 'route-table'],
  'internet-gateway': ['Internet gateway', 'internet-gateway'],
  'nat-gateway': ['NAT gateway', 'nat-gateway'],
  endpoint: ['Endpoint', 'gateway-endpoint'],
  peering: ['Peering connection', 'link'],
  'transit-gateway': ['Transit gateway', 'zone'],
  'vpn-gateway': ['VPN gateway', 'edge'],
  'load-balancer': ['Load balancer', 'load-balancer'],
  'nacl-in': ['Network ACL, in', 'nacl'],
  'security-group-in': ['Security group, in', 'security-group'],
  destination: ['Destination', 'server'],
}

/** `transit-gateway` -> `Transit gateway`, for gates without words of their own. */
const plain = (gate: string): string => gate.charAt(0).toUpperCase() + gate.slice(1).replaceAll('-', ' ')

export function gateTitle(gate: Hop['gate']): string {
  return GATES[gate]?.[0] ?? plain(gate)
}

export function gateGlyph(gate: Hop['gate']): GlyphName {
  return GATES[gate]?.[1] ?? 'route-table'
}

/** Where a gate stands, when its own name does not say it: `at PrivateA`. */
export function gatePlace({ gate, on }: Hop, nameOf: (id: string) => string): string {
  if (on === undefined) return ''
  if (gate === 'route-table' || gate.startsWith('nacl')) return ` at ${nameOf(on)}`
  return gate.startsWith('security-group') ? ` on ${nameOf(on)}` : ''
}
