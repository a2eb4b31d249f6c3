import type { LogicalId, Scenario } from '../../model/scenario'
import { properties, refs } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import type { Problem } from '../service'
import {
  attachedTo,
  defaultRoute,
  ENDPOINT,
  FUNCTION,
  INTERNET_GATEWAY,
  isPublic,
  NAT,
  placeOf,
  refOf,
  ROUTE,
  routeTarget,
  SECURITY_GROUP,
  SUBNET,
  tableOf,
} from './topology'

/** NAT gateways that translate to nowhere, routes to doors of other VPCs. */
export function gatewayProblems(scenario: Scenario): Problem[] {
  const problems: Problem[] = []
  for (const id of idsOf(NAT, scenario)) {
    const subnet = refOf(scenario.resources[id], 'SubnetId')
    if (typeOf(subnet, scenario) !== SUBNET) {
      problems.push({
        severity: 'error',
        path: pointer(id, 'Properties', 'SubnetId'),
        message: `${id} stands in no subnet. Drop it on a public one.`,
      })
    } else if (properties(scenario.resources[id]!)['ConnectivityType'] !== 'private' && !isPublic(subnet!, scenario)) {
      const message = `${id} stands in ${subnet}, which has no route to an internet gateway. It cannot reach the internet. Draw ${subnet} -> internet gateway, or move ${id}.`
      problems.push({ severity: 'warning', path: pointer(id, 'Properties', 'SubnetId'), message })
    }
  }
  for (const id of idsOf(INTERNET_GATEWAY, scenario)) {
    if (attachedTo(id, scenario).length > 0) continue
    problems.push({
      severity: 'warning',
      path: pointer(id),
      message: `${id} is attached to no VPC. Drop it on the border of one.`,
    })
  }
  for (const id of idsOf(ROUTE, scenario)) {
    const route = scenario.resources[id]!
    const target = routeTarget(route)
    const table = refOf(route, 'RouteTableId')
    const vpc = refOf(table === null ? undefined : scenario.resources[table], 'VpcId')
    if (target === null || typeOf(target, scenario) !== INTERNET_GATEWAY || vpc === null) continue
    if (attachedTo(target, scenario).includes(vpc)) continue
    const message = `${id} leads to ${target}, which is not attached to ${vpc}. Drop ${target} on the border of ${vpc}.`
    problems.push({ severity: 'error', path: pointer(id, 'Properties', 'GatewayId'), message })
  }
  return problems
}

/** Functions in the wrong subnet, without a way out, or with security groups of another VPC. */
export function functionProblems(scenario: Scenario): Problem[] {
  return idsOf(FUNCTION, scenario).flatMap((id) => {
    const place = placeOf(scenario.resources[id])
    if (place === null) return []
    const problems = place.subnets.flatMap((subnet, index) => subnetProblems(id, subnet, index, scenario))
    const vpcs = new Set(place.subnets.map((subnet) => refOf(scenario.resources[subnet], 'VpcId')))
    if (vpcs.size > 1) {
      const path = pointer(id, 'Properties', 'VpcConfig', 'SubnetIds')
      problems.push({
        severity: 'error',
        path,
        message: `The subnets of ${id} lie in ${vpcs.size} VPCs. A function joins one VPC.`,
      })
    }
    const [vpc] = vpcs
    place.groups.forEach((group, index) => {
      const groupVpc = refOf(scenario.resources[group], 'VpcId')
      if (typeOf(group, scenario) !== SECURITY_GROUP || groupVpc === vpc) return
      const path = pointer(id, 'Properties', 'VpcConfig', 'SecurityGroupIds', index)
      const message = `${group} belongs to ${groupVpc}, the subnets of ${id} to ${vpc}. Use a security group of ${vpc}.`
      problems.push({ severity: 'error', path, message })
    })
    return problems
  })
}

function subnetProblems(id: LogicalId, subnet: LogicalId, index: number, scenario: Scenario): Problem[] {
  if (typeOf(subnet, scenario) !== SUBNET) return []
  const path = pointer(id, 'Properties', 'VpcConfig', 'SubnetIds', index)
  if (isPublic(subnet, scenario)) {
    const message = `${id} is in public subnet ${subnet}, but the interface of a function never gets a public IP: the internet stays out of reach. Use a private subnet with a NAT route.`
    return [{ severity: 'warning', path, message }]
  }
  if (defaultRoute(subnet, scenario) !== null || hasEndpoint(subnet, scenario)) return []
  const message = `${subnet} has no route out. ${id} reaches only what is in its VPC. Add a NAT route or an endpoint if it calls anything else.`
  return [{ severity: 'info', path, message }]
}

function hasEndpoint(subnet: LogicalId, scenario: Scenario): boolean {
  const table = tableOf(subnet, scenario)
  const vpc = refOf(scenario.resources[subnet], 'VpcId')
  return idsOf(ENDPOINT, scenario).some((id) => {
    const from = properties(scenario.resources[id]!)
    if (from['VpcEndpointType'] === 'Interface') return refOf(scenario.resources[id], 'VpcId') === vpc
    return table !== null && refs(from['RouteTableIds']).includes(table)
  })
}
