/** The property behind a hop: where a learner would go to change what it decided. */
import type { LogicalId, Scenario } from '../../../model/scenario'
import type { Hop, Query } from '../../../network'

export interface PropertyAt {
  readonly resource: LogicalId
  /** Null: the resource as a whole. */
  readonly property: string | null
}

const DOES: ReadonlySet<string> = new Set(['RuleAction', 'RouteTableIds', 'IpProtocol'])
/** Properties that name what a route leads to. */
const TARGET = /^(?!RouteTable|NetworkAcl|Destination|Group|Source).+Id$/

export function propertyAt(hop: Hop, query: Query, scenario: Scenario): PropertyAt | null {
  const has = (id: string | undefined): id is LogicalId => id !== undefined && Object.hasOwn(scenario.resources, id)
  const at = (resource: string | undefined, property: string | null): PropertyAt | null =>
    has(resource) ? { resource, property } : null
  const isFunction = has(query.from) && scenario.resources[query.from]?.Type === 'AWS::Lambda::Function'
  /** Subnets and groups of whoever sends. */
  const sender = (): PropertyAt | null => at(query.from, isFunction ? 'VpcConfig' : null)
  const isVpc = has(hop.resource) && scenario.resources[hop.resource]?.Type === 'AWS::EC2::VPC'
  if (has(hop.via)) return at(hop.via, propertyOfRule(hop.via, scenario))
  switch (hop.gate) {
    case 'function-state':
    case 'interface':
      return isFunction ? sender() : at(hop.resource, null)
    case 'security-group-out':
      return isVpc ? sender() : at(hop.resource, 'SecurityGroupEgress')
    case 'security-group-in':
      return isVpc ? at(query.to, null) : at(hop.resource, 'SecurityGroupIngress')
    case 'nat-gateway':
      return at(hop.resource, 'SubnetId')
    case 'endpoint':
      return at(hop.resource, 'RouteTableIds')
    case 'internet-gateway':
      // what is missing is a public address of the sender, or the gateway itself
      return !hop.passed && !isVpc && isFunction ? sender() : at(hop.resource, null)
    default:
      return at(hop.resource, null)
  }
}

/** Of a route, an ACL entry, a group rule or an endpoint: what it does, else where it leads. */
function propertyOfRule(id: LogicalId, scenario: Scenario): string | null {
  const names = Object.keys(scenario.resources[id]?.Properties ?? {})
  return names.find((name) => DOES.has(name)) ?? names.find((name) => TARGET.test(name)) ?? null
}
