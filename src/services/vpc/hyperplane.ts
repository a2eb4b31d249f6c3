import { evaluate, statementsOf } from '../../iam'
import { Plain } from '../../kernel/stateful'
import type { LogicalId } from '../../model/scenario'
import { toMicros } from '../../model/units'
import { hyperplaneEnis } from '../../network/hyperplaneEnis'
import { list, object, properties } from '../../network/read'
import { ENI_FAILURES, INTERFACE_ACTIONS, type EniFailure } from '../eni-failures'
import type { Runtime, ServiceContext } from '../service'
import { createEnis } from './enis'
import { FUNCTION, placeOf, refOf } from './topology'

interface Needs {
  /** Keys of the interfaces a function needs, by resource index. A key without an address can never be built (NET-10). */
  readonly keys: ReadonlyMap<number, readonly string[]>
  readonly enis: ReadonlyMap<string, { subnet: LogicalId; address: string | null }>
}

export interface Hyperplane extends Runtime {
  /** Calls at once over the interface of this key: beyond `most` for each, Lambda adds one (NET-4). */
  carry(key: string, calls: number): void
}

/** The combination an interface serves: those added for more connections have `#2`, `#3` after it. */
const combination = (key: string): string => key.split('#')[0]!

/** Since September 2019: one interface per subnet and set of security groups, built when a function is configured (NET-3, NET-5). */
export function installHyperplane(context: ServiceContext): Hyperplane {
  const { kernel } = context
  const built = context.reason('vpc.eniBuilding')
  const more = context.reason('vpc.eniAdded')
  const told: { readonly [failure in EniFailure]: number } = {
    SubnetOutOfIPAddresses: context.reason('vpc.SubnetOutOfIPAddresses'),
    EniLimitExceeded: context.reason('vpc.EniLimitExceeded'),
    InsufficientRolePermissions: context.reason('vpc.InsufficientRolePermissions'),
  }
  const most = context.number('vpc.eniConnections')
  const quota = context.number('vpc.eniQuota')
  const functions = context.ids(FUNCTION)
  const versions = context.ids('AWS::Lambda::Version')
  /** Resource indices of a function and its versions. */
  const familyOf = (resource: number): number[] => [
    resource,
    ...versions.filter((id) => context.properties(id)['FunctionName'] === context.id(resource)).map(context.index),
  ]
  const needs = kernel.part(new Plain<Needs>({ keys: new Map(), enis: new Map() }))
  const created = kernel.part(new Plain<ReadonlySet<number>>(new Set()))
  /** Number of the failure (from 1) of functions whose interfaces cannot be built. */
  const failed = kernel.part(new Plain<ReadonlyMap<number, number>>(new Map()))
  /** Keys each function uses while newer ones are still being built. */
  const serving = kernel.part(new Plain<ReadonlyMap<number, readonly string[]>>(new Map()))
  const enis = createEnis(context, 'vpc.eniCreation', (entity) => announce(enis.key(entity)))

  const read = (): Needs => {
    const scenario = context.scenario()
    const resources = { ...scenario.resources }
    // a published version holds the interfaces of the configuration it was published with
    for (const id of versions) {
      const { Behavior, Properties } = resources[id]!
      const { complete, Properties: kept } = object(object(Behavior)['snapshot'])
      const ofFunction = complete === true ? undefined : resources[String(Properties?.['FunctionName'])]?.Properties
      const VpcConfig = object(kept)['VpcConfig'] ?? ofFunction?.['VpcConfig'] ?? null
      delete resources[id]
      resources[id] = { Type: FUNCTION, Properties: { VpcConfig } }
    }
    const found = hyperplaneEnis({ ...scenario, resources })
    const keys = new Map<number, string[]>()
    for (const id of [...functions, ...versions]) if (placeOf(resources[id]) !== null) keys.set(context.index(id), [])
    for (const eni of found) for (const id of eni.functions) keys.get(context.index(id))?.push(eni.id)
    return { keys, enis: new Map(found.map(({ id, subnet, address }) => [id, { subnet, address }])) }
  }
  const keysOf = (resource: number): readonly string[] => needs.value.keys.get(resource) ?? []
  const ready = (resource: number): boolean =>
    keysOf(resource).every((key) => {
      const entity = enis.find(key)
      return entity >= 0 && enis.inUse(entity)
    })
  const vpcOf = (subnet: LogicalId): LogicalId | null => refOf(context.scenario().resources[subnet], 'VpcId')

  function announce(key: string): void {
    for (const [resource, keys] of needs.value.keys) {
      if (created.value.has(resource) && keys.includes(key) && ready(resource)) context.signal('vpc.ready', resource, 1)
    }
  }

  const mayBuild = (resource: number): boolean => {
    const role = refOf(context.scenario().resources[context.id(resource)], 'Role')
    const document = role === null ? undefined : context.scenario().resources[role]
    // what a managed policy says is not in the document
    if (document === undefined || list(properties(document)['ManagedPolicyArns']).length > 0) return true
    const statements = statementsOf(document)
    return INTERFACE_ACTIONS.every((action) => evaluate({ statements, action, resource: ['*'] }).allowed)
  }
  /** What stands against building these, and the subnet it concerns. */
  const obstacle = (resource: number, missing: readonly string[]): [EniFailure, LogicalId] | null => {
    const subnetOf = (key: string): LogicalId => needs.value.enis.get(key)!.subnet
    if (missing.length === 0) return null
    if (!mayBuild(resource)) return ['InsufficientRolePermissions', subnetOf(missing[0]!)]
    const full = missing.find((key) => needs.value.enis.get(key)!.address === null)
    if (full !== undefined) return ['SubnetOutOfIPAddresses', subnetOf(full)]
    const vpc = vpcOf(subnetOf(missing[0]!))
    const there = enis.living().filter((entity) => vpcOf(context.id(enis.subnet(entity))) === vpc).length
    return there + missing.length > quota ? ['EniLimitExceeded', subnetOf(missing[0]!)] : null
  }

  /** Builds what the function needs and nobody has built; all of it or nothing. */
  const build = (resource: number, exists: boolean): void => {
    const missing = keysOf(resource).filter((key) => {
      const known = enis.find(key)
      if (known >= 0) enis.keep(known)
      return known < 0
    })
    const against = obstacle(resource, missing)
    const others = [...failed.value].filter(([other]) => other !== resource)
    if (against !== null) {
      const number = ENI_FAILURES.indexOf(against[0]) + 1
      failed.value = new Map([...others, [resource, number]])
      context.explain(told[against[0]], resource, context.index(against[1]), quota)
      context.signal('vpc.failed', resource, number)
      return
    }
    if (failed.value.size > others.length) failed.value = new Map(others)
    let waits = false
    for (const key of missing) {
      const { subnet, address } = needs.value.enis.get(key)!
      if (!exists && !waits) context.explain(built, resource, context.index(subnet), waitSeconds)
      waits = true
      enis.add({ key, subnet, label: address!, owner: -1, exists })
    }
  }
  const fact = context.fact('vpc.eniCreation')
  const waitSeconds = typeof fact === 'number' ? fact : 0

  const create = (resource: number): void => {
    created.value = new Set([...created.value, resource])
    build(resource, false)
    if (ready(resource)) context.signal('vpc.ready', resource, 1)
  }
  const creating = kernel.handler(create)

  /** Lets go what no function that exists needs. */
  const releaseUnwanted = (): void => {
    const wanted = new Set(
      [...needs.value.keys, ...serving.value].flatMap(([other, keys]) => (created.value.has(other) ? keys : [])),
    )
    for (const entity of enis.living()) if (!wanted.has(combination(enis.key(entity)))) enis.release(entity)
  }

  // a function that nobody calls for weeks is as if it did not exist yet, until it is called (NET-6)
  context.listen('vpc.idle', (resource) => {
    const family = familyOf(resource)
    created.value = new Set([...created.value].filter((other) => !family.includes(other)))
    releaseUnwanted()
  })
  context.listen('vpc.revived', (resource) => familyOf(resource).forEach(create))
  context.publish('vpc.ready', (resource) => (ready(resource) ? 1 : 0))
  context.publish('vpc.failed', (resource) => failed.value.get(resource) ?? 0)
  // time until all that it needs is there (µs)
  context.publish('vpc.readyIn', (resource) =>
    keysOf(resource).reduce((longest, key) => {
      const entity = enis.find(key)
      return entity < 0 || enis.inUse(entity) ? longest : Math.max(longest, enis.readyAt(entity) - kernel.now)
    }, 0),
  )
  context.listen('vpc.changed', (resource) => {
    needs.value = read()
    if (!created.value.has(resource)) return
    build(resource, false)
    // until an update is through, the old interfaces serve
    if (ready(resource)) context.signal('vpc.ready', resource, 1)
  })
  context.listen('vpc.ready', (resource) => {
    serving.value = new Map([...serving.value, [resource, keysOf(resource)]])
    releaseUnwanted()
  })

  return {
    start() {
      needs.value = read()
      const before = new Set<number>()
      for (const id of functions) {
        const at = context.behavior(id)['created']
        for (const resource of familyOf(context.index(id)))
          if (typeof at === 'number') kernel.after(toMicros(at), creating, resource)
          else before.add(resource)
      }
      created.value = before
      for (const resource of before) build(resource, true)
      serving.value = new Map(needs.value.keys)
    },
    carry(key, calls) {
      if (calls <= most) return
      const mine = enis.living().filter((entity) => combination(enis.key(entity)) === key)
      const first = mine[0]
      if (first === undefined || calls <= most * mine.length) return
      const subnet = context.id(enis.subnet(first))
      context.explain(more, enis.subnet(first), -1, most)
      enis.add({
        key: `${key}#${mine.length + 1}`,
        subnet,
        label: `connections beyond ${most * mine.length}`,
        owner: -1,
        exists: false,
      })
    },
  }
}
