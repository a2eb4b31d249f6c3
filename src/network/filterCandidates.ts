/** The rule a security group or network ACL lacks. */
import type { JsonObject } from '../model/scenario'
import { hasGatewayEndpoint } from './awsServices'
import type { Candidate } from './candidates'
import { serviceName } from './edits'
import { formatAddress, isRfc1918 } from './ipv4'
import { portsText, protocolName } from './read'
import type { Traced } from './trace'
import type { Network } from './types'

export function filterCandidates(network: Network, blocked: Traced): readonly Candidate[] {
  return blocked.code === 'SUBNET_ACL_RESTRICTION' ? aclEntry(network, blocked) : groupRule(network, blocked)
}

function groupRule(network: Network, blocked: Traced): readonly Candidate[] {
  const { at, need, protocol, to } = blocked
  const group = network.groups.get(at ?? '')
  if (group === undefined || need === null) return []
  const outbound = blocked.hops.at(-1)?.gate === 'security-group-out'
  const peerGroup = need.peerGroups.find((id) => network.groups.has(id))
  const service = outbound && to.kind === 'public' && to.service !== null && !isRfc1918(need.peer) ? to.service : null
  const rule: JsonObject = { IpProtocol: protocol === -1 ? '-1' : protocolName(protocol) }
  if (protocol !== -1)
    Object.assign(rule, protocol === 1 ? { FromPort: -1, ToPort: -1 } : { FromPort: need.low, ToPort: need.high })
  let peer: string
  if (peerGroup !== undefined) {
    peer = peerGroup
    rule[outbound ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId'] = peerGroup
  } else if (service !== null && hasGatewayEndpoint(service)) {
    peer = `the ${service} prefix list`
    rule.DestinationPrefixListId = serviceName(network, service)
  } else {
    // A host on the internet has no address of its own here, so one host's rule would be a made-up address.
    peer = isRfc1918(need.peer) ? `${formatAddress(need.peer)}/32` : '0.0.0.0/0'
    rule.CidrIp = peer
  }
  const property = outbound ? 'SecurityGroupEgress' : 'SecurityGroupIngress'
  const title = `Let ${group.id} ${outbound ? 'send' : 'accept'} ${portsText(protocol, need.low, need.high)} ${outbound ? 'to' : 'from'} ${peer}`
  return [{ title, kind: 'filter', edit: (draft) => draft.push(group.id, property, rule) }]
}

function aclEntry(network: Network, blocked: Traced): readonly Candidate[] {
  const { at, need, protocol } = blocked
  const acl = network.acls.get(at ?? '')
  if (acl === undefined || need === null) return []
  const egress = blocked.hops.at(-1)?.gate === 'nacl-out'
  const taken = new Set(acl[egress ? 'egress' : 'ingress'].map((entry) => entry.number))
  // Right before the deny that decided; after everything when that was the final one.
  let number = need.entry === null ? 100 : need.entry - 1
  while (taken.has(number)) number += need.entry === null ? 10 : -1
  const deny = blocked.hops.at(-1)?.via
  const remove: readonly Candidate[] =
    deny === undefined
      ? []
      : [{ title: `Remove the deny rule ${deny} of ${acl.id}`, kind: 'filter', edit: (draft) => draft.remove(deny) }]
  if (number < 1 || number > 32766) return remove
  const peer = isRfc1918(need.peer) ? `${formatAddress(need.peer)}/32` : '0.0.0.0/0'
  const ports: JsonObject = protocol === 6 || protocol === 17 ? { PortRange: { From: need.low, To: need.high } } : {}
  const entry: JsonObject = {
    NetworkAclId: acl.id,
    RuleNumber: number,
    Protocol: protocol,
    RuleAction: 'allow',
    Egress: egress,
    CidrBlock: peer,
    ...ports,
  }
  const title = `Let ${acl.id} pass ${portsText(protocol, need.low, need.high)} ${egress ? 'out to' : 'in from'} ${peer}`
  const edit: Candidate['edit'] = (draft) =>
    void draft.add(`${acl.id}Allow${number}`, 'AWS::EC2::NetworkAclEntry', entry)
  return [{ title, kind: 'filter', edit }, ...remove]
}
