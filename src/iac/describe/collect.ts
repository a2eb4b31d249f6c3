/** Sorts the values of all files into lists by kind, each item checked and seen once. */
import { isObject } from '../../model/json'
import type { Json, JsonObject } from '../../model/scenario'
import type { Found } from './files'
import { ITEMS, OF_NO_USE, OTHER_NAMES, type Item, type ItemKey } from './raw'

export interface Place {
  readonly file: string
  /** From the folder's name, when it is an account or a region. */
  readonly account: string | null
  readonly region: string | null
}

export type Placed<K extends ItemKey> = Item<K> & { readonly place: Place }
export type Collected = { readonly [K in ItemKey]: Placed<K>[] }

/** What was not understood, in the reader's words; equal ones are counted. */
export class Notes {
  private readonly counts = new Map<string, number>()

  add(text: string): void {
    const short = text.length > 300 ? `${text.slice(0, 300)}...` : text
    if (this.counts.size < 1_000 || this.counts.has(short)) this.counts.set(short, (this.counts.get(short) ?? 0) + 1)
  }

  list(): string[] {
    return [...this.counts].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`))
  }
}

const REGION = /(?:^|[^a-z])([a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]{4,9}-\d)(?:[^\d]|$)/
const ACCOUNT = /(?:^|[^\d])(\d{12})(?:[^\d]|$)/
const TABLE = /tgw-rtb-[0-9a-f]+/
const PREFIX_LIST = /pl-[0-9a-f]+/

/** Lists AWS prints without the id they belong to; the file's name has to say it. */
const BY_FILE_NAME: {
  readonly [key: string]: { key: ItemKey; id: string; list: string; name: RegExp; example: string }
} = {
  Routes: tableList('TransitGatewayRoutes', 'Routes'),
  TransitGatewayRouteTablePropagations: tableList('TransitGatewayPropagations', 'TransitGatewayRouteTablePropagations'),
  Associations: tableList('TransitGatewayAssociations', 'Associations'),
  Entries: { key: 'PrefixLists', id: 'PrefixListId', list: 'Entries', name: PREFIX_LIST, example: 'pl-0123.json' },
}

function tableList(key: ItemKey, list: string) {
  return { key, id: 'TransitGatewayRouteTableId', list, name: TABLE, example: 'tgw-rtb-0123.json' }
}

/** Whether a value looks like what a describe call prints. */
export function isDescribeOutput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.hasOwn(value, 'coldstart'))
    return false
  return Object.keys(value).some(
    (key) =>
      Object.hasOwn(ITEMS, key) ||
      Object.hasOwn(OTHER_NAMES, key) ||
      key === 'Reservations' ||
      key === 'TransitGatewayRouteTablePropagations' ||
      key === 'TargetHealthDescriptions',
  )
}

export function collect(found: readonly Found[], notes: Notes): Collected {
  const all = Object.fromEntries(Object.keys(ITEMS).map((key) => [key, [] as unknown[]]))
  const seen = new Set<string>()
  for (const { file, value } of found) {
    const place: Place = { file, account: ACCOUNT.exec(file)?.[1] ?? null, region: REGION.exec(file)?.[1] ?? null }
    const take = (key: ItemKey, name: string, items: readonly Json[]): void => {
      items.forEach((item, index) => {
        const checked = ITEMS[key].safeParse(item)
        if (!checked.success) {
          const [issue] = checked.error.issues
          const path = issue === undefined || issue.path.length === 0 ? '' : ` ${issue.path.join('.')}`
          return notes.add(`${file}: ${name}[${index}] was left out:${path} is not as AWS prints it.`)
        }
        // the same thing is printed for several accounts, and twice in a paste
        const mark = identity(key, checked.data) ?? `${key} ${JSON.stringify(item)}`
        if (seen.has(mark)) return
        seen.add(mark)
        all[key]?.push({ ...checked.data, place })
      })
    }
    if (!isObject(value)) {
      notes.add(`${file}: a list without a name was not understood. Keep the whole output of the command.`)
      continue
    }
    collectValue(value, file, take, notes)
  }
  return all as unknown as Collected
}

type Take = (key: ItemKey, name: string, items: readonly Json[]) => void

function collectValue(value: JsonObject, file: string, take: Take, notes: Notes): void {
  const list = (key: string): Json[] => (Array.isArray(value[key]) ? value[key] : [])
  if (
    typeof value['VpcId'] === 'string' &&
    (isObject(value['EnableDnsSupport']) || isObject(value['EnableDnsHostnames']))
  )
    return take('VpcAttributes', 'attributes', [value])
  for (const key of Object.keys(value)) {
    if (OF_NO_USE.has(key)) continue
    if (key === 'NextToken') {
      if (value[key] !== null)
        notes.add(`${file}: the output goes on (NextToken). Leave out --max-items and --no-paginate.`)
      continue
    }
    const named = Object.hasOwn(BY_FILE_NAME, key) ? BY_FILE_NAME[key] : undefined
    const known = Object.hasOwn(ITEMS, key)
      ? (key as ItemKey)
      : Object.hasOwn(OTHER_NAMES, key)
        ? OTHER_NAMES[key]
        : undefined
    if (key === 'Reservations') take('Instances', 'Instances', list(key).flatMap(instancesOf))
    else if (key === 'LoadBalancerListeners' || key === 'Listeners')
      take('Listeners', key, list(key).flatMap(listenersOf))
    else if (known !== undefined) take(known, key, list(key))
    else if (named !== undefined) {
      const id = named.name.exec(file)?.[0]
      if (id === undefined)
        notes.add(`${file}: ${key} does not say whose it is. Name the file after it, as ${named.example}.`)
      else take(named.key, key, [{ [named.id]: id, [named.list]: list(key) }])
    } else if (key === 'TargetHealthDescriptions') {
      const group = value['TargetGroupArn'] ?? ''
      take('TargetHealth', key, [{ TargetGroupArn: group === '' ? '?' : group, TargetHealthDescriptions: list(key) }])
    } else if (key !== 'TargetGroupArn') notes.add(`${file}: ${key.slice(0, 80)} is not understood and was left out.`)
  }
}

function instancesOf(reservation: Json): Json[] {
  if (!isObject(reservation) || !Array.isArray(reservation['Instances'])) return []
  const owner = reservation['OwnerId']
  return reservation['Instances'].map((instance) =>
    isObject(instance) && typeof owner === 'string' ? { ...instance, OwnerId: owner } : instance,
  )
}

function listenersOf(item: Json): Json[] {
  if (!isObject(item) || !Array.isArray(item['Listeners'])) return [item]
  const arn = item['LoadBalancerArn'] ?? null
  return item['Listeners'].map((one) => (isObject(one) ? { LoadBalancerArn: arn, ...one } : one))
}

/** The id AWS made up, unique over accounts and regions. Lists of one table come in pages and are all kept. */
const IDS: { readonly [K in ItemKey]?: keyof Item<K> & string } = {
  Vpcs: 'VpcId',
  Subnets: 'SubnetId',
  RouteTables: 'RouteTableId',
  NetworkAcls: 'NetworkAclId',
  SecurityGroups: 'GroupId',
  Instances: 'InstanceId',
  NetworkInterfaces: 'NetworkInterfaceId',
  InternetGateways: 'InternetGatewayId',
  EgressOnlyInternetGateways: 'EgressOnlyInternetGatewayId',
  NatGateways: 'NatGatewayId',
  VpcEndpoints: 'VpcEndpointId',
  VpcPeeringConnections: 'VpcPeeringConnectionId',
  TransitGateways: 'TransitGatewayId',
  TransitGatewayVpcAttachments: 'TransitGatewayAttachmentId',
  TransitGatewayPeeringAttachments: 'TransitGatewayAttachmentId',
  TransitGatewayRouteTables: 'TransitGatewayRouteTableId',
  VpnConnections: 'VpnConnectionId',
  VpnGateways: 'VpnGatewayId',
  CustomerGateways: 'CustomerGatewayId',
  LoadBalancers: 'LoadBalancerArn',
  Listeners: 'ListenerArn',
  TargetGroups: 'TargetGroupArn',
  MountTargets: 'MountTargetId',
}

function identity(key: ItemKey, item: { readonly [field: string]: unknown }): string | null {
  const field = IDS[key]
  // a peering is printed by both of its gateways, each with its own route table
  if (key === 'TransitGatewayAttachments')
    return `${key} ${String(item['TransitGatewayAttachmentId'])} ${String(item['TransitGatewayId'])}`
  return field === undefined ? null : `${key} ${String(item[field])}`
}
