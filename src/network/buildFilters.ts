/** Normalises security groups and network ACLs of a document. */
import type { JsonObject, LogicalId, Scenario } from '../model/scenario'
import type { Cidr } from './ipv4'
import { cidr, parseCidr } from './ipv4'
import type { Lists } from './prefixLists'
import { flag, integer, list, object, portsText, properties, protocolNumber, ref, text } from './read'
import type { Acl, AclEntry, GroupRule, Ports, SecurityGroup } from './types'

const ANYWHERE: Cidr = cidr(0, 0)
const ALL: Ports = { low: 0, high: 65535 }

const ALL_OUT: GroupRule = {
  id: null,
  protocol: -1,
  blocks: [ANYWHERE],
  group: null,
  ...ALL,
  text: 'all traffic to 0.0.0.0/0',
}

/** The group a VPC gives what names none: admits its own members, lets everything out. */
export function defaultGroup(vpc: LogicalId): SecurityGroup {
  const members: GroupRule = {
    id: null,
    protocol: -1,
    blocks: [],
    group: vpc,
    ...ALL,
    text: 'all traffic from its own members',
  }
  return { id: vpc, implicit: true, ingress: [members], egress: [ALL_OUT] }
}

/** The ACL of subnets that name none: allows everything (NET-24). */
export function defaultAcl(vpc: LogicalId): Acl {
  const all: AclEntry = {
    id: null,
    number: 100,
    allow: true,
    protocol: -1,
    block: ANYWHERE,
    ...ALL,
    text: '100 allows all traffic',
  }
  return { id: vpc, implicit: true, ingress: [all], egress: [all] }
}

/**
 * Security groups by id. Without SecurityGroupEgress and without egress rule resources a group lets everything out; an
 * empty list means what it says, no rule (CloudFormation needs a placeholder rule to reach that state).
 */
export function buildGroups(scenario: Scenario, lists: Lists): Map<LogicalId, SecurityGroup> {
  const groups = new Map<LogicalId, SecurityGroup>()
  const open = new Set<LogicalId>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    if (resource.Type !== 'AWS::EC2::SecurityGroup') continue
    const { SecurityGroupIngress: ingress, SecurityGroupEgress: egress } = properties(resource)
    if (egress === undefined) open.add(id)
    groups.set(id, { id, implicit: false, ingress: rules(ingress, 'from', lists), egress: rules(egress, 'to', lists) })
  }
  for (const [id, resource] of Object.entries(scenario.resources)) {
    const direction =
      resource.Type === 'AWS::EC2::SecurityGroupIngress'
        ? 'ingress'
        : resource.Type === 'AWS::EC2::SecurityGroupEgress'
          ? 'egress'
          : null
    if (direction === null) continue
    const group = groups.get(ref(properties(resource).GroupId) ?? '')
    const rule = groupRule(properties(resource), direction === 'ingress' ? 'from' : 'to', id, lists)
    if (group === undefined || rule === null) continue
    group[direction].push(rule)
    if (direction === 'egress') open.delete(group.id)
  }
  for (const id of open) groups.get(id)?.egress.push(ALL_OUT)
  return groups
}

function rules(value: JsonObject[string] | undefined, preposition: 'from' | 'to', lists: Lists): GroupRule[] {
  return list(value)
    .map((rule) => groupRule(object(rule), preposition, null, lists))
    .filter((rule) => rule !== null)
}

function groupRule(rule: JsonObject, preposition: 'from' | 'to', id: LogicalId | null, lists: Lists): GroupRule | null {
  const protocol = protocolNumber(rule.IpProtocol)
  if (protocol === null) return null
  const ports = portRange(protocol, rule.FromPort, rule.ToPort)
  const group = ref(rule.SourceSecurityGroupId) ?? ref(rule.DestinationSecurityGroupId)
  const address = text(rule.CidrIp)
  const block = address === null ? null : parseCidr(address)
  const prefix = ref(rule.DestinationPrefixListId) ?? ref(rule.SourcePrefixListId)
  const blocks = block !== null ? [block] : prefix === null ? [] : lists(prefix)
  const peer = group ?? address ?? prefix ?? text(rule.CidrIpv6) ?? 'nowhere'
  return {
    id,
    protocol,
    blocks,
    group,
    ...ports,
    text: `${portsText(protocol, ports.low, ports.high)} ${preposition} ${peer}`,
  }
}

/** Without ports, or for protocols that have none, a rule covers all. */
function portRange(protocol: number, from: JsonObject[string] | undefined, to: JsonObject[string] | undefined): Ports {
  const low = integer(from)
  const high = integer(to) ?? low
  if ((protocol !== 6 && protocol !== 17) || low === null || high === null || low < 0) return ALL
  return { low, high: high < 0 ? 65535 : high }
}

/** Network ACLs by id, entries in rule order. */
export function buildAcls(scenario: Scenario): Map<LogicalId, Acl> {
  const acls = new Map<LogicalId, Acl>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    if (resource.Type === 'AWS::EC2::NetworkAcl') acls.set(id, { id, implicit: false, ingress: [], egress: [] })
  }
  for (const [id, resource] of Object.entries(scenario.resources)) {
    if (resource.Type !== 'AWS::EC2::NetworkAclEntry') continue
    const props = properties(resource)
    const acl = acls.get(ref(props.NetworkAclId) ?? '')
    const entry = aclEntry(id, props)
    if (acl !== undefined && entry !== null) acl[flag(props.Egress) === true ? 'egress' : 'ingress'].push(entry)
  }
  for (const acl of acls.values()) {
    acl.ingress.sort((a, b) => a.number - b.number)
    acl.egress.sort((a, b) => a.number - b.number)
  }
  return acls
}

function aclEntry(id: LogicalId, props: JsonObject): AclEntry | null {
  const number = integer(props.RuleNumber)
  const protocol = protocolNumber(props.Protocol)
  const block = parseCidr(text(props.CidrBlock) ?? '')
  if (number === null || protocol === null || block === null) return null
  const range = object(props.PortRange)
  const ports = portRange(protocol, range.From, range.To)
  const allow = text(props.RuleAction) === 'allow'
  const what = `${portsText(protocol, ports.low, ports.high)} ${flag(props.Egress) === true ? 'to' : 'from'} ${text(props.CidrBlock) ?? ''}`
  return { id, number, allow, protocol, block, ...ports, text: `${number} ${allow ? 'allows' : 'denies'} ${what}` }
}
