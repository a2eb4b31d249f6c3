/**
 * The packet walk once more, for tests only: slow, port by port and bit by bit, written from the fact sheet's rules and
 * sharing no code with the analysis. Covers one VPC: functions, a database, the internet, DynamoDB with its endpoint.
 */
import type { Json, JsonObject, Scenario } from '../model/scenario'

type Props = { [key: string]: Json }

const bits = (address: string) =>
  address
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('')

function inside(address: string, block: string): boolean {
  const [base = '', length = '32'] = block.split('/')
  return bits(address).slice(0, Number(length)) === bits(base).slice(0, Number(length))
}

export class Oracle {
  private readonly all: [string, string, Props][]

  constructor(document: Scenario) {
    this.all = Object.entries(document.resources).map(([id, { Type, Properties }]) => [
      id,
      Type.split('::').at(-1) ?? '',
      Properties ?? {},
    ])
  }

  private of(type: string): [string, Props][] {
    return this.all.filter((each) => each[1] === type).map(([id, , props]) => [id, props])
  }

  private props(id: string): Props {
    return this.all.find((each) => each[0] === id)?.[2] ?? {}
  }

  private table(subnet: string): string | undefined {
    const last = this.of('SubnetRouteTableAssociation').findLast(([, props]) => props.SubnetId === subnet)
    return last?.[1].RouteTableId as string | undefined
  }

  private attached(): unknown {
    return this.of('VPCGatewayAttachment')[0]?.[1].InternetGatewayId
  }

  /** Where the subnet's table sends the address: `local`, a gateway id, or null for a drop. */
  private next(subnet: string, to: string): string | null {
    if (inside(to, '10.0.0.0/16')) return 'local'
    const table = this.table(subnet)
    const matching: [number, string][] = []
    for (const [, props] of this.of('Route')) {
      const block = String(props.DestinationCidrBlock)
      if (props.RouteTableId !== table || !inside(to, block)) continue
      matching.push([Number(block.split('/')[1]), String(props.GatewayId ?? props.NatGatewayId)])
    }
    for (const [id, props] of this.of('VPCEndpoint')) {
      if ((props.RouteTableIds as Json[]).includes(table ?? null) && inside(to, '52.94.0.0/22')) matching.push([22, id])
    }
    const best = matching.sort((a, b) => b[0] - a[0])[0]?.[1]
    return best === undefined || this.all.every((each) => each[0] !== best) ? null : best
  }

  /** Do all of these ports pass the subnet's ACL in this direction? */
  private acl(subnet: string, egress: boolean, peer: string, ports: readonly number[]): boolean {
    const acl = this.of('SubnetNetworkAclAssociation').findLast(([, props]) => props.SubnetId === subnet)?.[1]
      .NetworkAclId
    if (acl === undefined) return true
    const entries = this.of('NetworkAclEntry')
      .map(([, props]) => props)
      .filter((props) => props.NetworkAclId === acl && props.Egress === egress)
      .sort((a, b) => Number(a.RuleNumber) - Number(b.RuleNumber))
    return ports.every((port) => {
      const first = entries.find((props) => {
        const range = props.PortRange as JsonObject | undefined
        const portMatches =
          props.Protocol === -1 || (props.Protocol === 6 && port >= Number(range?.From) && port <= Number(range?.To))
        return portMatches && inside(peer, String(props.CidrBlock))
      })
      return first?.RuleAction === 'allow'
    })
  }

  /** Every port of a range at which some ACL entry can change its mind. */
  private samples(low: number, high: number): number[] {
    const edges = this.of('NetworkAclEntry').flatMap(([, { PortRange }]) => {
      const range = PortRange as JsonObject | undefined
      return range === undefined
        ? []
        : [Number(range.From) - 1, Number(range.From), Number(range.To), Number(range.To) + 1]
    })
    return [low, high, ...edges].filter((port) => port >= low && port <= high)
  }

  private group(id: string, list: string, port: number, peer: string, peerGroup: string | null): boolean {
    const rules = this.props(id)[list] as JsonObject[] | undefined
    if (rules === undefined) return list === 'SecurityGroupEgress'
    return rules.some((rule) => {
      const portMatches =
        rule.IpProtocol === '-1' ||
        (rule.IpProtocol === 'tcp' && port >= Number(rule.FromPort) && port <= Number(rule.ToPort))
      const group = rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId
      return portMatches && (group === undefined ? inside(peer, String(rule.CidrIp)) : group === peerGroup)
    })
  }

  /** A function's interface at `address` in `subnet`, with security group AppSg. */
  reaches(subnet: string, address: string, target: { to: string; port: number; subnet?: string }): boolean {
    const { to, port } = target
    const ephemeral = this.samples(1024, 65535)
    if (!this.group('AppSg', 'SecurityGroupEgress', port, to, target.subnet === undefined ? null : 'DbSg')) return false
    if (target.subnet === subnet) return this.group('DbSg', 'SecurityGroupIngress', port, address, 'AppSg')
    if (!this.acl(subnet, true, to, [port]) || !this.acl(subnet, false, to, ephemeral)) return false
    const hop = this.next(subnet, to)
    if (target.subnet !== undefined) {
      return (
        hop === 'local' &&
        this.acl(target.subnet, false, address, [port]) &&
        this.acl(target.subnet, true, address, ephemeral) &&
        this.group('DbSg', 'SecurityGroupIngress', port, address, 'AppSg')
      )
    }
    if (hop === null) return false
    if (this.of('VPCEndpoint').some(([id]) => id === hop)) return true
    const nat = this.of('NatGateway').find(([id]) => id === hop)
    if (nat === undefined) return false
    const home = String(nat[1].SubnetId)
    const crossing =
      home === subnet || (this.acl(home, false, address, [port]) && this.acl(home, true, address, ephemeral))
    const onward = this.next(home, to)
    const out =
      (onward === this.attached() && onward !== undefined) || this.of('VPCEndpoint').some(([id]) => id === onward)
    return crossing && out && this.acl(home, true, to, [port]) && this.acl(home, false, to, ephemeral)
  }
}
