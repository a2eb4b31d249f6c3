import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { properties, refs } from '../../network/read'
import { freeId, idsOf, taken, typeOf, withProperties } from '../edit'
import type { Connection, Connector, Refusal } from '../service'
import { stateChanges } from './instances/connectors'
import { joinConnectors } from './joins'
import {
  attachedTo,
  DEFAULT_ROUTE,
  destinationOf,
  ENDPOINT,
  INTERNET_GATEWAY,
  NAT,
  refOf,
  referring,
  ROUTE,
  ROUTE_ASSOCIATION,
  ROUTE_TABLE,
  routeTarget,
  SUBNET,
  subnetsOfTable,
  tableOf,
  TRANSIT,
  TRANSIT_ATTACHMENT,
  VPN_GATEWAY,
} from './topology'

/** Not a call: the wire stands for a line of a route table. */
const ROUTE_ACTION = 'ec2:Route'

/** Targets a route may be drawn to, and the property that names them. */
const PROPERTY: { readonly [type: string]: string } = {
  [INTERNET_GATEWAY]: 'GatewayId',
  [VPN_GATEWAY]: 'GatewayId',
  [NAT]: 'NatGatewayId',
  [TRANSIT]: 'TransitGatewayId',
}

type Change = { [id: LogicalId]: Resource | null }

/** subnet or route table -> internet gateway, NAT gateway: a Route, with a table for the subnet when it has none. */
export const routeConnector: Connector = {
  derive: (scenario) =>
    idsOf(ROUTE, scenario).flatMap((id) => {
      const route = scenario.resources[id]!
      const table = refOf(route, 'RouteTableId')
      const to = routeTarget(route)
      if (table === null || typeOf(to, scenario) === null) return []
      return subnetsOfTable(table, scenario).map((from): Connection => {
        const wire = { from, to: to!, action: ROUTE_ACTION }
        return { ...wire, resource: id, style: 'sync', label: destinationOf(route) }
      })
    }),
  accepts(from, to, scenario): true | Refusal | null {
    const target = typeOf(to, scenario)
    if (target === null || PROPERTY[target] === undefined) return null
    const source = typeOf(from, scenario)
    if (source !== SUBNET && source !== ROUTE_TABLE) return null
    return routeRefusal(from, to, scenario) ?? true
  },
  connect(from, to, scenario) {
    const { resources, table, said } = withTable(from, scenario)
    const id = freeId(`${from}DefaultRoute`, taken(scenario))
    const property = PROPERTY[typeOf(to, scenario) ?? ''] ?? 'GatewayId'
    const route = {
      Type: ROUTE,
      Properties: { RouteTableId: table, DestinationCidrBlock: DEFAULT_ROUTE, [property]: to },
    }
    const others = subnetsOfTable(table, scenario).filter((subnet) => subnet !== from)
    const shared = others.length === 0 ? '' : ` ${others.join(', ')} uses the same table.`
    return {
      resources: { ...resources, [id]: route },
      said: `${said}Added ${DEFAULT_ROUTE} -> ${to} to ${table}.${shared}`,
    }
  },
  disconnect({ resource, from, to }) {
    return {
      resources: resource === undefined ? {} : { [resource]: null },
      said: `Removed the route from ${from} to ${to}.`,
    }
  },
}

/** subnet or route table -> gateway endpoint: the table joins its RouteTableIds (NET-27). */
export const endpointConnector: Connector = {
  derive: (scenario) =>
    idsOf(ENDPOINT, scenario).flatMap((to) =>
      refs(properties(scenario.resources[to]!)['RouteTableIds']).flatMap((table) =>
        subnetsOfTable(table, scenario).map((from): Connection => ({ from, to, action: ROUTE_ACTION, style: 'sync' })),
      ),
    ),
  accepts(from, to, scenario): true | Refusal | null {
    if (typeOf(to, scenario) !== ENDPOINT) return null
    const source = typeOf(from, scenario)
    if (source !== SUBNET && source !== ROUTE_TABLE) return null
    if (properties(scenario.resources[to]!)['VpcEndpointType'] === 'Interface') {
      return { refused: `${to} is an interface endpoint: it has addresses in subnets and needs no route.` }
    }
    const vpc = refOf(scenario.resources[to], 'VpcId')
    if (vpc !== refOf(scenario.resources[from], 'VpcId'))
      return { refused: `${to} belongs to ${vpc}. Draw from a subnet of ${vpc}.` }
    const table = source === ROUTE_TABLE ? from : tableOf(from, scenario)
    if (table !== null && refs(properties(scenario.resources[to]!)['RouteTableIds']).includes(table)) {
      return { refused: `${table} has a route to ${to} already.` }
    }
    return true
  },
  connect(from, to, scenario) {
    const { resources, table, said } = withTable(from, scenario)
    const endpoint = scenario.resources[to]!
    const RouteTableIds = [...refs(properties(endpoint)['RouteTableIds']), table]
    return {
      resources: { ...resources, [to]: withProperties(endpoint, { RouteTableIds }) },
      said: `${said}${table} has a route to ${to} now.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const table = tableOf(from, scenario)
    const endpoint = scenario.resources[to]!
    const RouteTableIds = refs(properties(endpoint)['RouteTableIds']).filter((id) => id !== table)
    return {
      resources: { [to]: withProperties(endpoint, { RouteTableIds }) },
      said: `Removed the route from ${from} to ${to}.`,
    }
  },
}

function routeRefusal(from: LogicalId, to: LogicalId, scenario: Scenario): Refusal | null {
  const vpc = refOf(scenario.resources[from], 'VpcId')
  const table = typeOf(from, scenario) === ROUTE_TABLE ? from : tableOf(from, scenario)
  if (typeOf(to, scenario) === NAT) {
    const home = refOf(scenario.resources[to], 'SubnetId')
    if (home === null) return { refused: `${to} stands in no subnet. Drop it on a public one first.` }
    if (refOf(scenario.resources[home], 'VpcId') !== vpc)
      return { refused: `${to} stands in another VPC. Use a NAT gateway of ${vpc}.` }
    const served = table === null ? [from] : [from, ...subnetsOfTable(table, scenario)]
    if (served.includes(home)) {
      return {
        refused: `${to} stands in ${home}, which would route to itself. Draw from a private subnet with another table.`,
      }
    }
  } else if (typeOf(to, scenario) === TRANSIT) {
    const joined = idsOf(TRANSIT_ATTACHMENT, scenario).some(
      (id) =>
        refOf(scenario.resources[id], 'VpcId') === vpc && refOf(scenario.resources[id], 'TransitGatewayId') === to,
    )
    if (!joined) return { refused: `${to} has no attachment to ${vpc}. Draw ${vpc} -> ${to} first.` }
  } else if (vpc === null || !attachedTo(to, scenario).includes(vpc)) {
    return {
      refused: `${to} is not attached to ${vpc ?? 'a VPC'}. Drop it on the border of ${vpc ?? 'the VPC'} first.`,
    }
  }
  const routes = table === null ? [] : referring(ROUTE, 'RouteTableId', table, scenario)
  const known = routes.find((id) => destinationOf(scenario.resources[id]!) === DEFAULT_ROUTE)
  if (known === undefined) return null
  const target = routeTarget(scenario.resources[known]!)
  if (target === to) return { refused: `${table} sends ${DEFAULT_ROUTE} to ${to} already.` }
  return { refused: `${table} sends ${DEFAULT_ROUTE} to ${target}. Delete that route first.` }
}

/** The table to write to: of the subnet, the table itself, or a new one associated with the subnet. */
function withTable(from: LogicalId, scenario: Scenario): { resources: Change; table: LogicalId; said: string } {
  const known = typeOf(from, scenario) === ROUTE_TABLE ? from : tableOf(from, scenario)
  if (known !== null) return { resources: {}, table: known, said: '' }
  const table = freeId(`${from}Routes`, taken(scenario))
  const association = freeId(`${from}RouteAssociation`, taken(scenario))
  const vpc = refOf(scenario.resources[from], 'VpcId')
  return {
    resources: {
      [table]: { Type: ROUTE_TABLE, Properties: vpc === null ? {} : { VpcId: vpc } },
      [association]: { Type: ROUTE_ASSOCIATION, Properties: { SubnetId: from, RouteTableId: table } },
    },
    table,
    said: `Gave ${from} a route table. `,
  }
}

export const connectors: readonly Connector[] = [stateChanges, routeConnector, endpointConnector, ...joinConnectors]
