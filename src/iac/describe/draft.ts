/** The document while it is being put together: logical ids for AWS's ids, resources, what was not understood. */
import type { Json, JsonObject, LogicalId, Scenario } from '../../model/scenario'
import type { Notes, Place } from './collect'

/** Properties as read; what is undefined or null is left out. */
export type Loose = { readonly [name: string]: Json | undefined }

interface Tagged {
  readonly Tags?: readonly { Key: string; Value?: string | null | undefined }[] | null | undefined
}

export interface Draft {
  readonly resources: Scenario['resources']
  readonly labels: { [id: LogicalId]: string }
  readonly notes: Notes
  /** AWS id, ARN, name or ENI id to the resource it means. */
  readonly known: Map<string, LogicalId>
  /** Gives an AWS thing its logical id; `name` is shown, else its Name tag, else the AWS id. */
  reserve(awsId: string, item?: Tagged, name?: string | null): LogicalId
  /** A logical id for what AWS gives none: an association, a route. */
  fresh(stem: string): LogicalId
  /** The resource of an AWS id; null when the files do not hold it. */
  find(awsId: string | null | undefined): LogicalId | null
  /** The same of several; those not held are left out. */
  all(awsIds: readonly (string | null | undefined)[] | null | undefined): LogicalId[]
  add(id: LogicalId, type: string, properties?: Loose, behavior?: Loose): void
}

const MAX_STEM = 80

/** `public-web01` -> `PublicWeb01`; null when nothing is left of it. */
export function pascal(text: string): string | null {
  const words = text
    .slice(0, 200)
    .normalize('NFKD')
    .match(/[A-Za-z0-9]+/g)
  const stem = (words ?? []).map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('')
  const letters = /^[A-Za-z]/.test(stem) ? stem : stem === '' ? '' : `N${stem}`
  return letters === '' ? null : letters.slice(0, MAX_STEM)
}

/** Tells things of one name apart: a VPC, its gateway and its table are often tagged alike. */
const KINDS: { readonly [prefix: string]: string } = {
  igw: 'Gateway',
  rtb: 'Routes',
  'tgw-rtb': 'Routes',
  'tgw-attach': 'Attachment',
  acl: 'Acl',
  sg: 'Group',
  eni: 'Interface',
  eipalloc: 'Address',
  vpce: 'Endpoint',
  pcx: 'Peering',
}

function kindOf(awsId: string): string {
  const prefix = /^(.+)-[0-9a-f]+$/.exec(awsId)?.[1] ?? ''
  return (Object.hasOwn(KINDS, prefix) ? KINDS[prefix] : pascal(prefix)) ?? ''
}

export function newDraft(notes: Notes): Draft {
  const resources: Scenario['resources'] = {}
  const labels: { [id: LogicalId]: string } = {}
  const known = new Map<string, LogicalId>()
  const taken = new Set<LogicalId>()
  const counts = new Map<string, number>()

  const fresh = (stem: string): LogicalId => {
    const base = pascal(stem) ?? 'Thing'
    let id = base
    let count = counts.get(base) ?? 1
    while (taken.has(id.toLowerCase())) id = `${base}${++count}`
    counts.set(base, count)
    taken.add(id.toLowerCase())
    return id
  }

  return {
    resources,
    labels,
    notes,
    known,
    fresh,
    reserve(awsId, item, name) {
      const before = known.get(awsId)
      if (before !== undefined) return before
      const tag = item?.Tags?.find(({ Key }) => Key === 'Name')?.Value
      const label = (name ?? tag ?? '').trim()
      const stem = label === '' ? null : pascal(label)
      const named = stem !== null && stem.length > 1
      const id = fresh(!named ? awsId : taken.has(stem.toLowerCase()) ? `${stem}${kindOf(awsId)}` : stem)
      known.set(awsId, id)
      labels[id] = (label === '' ? awsId : label).slice(0, 200)
      return id
    },
    find: (awsId) => (awsId === null || awsId === undefined ? null : (known.get(awsId) ?? null)),
    all: (awsIds) => (awsIds ?? []).flatMap((awsId) => (typeof awsId === 'string' ? (known.get(awsId) ?? []) : [])),
    add(id, type, properties = {}, behavior = {}) {
      const given = clean(behavior)
      resources[id] = {
        Type: type,
        Properties: clean(properties),
        ...(Object.keys(given).length === 0 ? {} : { Behavior: given }),
      }
    },
  }
}

/** Without what is absent. */
export function clean(loose: Loose): JsonObject {
  return Object.fromEntries(
    Object.entries(loose).filter((entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null),
  )
}

/** Text that is there and not empty. */
export const given = (text: string | null | undefined): string | undefined =>
  text === null || text === undefined || text === '' ? undefined : text

/** Where an item of AWS stands, as its folder says or its owner tells. */
export const whereabouts = (item: { OwnerId?: string | null | undefined; place: Place }): Loose => ({
  account: given(item.OwnerId) ?? item.place.account,
  region: item.place.region,
})
