/**
 * The walk between networks once more, for tests only: recursive, on bit strings, port by port, and straight from the fact sheet. Shares no
 * code with the analysis. Covers instances in several VPCs, peering, a transit gateway with tables, NAT, internet and VPN gateways,
 * prefix lists, security groups and ACLs; TCP 443, replies to Linux ports (or any port of a NAT gateway).
 */
import type { Json, JsonObject, Scenario } from '../model/scenario'

interface Sent {
  readonly src: string
  readonly dst: string
  readonly ports: readonly number[]
  readonly replyPorts: readonly number[]
  /** Group of the sender while it is known. */
  readonly group: string | null
  readonly back: boolean
}

const bits = (address: string): string =>
  address
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('')

export function inside(address: string, block: string): boolean {
  const [base = '', length = '32'] = block.split('/')
  return bits(address).startsWith(bits(base).slice(0, Number(length)))
}

const longest = <T extends { block: string; rank: number }>(routes: readonly T[], to: string): T | undefined =>
  routes
    .filter(({ block }) => inside(to, block))
    .sort((a, b) => Number(b.block.split('/')[1]) - Number(a.block.split('/')[1]) || a.rank - b.rank)[0]

export class RemoteOracle {
  private readonly all: JsonObject
  private readonly document: Scenario
  private readonly sessions: { nat: string; sent: Sent }[] = []
  private origin = ''

  constructor(document: Scenario) {
    this.document = document
    this.all = Object.fromEntries(Object.entries(document.resources).map(([id, each]) => [id, each.Properties ?? {}]))
  }

  private p(id: unknown): JsonObject {
    return (this.all[String(id)] ?? {}) as JsonObject
  }

  private of(type: string): [string, JsonObject][] {
    return Object.entries(this.document.resources)
      .filter(([, each]) => each.Type === `AWS::EC2::${type}`)
      .map(([id]) => [id, this.p(id)])
  }

  private has(id: unknown): boolean {
    return this.all[String(id)] !== undefined
  }

  private status(id: string): Json | undefined {
    return this.document.resources[id]?.Behavior?.['status'] ?? this.document.resources[id]?.Behavior?.['state']
  }

  private list(id: unknown): string[] {
    return ((this.p(id)['Entries'] ?? []) as JsonObject[]).map((entry) => String(entry['Cidr']))
  }

  /** From an instance to an address; `null` for a group nobody has. */
  reaches(from: string, to: string): boolean {
    const me = this.p(from)
    const subnet = String(me['SubnetId'])
    const src = String(me['PrivateIpAddress'])
    this.origin = src
    const group = (me['SecurityGroupIds'] as string[])[0]!
    const holder = this.holder(to)
    const peer = holder === null ? null : ((this.p(holder)['SecurityGroupIds'] as string[])[0] ?? null)
    if (!this.admits(group, 'SecurityGroupEgress', to, peer)) return false
    return this.leave(
      { src, dst: to, ports: [443], replyPorts: this.edges(32_768, 60_999), group, back: false },
      subnet,
      0,
    )
  }

  private holder(address: string): string | null {
    return this.of('Instance').find(([, props]) => props['PrivateIpAddress'] === address)?.[0] ?? null
  }

  private admits(group: string, side: string, peer: string, peerGroup: string | null): boolean {
    const rules = this.p(group)[side] as JsonObject[] | undefined
    if (rules === undefined) return side === 'SecurityGroupEgress'
    return rules.some((rule) => {
      const named = rule['SourceSecurityGroupId'] ?? rule['DestinationSecurityGroupId']
      const listed = rule['SourcePrefixListId'] ?? rule['DestinationPrefixListId']
      if (Number(rule['FromPort']) > 443 || Number(rule['ToPort']) < 443) return false
      if (named !== undefined) return named === peerGroup
      return (listed === undefined ? [String(rule['CidrIp'])] : this.list(listed)).some((block) => inside(peer, block))
    })
  }

  /** Ports at which an ACL may change its mind. */
  private edges(low: number, high: number): number[] {
    const ports = this.of('NetworkAclEntry').flatMap(([, { PortRange }]) => {
      const range = PortRange as JsonObject | undefined
      return range === undefined
        ? []
        : [Number(range['From']) - 1, Number(range['From']), Number(range['To']), Number(range['To']) + 1]
    })
    return [low, high, ...ports].filter((port) => port >= low && port <= high)
  }

  private acl(subnet: string, egress: boolean, sent: Sent): boolean {
    const used = this.of('SubnetNetworkAclAssociation').find(([, props]) => props['SubnetId'] === subnet)?.[1][
      'NetworkAclId'
    ]
    if (used === undefined) return true
    const entries = this.of('NetworkAclEntry')
      .map(([, props]) => props)
      .filter((props) => props['NetworkAclId'] === used && props['Egress'] === egress)
      .sort((a, b) => Number(a['RuleNumber']) - Number(b['RuleNumber']))
    return sent.ports.every((port) => {
      const first = entries.find((props) => {
        const range = props['PortRange'] as JsonObject | undefined
        const fits = range === undefined || (port >= Number(range['From']) && port <= Number(range['To']))
        return fits && inside(egress ? sent.dst : sent.src, String(props['CidrBlock']))
      })
      return first?.['RuleAction'] === 'allow'
    })
  }

  private routes(subnet: string): { block: string; rank: number; to: JsonObject }[] {
    const table = this.of('SubnetRouteTableAssociation').find(([, props]) => props['SubnetId'] === subnet)?.[1][
      'RouteTableId'
    ]
    const vpc = String(this.p(subnet)['VpcId'])
    const local = { block: String(this.p(vpc)['CidrBlock']), rank: 0, to: {} }
    const written = this.of('Route')
      .filter(([, props]) => props['RouteTableId'] === table)
      .flatMap(([, props]) => {
        const listed = props['DestinationPrefixListId']
        const blocks = listed === undefined ? [String(props['DestinationCidrBlock'])] : this.list(listed)
        return blocks.map((block) => ({ block, rank: listed === undefined ? 1 : 2, to: props }))
      })
    const spread = this.of('VPNGatewayRoutePropagation')
      .filter(([, props]) => (props['RouteTableIds'] as Json[]).includes(table ?? null))
      .flatMap(([, props]) =>
        this.networks(String(props['VpnGatewayId'])).map((block) => ({
          block,
          rank: 3,
          to: { GatewayId: props['VpnGatewayId'] ?? null },
        })),
      )
    return [local, ...written, ...spread]
  }

  /** Networks on premises behind a VPN gateway. */
  private networks(gateway: string): string[] {
    const vpns = this.of('VPNConnection').filter(([, props]) => props['VpnGatewayId'] === gateway)
    return vpns.flatMap(([id]) =>
      this.of('VPNConnectionRoute').flatMap(([, props]) =>
        props['VpnConnectionId'] === id ? [String(props['DestinationCidrBlock'])] : [],
      ),
    )
  }

  private attached(gateway: unknown, vpc: string): boolean {
    return this.of('VPCGatewayAttachment').some(
      ([, props]) =>
        props['VpcId'] === vpc && (props['InternetGatewayId'] === gateway || props['VpnGatewayId'] === gateway),
    )
  }

  private leave(sent: Sent, subnet: string, depth: number): boolean {
    if (depth > 20) return false
    if (inside(sent.dst, String(this.p(subnet)['CidrBlock']))) return this.arrive(sent, subnet, depth)
    return this.acl(subnet, true, sent) && this.forward(sent, subnet, depth)
  }

  private forward(sent: Sent, subnet: string, depth: number): boolean {
    const route = longest(this.routes(subnet), sent.dst)
    const vpc = String(this.p(subnet)['VpcId'])
    if (route === undefined) return false
    if (route.rank === 0) return this.deliver(sent, vpc, subnet, depth)
    const { GatewayId, NatGatewayId, TransitGatewayId, VpcPeeringConnectionId } = route.to
    if (inside(sent.dst, String(this.p(vpc)['CidrBlock']))) return false
    if (VpcPeeringConnectionId !== undefined) return this.peer(sent, vpc, String(VpcPeeringConnectionId), depth)
    if (TransitGatewayId !== undefined) return this.transit(sent, vpc, subnet, depth)
    if (NatGatewayId !== undefined) return this.nat(sent, subnet, String(NatGatewayId), depth)
    if (!this.has(GatewayId) || !this.attached(GatewayId, vpc)) return false
    if (String(GatewayId).startsWith('Vgw'))
      return (
        this.networks(String(GatewayId)).some((block) => inside(sent.dst, block)) &&
        (sent.back || this.returned(sent, ['vpc', vpc]))
      )
    // an internet gateway: only a NAT gateway has a public address here
    const nat = this.of('NatGateway').find(([id]) => this.address(id) === sent.src)
    if (nat === undefined || inside(sent.dst, '10.0.0.0/8') || inside(sent.dst, '192.168.0.0/16')) return false
    return !sent.back && this.returned(sent, ['vpc', vpc])
  }

  private address(nat: string): string {
    return String(this.p(nat)['PrivateIpAddress'])
  }

  private peer(sent: Sent, vpc: string, id: string, depth: number): boolean {
    const { VpcId, PeerVpcId } = this.p(id)
    if (!this.has(id) || this.status(id) !== 'active' || (VpcId !== vpc && PeerVpcId !== vpc)) return false
    const far = String(VpcId === vpc ? PeerVpcId : VpcId)
    if (!inside(sent.dst, String(this.p(far)['CidrBlock'])) || !inside(sent.src, String(this.p(vpc)['CidrBlock'])))
      return false
    return this.deliver(sent, far, null, depth)
  }

  private nat(sent: Sent, subnet: string, id: string, depth: number): boolean {
    if (!this.has(id) || sent.back || this.p(this.p(id)['SubnetId'])['VpcId'] !== this.p(subnet)['VpcId']) return false
    const home = String(this.p(id)['SubnetId'])
    const onward = longest(this.routes(home), sent.dst)
    if (onward === undefined || onward.rank === 0 || onward.to['NatGatewayId'] !== undefined) return false
    if (home !== subnet && !this.acl(home, false, sent)) return false
    this.sessions.push({ nat: id, sent })
    const beyond = { ...sent, src: this.address(id), replyPorts: this.edges(1_024, 65_535), group: null }
    return this.acl(home, true, beyond) && this.forward(beyond, home, depth + 1)
  }

  private transit(sent: Sent, vpc: string, subnet: string, depth: number): boolean {
    const attachments = this.of('TransitGatewayAttachment')
    const zone = this.p(subnet)['AvailabilityZone']
    const doors = (id: string): string[] => this.p(id)['SubnetIds'] as string[]
    const by = attachments.find(([, props]) => props['VpcId'] === vpc)?.[0]
    const door = by === undefined ? undefined : doors(by).find((each) => this.p(each)['AvailabilityZone'] === zone)
    if (by === undefined || door === undefined || !this.acl(door, false, sent)) return false
    const table = this.of('TransitGatewayRouteTableAssociation').find(
      ([, props]) => props['TransitGatewayAttachmentId'] === by,
    )
    const mine = (props: JsonObject): boolean =>
      table !== undefined && props['TransitGatewayRouteTableId'] === table[1]['TransitGatewayRouteTableId']
    const learnt = this.of('TransitGatewayRouteTablePropagation')
      .filter(([, props]) => mine(props))
      .map(([, { TransitGatewayAttachmentId: to }]) => ({
        block: String(this.p(this.p(to)['VpcId'])['CidrBlock']),
        rank: 3,
        to,
      }))
    const written = this.of('TransitGatewayRoute')
      .filter(([, props]) => mine(props))
      .map(([, props]) => ({
        block: String(props['DestinationCidrBlock']),
        rank: 1,
        to: props['TransitGatewayAttachmentId'],
      }))
    const next = longest([...written, ...learnt], sent.dst)?.to
    if (next === undefined || !this.has(next)) return false
    const out = doors(String(next))
    const exit = out.find((each) => this.p(each)['AvailabilityZone'] === zone) ?? out[0]
    return exit !== undefined && this.leave({ ...sent, group: null }, exit, depth + 1)
  }

  private deliver(sent: Sent, vpc: string, from: string | null, depth: number): boolean {
    const subnet = this.of('Subnet').find(
      ([, props]) => props['VpcId'] === vpc && inside(sent.dst, String(props['CidrBlock'])),
    )?.[0]
    if (subnet === undefined || (subnet !== from && !this.acl(subnet, false, sent))) return false
    return this.arrive(sent, subnet, depth)
  }

  private arrive(sent: Sent, subnet: string, depth: number): boolean {
    if (sent.back) {
      const at = this.sessions.findLastIndex(({ nat }) => this.address(nat) === sent.dst)
      if (at < 0) return sent.dst === this.origin
      const [session] = this.sessions.splice(at, 1)
      const inner = { ...sent, dst: session!.sent.src, ports: session!.sent.replyPorts }
      return this.leave(inner, String(this.p(session!.nat)['SubnetId']), depth + 1)
    }
    const holder = this.holder(sent.dst)
    if (holder === null) return false
    const group = (this.p(holder)['SecurityGroupIds'] as string[])[0]!
    return this.admits(group, 'SecurityGroupIngress', sent.src, sent.group) && this.returned(sent, ['subnet', subnet])
  }

  private returned(sent: Sent, [at, place]: readonly ['subnet' | 'vpc', string]): boolean {
    const reply: Sent = {
      src: sent.dst,
      dst: sent.src,
      ports: sent.replyPorts,
      replyPorts: sent.ports,
      group: null,
      back: true,
    }
    return at === 'subnet' ? this.leave(reply, place, 0) : this.deliver(reply, place, null, 0)
  }
}
