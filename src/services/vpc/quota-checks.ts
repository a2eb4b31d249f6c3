/** Quotas (NET-29, NET-23, NET-24). Most can be raised in AWS, so going over one is a warning; what is fixed is an error. */
import type { Json, LogicalId, Scenario } from '../../model/scenario'
import { integer, list, object, properties, ref, text } from '../../network/read'
import { idsOf, pointer } from '../edit'
import type { Problem } from '../service'
import {
  ACL,
  ACL_ENTRY,
  ATTACHMENT,
  EIP,
  INSTANCE,
  INTERFACE,
  NAT,
  PREFIX_LIST,
  refOf,
  referring,
  ROUTE,
  ROUTE_TABLE,
  SECURITY_GROUP,
  subnetsOf,
  VPC,
} from './topology'

const VPCS = 5
const SUBNETS = 200
const TABLES = 200
const ROUTES = 500
const ACLS = 200
const ENTRIES = 20
/** The most a network ACL can be raised to. */
const MOST_ENTRIES = 40
const GROUPS = 2_500
const RULES = 60
const EIPS = 5
const NATS = 5
const GROUPS_OF_ONE = 5

const warning = (path: string, message: string): Problem => ({ severity: 'warning', path, message })

type Owned = (id: LogicalId) => readonly LogicalId[]

/** Resources of a type by what their property names, found in one pass. */
function owned(type: string, name: string, scenario: Scenario): Owned {
  const found = new Map<LogicalId | null, LogicalId[]>()
  for (const id of idsOf(type, scenario)) {
    const owner = refOf(scenario.resources[id], name)
    const known = found.get(owner)
    if (known === undefined) found.set(owner, [id])
    else known.push(id)
  }
  return (id) => found.get(id) ?? []
}

export function networkQuotaProblems(scenario: Scenario): Problem[] {
  const routes = owned(ROUTE, 'RouteTableId', scenario)
  const entries = owned(ACL_ENTRY, 'NetworkAclId', scenario)
  const rules = {
    Ingress: owned('AWS::EC2::SecurityGroupIngress', 'GroupId', scenario),
    Egress: owned('AWS::EC2::SecurityGroupEgress', 'GroupId', scenario),
  }
  return [
    ...regional(scenario),
    ...idsOf(VPC, scenario).flatMap((id) => ofVpc(id, scenario)),
    ...idsOf(ROUTE_TABLE, scenario).flatMap((id) => {
      const count = routes(id).length
      return count <= ROUTES ? [] : [warning(pointer(id), `${id} has ${count} routes. The quota is ${ROUTES}.`)]
    }),
    ...idsOf(ACL, scenario).flatMap((id) => ofAcl(id, entries(id), scenario)),
    ...idsOf(SECURITY_GROUP, scenario).flatMap((id) => ofGroup(id, rules, scenario)),
    ...[...idsOf(INSTANCE, scenario), ...idsOf(INTERFACE, scenario)].flatMap((id) => ofInterface(id, scenario)),
  ]
}

/** An import may hold several accounts and regions; each has its own quotas. */
function regional(scenario: Scenario): Problem[] {
  const problems: Problem[] = []
  const count = (type: string, most: number, what: string): void => {
    const places = new Map<string, LogicalId[]>()
    for (const id of idsOf(type, scenario)) {
      const { account, region } = object(scenario.resources[id]?.Behavior)
      const place = `${text(account) ?? ''} ${text(region) ?? ''}`
      places.set(place, [...(places.get(place) ?? []), id])
    }
    for (const ids of places.values())
      if (ids.length > most)
        problems.push(
          warning(pointer(ids[most]!), `${ids.length} ${what} in one region. The quota is ${most}; ask AWS for more.`),
        )
  }
  count(VPC, VPCS, 'VPCs')
  count(EIP, EIPS, 'Elastic IPs')
  count(SECURITY_GROUP, GROUPS, 'security groups')
  const zones = new Map<string, LogicalId[]>()
  for (const id of idsOf(NAT, scenario)) {
    const subnet = refOf(scenario.resources[id], 'SubnetId')
    const zone = text(properties(scenario.resources[subnet ?? ''] ?? { Type: '' })['AvailabilityZone']) ?? ''
    const account = text(object(scenario.resources[id]?.Behavior)['account']) ?? ''
    zones.set(`${zone} ${account}`, [...(zones.get(`${zone} ${account}`) ?? []), id])
  }
  for (const [zone, ids] of zones)
    if (ids.length > NATS)
      problems.push(
        warning(pointer(ids[NATS]!), `${ids.length} NAT gateways in zone ${zone.trim()}. The quota is ${NATS}.`),
      )
  return problems
}

function ofVpc(id: LogicalId, scenario: Scenario): Problem[] {
  const problems: Problem[] = []
  const counts = [
    [subnetsOf(id, scenario).length, SUBNETS, 'subnets'],
    [referring(ROUTE_TABLE, 'VpcId', id, scenario).length, TABLES, 'route tables'],
    [referring(ACL, 'VpcId', id, scenario).length, ACLS, 'network ACLs'],
  ] as const
  for (const [count, most, what] of counts)
    if (count > most) problems.push(warning(pointer(id), `${id} has ${count} ${what}. The quota is ${most}.`))
  for (const property of ['InternetGatewayId', 'VpnGatewayId']) {
    const attached = referring(ATTACHMENT, 'VpcId', id, scenario).filter(
      (each) => refOf(scenario.resources[each], property) !== null,
    )
    if (attached.length < 2) continue
    const gateways = attached.map((each) => refOf(scenario.resources[each], property)).join(' and ')
    const message = `${id} has ${gateways} attached. A VPC takes one. Remove ${attached[1]}.`
    const fix = { title: `Remove ${attached[1]}`, patches: [{ op: 'remove' as const, path: pointer(attached[1]!) }] }
    problems.push({ severity: 'error', path: pointer(attached[1]!), message, fix })
  }
  return problems
}

function ofAcl(id: LogicalId, entries: readonly LogicalId[], scenario: Scenario): Problem[] {
  const problems: Problem[] = []
  for (const way of [false, true]) {
    const mine = entries.filter((entry) => (properties(scenario.resources[entry]!)['Egress'] === true) === way)
    const side = way ? 'outbound' : 'inbound'
    if (mine.length > ENTRIES) {
      const severity = mine.length > MOST_ENTRIES ? 'error' : 'warning'
      const message = `${id} has ${mine.length} ${side} rules. The quota is ${ENTRIES}, and ${MOST_ENTRIES} the most AWS gives.`
      problems.push({ severity, path: pointer(id), message })
    }
    const numbers = new Map<number | null, LogicalId>()
    for (const entry of mine) {
      const number = integer(properties(scenario.resources[entry]!)['RuleNumber'])
      const other = numbers.get(number)
      if (other !== undefined)
        problems.push({
          severity: 'error',
          path: pointer(entry, 'Properties', 'RuleNumber'),
          message: `${other} is ${side} rule ${number} of ${id} already. Give ${entry} another number.`,
        })
      numbers.set(number, entry)
    }
  }
  return problems
}

/** A rule that names a prefix list counts as many times as the list has room. */
function ofGroup(
  id: LogicalId,
  extra: { readonly Ingress: Owned; readonly Egress: Owned },
  scenario: Scenario,
): Problem[] {
  const weigh = (rule: Json | undefined): number => {
    const { SourcePrefixListId, DestinationPrefixListId } = object(rule)
    const name = ref(SourcePrefixListId) ?? ref(DestinationPrefixListId)
    const prefixes = name === null || !Object.hasOwn(scenario.resources, name) ? undefined : scenario.resources[name]
    if (prefixes?.Type !== PREFIX_LIST) return 1
    const { MaxEntries, Entries } = properties(prefixes)
    return integer(MaxEntries) ?? Math.max(1, list(Entries).length)
  }
  return (['Ingress', 'Egress'] as const).flatMap((way) => {
    const inline = list(properties(scenario.resources[id]!)[`SecurityGroup${way}`])
    const rules = [...inline, ...extra[way](id).map((each) => scenario.resources[each]!.Properties)]
    const count = rules.reduce<number>((sum, rule) => sum + weigh(rule), 0)
    const side = way === 'Ingress' ? 'inbound' : 'outbound'
    return count <= RULES ? [] : [warning(pointer(id), `${id} has ${count} ${side} rules. The quota is ${RULES}.`)]
  })
}

function ofInterface(id: LogicalId, scenario: Scenario): Problem[] {
  const { SecurityGroupIds, GroupSet } = properties(scenario.resources[id]!)
  const count = list(SecurityGroupIds ?? GroupSet).length
  if (count <= GROUPS_OF_ONE) return []
  return [warning(pointer(id), `${id} has ${count} security groups. The quota is ${GROUPS_OF_ONE} for an interface.`)]
}
