import { Plain } from '../../kernel/stateful'
import type { LogicalId } from '../../model/scenario'
import { toMicros } from '../../model/units'
import { hyperplaneEnis } from '../../network/hyperplaneEnis'
import type { Runtime, ServiceContext } from '../service'
import { createEnis } from './enis'
import { FUNCTION, placeOf } from './topology'

interface Needs {
  /** Keys of the interfaces a function needs, by resource index. A key without an address can never be built (NET-10). */
  readonly keys: ReadonlyMap<number, readonly string[]>
  readonly enis: ReadonlyMap<string, { subnet: LogicalId; address: string | null }>
}

/** Since September 2019: one interface per subnet and set of security groups, built when a function is configured (NET-3, NET-5). */
export function installHyperplane(context: ServiceContext): Runtime {
  const { kernel } = context
  const built = context.reason('vpc.eniBuilding')
  const full = context.reason('vpc.subnetFull')
  const functions = context.ids(FUNCTION)
  const isFunction = new Set(functions.map((id) => context.index(id)))
  const needs = kernel.part(new Plain<Needs>({ keys: new Map(), enis: new Map() }))
  const created = kernel.part(new Plain<ReadonlySet<number>>(new Set()))
  const enis = createEnis(context, 'vpc.eniCreation', (entity) => announce(enis.key(entity)))

  const read = (): Needs => {
    const found = hyperplaneEnis(context.scenario())
    const keys = new Map<number, string[]>()
    for (const id of functions) if (placeOf(context.scenario().resources[id]) !== null) keys.set(context.index(id), [])
    for (const eni of found) for (const id of eni.functions) keys.get(context.index(id))?.push(eni.id)
    return { keys, enis: new Map(found.map(({ id, subnet, address }) => [id, { subnet, address }])) }
  }
  const ready = (resource: number): boolean =>
    (needs.value.keys.get(resource) ?? []).every((key) => {
      const entity = enis.find(key)
      return entity >= 0 && enis.inUse(entity)
    })

  function announce(key: string): void {
    for (const [resource, keys] of needs.value.keys) {
      if (created.value.has(resource) && keys.includes(key) && ready(resource)) context.signal('vpc.ready', resource, 1)
    }
  }

  /** Builds what the function needs and nobody has built. */
  const build = (resource: number, exists: boolean): void => {
    let waits = false
    for (const key of needs.value.keys.get(resource) ?? []) {
      const known = enis.find(key)
      if (known >= 0) {
        enis.keep(known)
        continue
      }
      const { subnet, address } = needs.value.enis.get(key)!
      if (address === null) context.explain(full, resource, context.index(subnet))
      else {
        if (!exists && !waits) context.explain(built, resource, context.index(subnet), waitSeconds)
        waits = true
        enis.add({ key, subnet, label: address, owner: -1, exists })
      }
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
    const wanted = new Set([...needs.value.keys].flatMap(([other, keys]) => (created.value.has(other) ? keys : [])))
    for (const entity of enis.living()) if (!wanted.has(enis.key(entity))) enis.release(entity)
  }

  // a function that nobody calls for weeks is as if it did not exist yet, until it is called (NET-6)
  context.listen('vpc.idle', (resource) => {
    created.value = new Set([...created.value].filter((other) => other !== resource))
    releaseUnwanted()
  })
  context.listen('vpc.revived', (resource) => create(resource))
  context.publish('vpc.ready', (resource) => (ready(resource) ? 1 : 0))
  context.listen('vpc.changed', (resource) => {
    needs.value = read()
    if (!created.value.has(resource)) return
    build(resource, false)
    releaseUnwanted()
    if (ready(resource)) context.signal('vpc.ready', resource, 1)
  })

  return {
    start() {
      needs.value = read()
      const before = new Set<number>()
      for (const resource of isFunction) {
        const at = context.behavior(context.id(resource))['created']
        if (typeof at === 'number') kernel.after(toMicros(at), creating, resource)
        else before.add(resource)
      }
      created.value = before
      for (const resource of before) build(resource, true)
    },
  }
}
