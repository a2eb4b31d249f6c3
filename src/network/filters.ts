/** Security groups (stateful, allow-only, NET-23) and network ACLs (stateless, first match, NET-24). */
import type { LogicalId } from '../model/scenario'
import type { Cidr } from './ipv4'
import { contains } from './ipv4'
import type { Acl, AclEntry, GroupRule, Ports, SecurityGroup } from './types'

/** What a filter is asked: `peer` is the far address as the filter sees it. */
export interface Ask extends Ports {
  readonly protocol: number
  readonly peer: number
  /** Security groups of the far interface; empty once the packet came through a NAT or an internet gateway. */
  readonly peerGroups: readonly SecurityGroup[]
}

/** The first rule of any group that lets all of the asked ports through, or null. */
export function groupRule(
  groups: readonly SecurityGroup[],
  direction: 'ingress' | 'egress',
  ask: Ask,
): { readonly group: SecurityGroup; readonly rule: GroupRule } | null {
  for (const group of groups) {
    for (const rule of group[direction]) {
      if (rule.protocol !== -1 && rule.protocol !== ask.protocol) continue
      if (rule.low > ask.low || rule.high < ask.high) continue
      if (rule.group === null ? holds(rule.blocks, ask.peer) : hasGroup(ask.peerGroups, rule.group))
        return { group, rule }
    }
  }
  return null
}

// loops, because a matrix asks this a million times
function holds(blocks: readonly Cidr[], address: number): boolean {
  for (const block of blocks) if (contains(block, address)) return true
  return false
}

function hasGroup(groups: readonly SecurityGroup[], id: LogicalId): boolean {
  for (const group of groups) if (group.id === id) return true
  return false
}

export interface AclDecision {
  readonly allowed: boolean
  /** The entry that decided; null for the final `*` deny. */
  readonly entry: AclEntry | null
}

/**
 * Walks the entries in rule order. A range of ports passes only when every port of it does: a reply may come back to
 * any ephemeral port, and one that is denied is a call that hangs.
 */
export function aclDecision(acl: Acl, direction: 'ingress' | 'egress', ask: Omit<Ask, 'peerGroups'>): AclDecision {
  let open: Ports[] = [{ low: ask.low, high: ask.high }]
  for (const entry of acl[direction]) {
    if (!contains(entry.block, ask.peer)) continue
    const covers = entry.protocol === -1 || entry.protocol === ask.protocol
    if (entry.allow ? !covers : !covers && ask.protocol !== -1) continue
    const hit = open.some((ports) => entry.low <= ports.high && entry.high >= ports.low)
    if (!hit) continue
    if (!entry.allow) return { allowed: false, entry }
    if (open.length === 1 && entry.low <= ask.low && entry.high >= ask.high) return { allowed: true, entry }
    open = open.flatMap((ports) => without(ports, entry))
    if (open.length === 0) return { allowed: true, entry }
  }
  return { allowed: false, entry: null }
}

function without(ports: Ports, taken: Ports): Ports[] {
  const rest: Ports[] = []
  if (taken.low > ports.low) rest.push({ low: ports.low, high: Math.min(ports.high, taken.low - 1) })
  if (taken.high < ports.high) rest.push({ low: Math.max(ports.low, taken.high + 1), high: ports.high })
  return rest
}
