/** Routes, endpoints and what joins networks: what AWS refuses, and what leads nowhere. */
import type { LogicalId, Scenario } from '../../model/scenario'
import { overlaps } from '../../network/ipv4'
import { hasGatewayEndpoint, serviceOfName } from '../../network/awsServices'
import { properties, ref, refs, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import type { Problem } from '../service'
import { blocksOf } from './addresses'
import { ATTACHMENT, ENDPOINT, INSTANCE, PEERING, refOf, ROUTE, ROUTE_TARGETS, SECURITY_GROUP, VPC } from './topology'

const error = (path: string, message: string): Problem => ({ severity: 'error', path, message })

export function joinProblems(scenario: Scenario): Problem[] {
  return [
    ...idsOf(ROUTE, scenario).flatMap((id) => routeProblems(id, scenario)),
    ...idsOf(PEERING, scenario).flatMap((id) => peeringProblems(id, scenario)),
    ...idsOf(ENDPOINT, scenario).flatMap((id) => endpointProblems(id, scenario)),
    ...TRANSIT.flatMap((type) => idsOf(type, scenario)).flatMap((id) => zoneProblems(id, scenario, 'An attachment')),
    ...idsOf(INSTANCE, scenario).flatMap((id) => instanceProblems(id, scenario)),
    ...idsOf(ATTACHMENT, scenario).flatMap((id) => {
      const { InternetGatewayId, VpnGatewayId } = properties(scenario.resources[id]!)
      if ((ref(InternetGatewayId) === null) !== (ref(VpnGatewayId) === null)) return []
      return [error(pointer(id), `${id} attaches an internet gateway or a VPN gateway. Name one of them.`)]
    }),
  ]
}

const TRANSIT = ['AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment']

function routeProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const props = properties(scenario.resources[id]!)
  const to = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'].filter(
    (name) => props[name] !== undefined,
  )
  const targets = ROUTE_TARGETS.filter((name) => ref(props[name]) !== null)
  const problems: Problem[] = []
  if (to.length !== 1)
    problems.push(
      error(
        pointer(id),
        `${id} is for ${to.length === 0 ? 'no destination' : to.join(' and ')}. Name one of a block and a prefix list.`,
      ),
    )
  if (targets.length > 1)
    problems.push(
      error(
        pointer(id),
        `${id} leads to ${targets.map((name) => ref(props[name])).join(' and ')}. A route leads to one.`,
      ),
    )
  if (targets.length === 0)
    problems.push({ severity: 'warning', path: pointer(id), message: `${id} leads nowhere. Name a gateway in it.` })
  return problems
}

function peeringProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const [a, b] = [refOf(scenario.resources[id], 'VpcId'), refOf(scenario.resources[id], 'PeerVpcId')]
  const path = pointer(id, 'Properties', 'PeerVpcId')
  if (a !== null && a === b) return [error(path, `${id} joins ${a} with itself. Name another VPC.`)]
  if (typeOf(a, scenario) !== VPC || typeOf(b, scenario) !== VPC) return []
  const common = blocksOf(a!, scenario).some((one) => blocksOf(b!, scenario).some((other) => overlaps(one, other)))
  if (!common) return []
  return [
    error(
      path,
      `${a} and ${b} use the same addresses. AWS refuses to peer VPCs whose blocks overlap. Give one another block.`,
    ),
  ]
}

function endpointProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const props = properties(scenario.resources[id]!)
  const service = serviceOfName(text(props['ServiceName']) ?? '')
  const path = pointer(id, 'Properties', 'VpcEndpointType')
  if (text(props['VpcEndpointType']) === 'Interface') {
    if (refs(props['SubnetIds']).length > 0) return zoneProblems(id, scenario, 'An interface endpoint')
    const message = `${id} has no subnet, so it has no interface. Name a subnet in each zone that calls ${service}.`
    return [{ severity: 'warning', path: pointer(id), message }]
  }
  if ((text(props['VpcEndpointType']) ?? 'Gateway') !== 'Gateway' || service === '' || hasGatewayEndpoint(service))
    return []
  const fix = {
    title: 'Make it an interface endpoint',
    patches: [{ op: 'replace' as const, path, value: 'Interface' }],
  }
  const message = `Gateway endpoints lead to S3 and DynamoDB, not to ${service}. Make ${id} an interface endpoint.`
  return [{ severity: 'error', path, message, ...(props['VpcEndpointType'] === undefined ? {} : { fix }) }]
}

/** One subnet in each zone. */
function zoneProblems(id: LogicalId, scenario: Scenario, what: string): Problem[] {
  const zones = new Map<string, LogicalId>()
  return refs(properties(scenario.resources[id]!)['SubnetIds']).flatMap((subnet, index) => {
    const zone = text(scenario.resources[subnet]?.Properties?.['AvailabilityZone'])
    const other = zone === null ? undefined : zones.get(zone)
    if (zone !== null) zones.set(zone, subnet)
    if (other === undefined) return []
    const path = pointer(id, 'Properties', 'SubnetIds', index)
    return [
      error(path, `${other} and ${subnet} of ${id} are both in zone ${zone}. ${what} takes one subnet in a zone.`),
    ]
  })
}

function instanceProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const vpc = refOf(scenario.resources[refOf(scenario.resources[id], 'SubnetId') ?? ''], 'VpcId')
  if (vpc === null) return []
  return refs(properties(scenario.resources[id]!)['SecurityGroupIds']).flatMap((group, index) => {
    const home = refOf(scenario.resources[group], 'VpcId')
    if (typeOf(group, scenario) !== SECURITY_GROUP || home === vpc) return []
    const path = pointer(id, 'Properties', 'SecurityGroupIds', index)
    return [error(path, `${group} belongs to ${home}, ${id} to ${vpc}. Use a security group of ${vpc}.`)]
  })
}
