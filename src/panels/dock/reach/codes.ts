/** Explanation codes in two words, and gates in one letter, for cells without room for a sentence. */
import type { Code, Hop } from '../../../network'

const WORDS: { readonly [code: string]: string } = {
  BAD_STATE: 'not available',
  BAD_STATE_ATTACHMENT: 'not attached',
  BAD_STATE_ROUTE: 'dead route',
  BAD_STATE_VPN: 'VPN down',
  DISCONNECTED_VPCS: 'other VPC',
  ELBV2_LISTENER_HAS_NO_TG: 'no targets',
  ELBV2_LISTENER_PORT_RESTRICTION: 'no listener',
  ELBV2_NO_TARGETS_IN_AZ: 'no targets',
  ENDPOINT_POLICY_DENIED: 'endpoint policy',
  ENI_ADDRESS_RESTRICTION: 'other address',
  ENI_SG_RULES_MISMATCH: 'security group',
  ENI_SOURCE_DEST_CHECK_RESTRICTION: 'source check',
  SG_HAS_NO_RULES: 'no rules',
  GATEWAY_REJECTS_SPOOFED_TRAFFIC: 'other source',
  HIGHER_PRIORITY_ROUTE: 'other route',
  IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS: 'private address',
  IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS: 'shared address',
  IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS: 'private address',
  IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS: 'no public IP',
  MORE_SPECIFIC_ROUTE: 'other route',
  NO_PATH: 'no path',
  NO_POSSIBLE_DESTINATION: 'takes no calls',
  NO_ROUTE_TO_DESTINATION: 'no route',
  NO_SOURCE_OR_DESTINATION: 'no interface',
  SUBNET_ACL_RESTRICTION: 'network ACL',
  TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION: 'no route table',
  TGW_BAD_STATE_VPN: 'VPN down',
  TGW_ROUTE_AZ_RESTRICTION: 'not in zone',
  TGW_RTB_BAD_STATE_ROUTE: 'dead route',
  TGW_RTB_HIGHER_PRIORITY_ROUTE: 'other route',
  TGW_RTB_MORE_SPECIFIC_ROUTE: 'other route',
  TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT: 'no route',
  VPCE_GATEWAY_PROTOCOL_RESTRICTION: 'TCP only',
  VPCE_SERVICE_NOT_INSTALLED_IN_AZ: 'not in zone',
}

export function codeWords(code: Code): string {
  return WORDS[code] ?? code.toLowerCase().replaceAll('_', ' ')
}

export const LETTERS = [
  ['I', 'interface or state'],
  ['S', 'security group'],
  ['A', 'network ACL'],
  ['R', 'route'],
  ['G', 'gateway'],
  ['D', 'destination'],
] as const

export function gateLetter(gate: Hop['gate']): (typeof LETTERS)[number][0] {
  if (gate === 'interface' || gate === 'function-state') return 'I'
  if (gate.startsWith('security-group')) return 'S'
  if (gate.startsWith('nacl')) return 'A'
  if (gate === 'route-table') return 'R'
  return gate === 'destination' ? 'D' : 'G'
}
