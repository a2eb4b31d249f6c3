import { Table } from '../../kernel/columns'
import { Plain } from '../../kernel/stateful'
import type { LogicalId } from '../../model/scenario'
import type { ServiceContext } from '../service'
import { eniMachine } from './machine'
import { refOf, SUBNET, VPC } from './topology'

export interface Eni {
  /** Tells interfaces apart that exist at the same time: `eni:subnet:groups`, or its number in the old model. */
  readonly key: string
  readonly subnet: LogicalId
  /** What is written on it. */
  readonly label: string
  /** Resource index of the function it belongs to; -1 when functions share it. */
  readonly owner: number
  /** Built before the run. */
  readonly exists: boolean
  /** Offset of its address in the subnet, where the caller keeps count of it; 0 otherwise. */
  readonly offset?: number
}

/** Interfaces Lambda owns, drawn in their subnets, with a count per VPC. */
export interface Enis {
  add(eni: Eni): number
  /** Entity with this key that is not gone, -1 when there is none. */
  find(key: string): number
  /** Makes sure that one being deleted stays. */
  keep(entity: number): void
  release(entity: number): void
  inUse(entity: number): boolean
  /** When it will be in use (µs). */
  readyAt(entity: number): number
  /** Entities that are not gone. */
  living(): number[]
  key(entity: number): string
  owner(entity: number): number
  subnet(entity: number): number
  offset(entity: number): number
}

/** `creation`: fact with the time to build one. `announce` is called when one becomes usable. */
export function createEnis(context: ServiceContext, creation: string, announce: (entity: number) => void): Enis {
  const { kernel } = context
  const table = kernel.part(new Table(16))
  const subnetOf = table.i32(-1)
  const vpcOf = table.i32(-1)
  const ownerOf = table.i32(-1)
  const offsetOf = table.i32()
  const alive = table.u8()
  const readyAt = table.f64()
  /** Keys and labels by entity. */
  const names = kernel.part(new Plain<readonly { key: string; label: string }[]>([]))
  const counts = kernel.part(new Table(8))
  const count = counts.i32()
  const building = context.sampler(context.fact(creation), 'Vpc', 'eni-creation')
  const deleting = context.sampler(context.fact('vpc.eniDeletion'), 'Vpc', 'eni-deletion')

  const vpcs = context.ids(VPC).map((id) => ({
    show: context.level(context.index(id), 'eni', 'NetworkInterfaces'),
    created: kernel.metrics.series(id, 'NetworkInterfacesCreated', 'count'),
    row: counts.add(),
    resource: context.index(id),
  }))
  const rowOfSubnet = new Map(
    context.ids(SUBNET).map((id) => {
      const vpc = refOf(context.scenario().resources[id], 'VpcId')
      return [id, vpcs.findIndex(({ resource }) => vpc !== null && context.id(resource) === vpc)]
    }),
  )
  const step = (row: number, change: number): void => {
    const vpc = vpcs[row]
    if (vpc === undefined) return
    count.data[vpc.row] = count.data[vpc.row]! + change
    vpc.show(count.data[vpc.row]!)
  }

  const life = context.lifecycle({
    entities: table,
    machine: eniMachine,
    implementation: {
      actions: {
        announce,
        discard(entity) {
          step(vpcOf.data[entity]!, -1)
          table.remove(entity)
        },
      },
      delays: { creation: (entity) => readyAt.data[entity]! - kernel.now, deletion: deleting },
    },
    drawn: { owner: (entity) => subnetOf.data[entity]!, label: (entity) => names.value[entity]!.label },
    value: (entity, state) => (state === PENDING ? readyAt.data[entity]! : 0),
  })
  const PENDING = life.code('pending')
  const IN_USE = life.code('inUse')
  const DELETING = life.code('deleting')
  const EXISTS = life.event('EXISTS')
  const RELEASE = life.event('RELEASE')
  const NEED = life.event('NEED')

  const living = (): number[] => {
    const found: number[] = []
    for (let entity = 0; entity < table.size; entity++) if (alive.data[entity] === 1) found.push(entity)
    return found
  }

  return {
    add({ key, subnet, label, owner, exists, offset }) {
      const entity = table.add()
      const row = rowOfSubnet.get(subnet) ?? -1
      alive.data[entity] = 1
      subnetOf.data[entity] = context.index(subnet)
      vpcOf.data[entity] = row
      ownerOf.data[entity] = owner
      offsetOf.data[entity] = offset ?? 0
      readyAt.data[entity] = exists ? kernel.now : kernel.now + building()
      const next = names.value.slice()
      next[entity] = { key, label }
      names.value = next
      life.drawn.born(entity)
      life.start(entity)
      if (exists) life.send(entity, EXISTS)
      else if (row >= 0) kernel.metrics.count(vpcs[row]!.created)
      step(row, 1)
      return entity
    },
    find: (key) => living().find((entity) => names.value[entity]!.key === key) ?? -1,
    keep: (entity) => {
      if (life.state.data[entity] === DELETING) life.send(entity, NEED)
    },
    release: (entity) => {
      life.send(entity, RELEASE)
    },
    inUse: (entity) => life.state.data[entity] === IN_USE,
    readyAt: (entity) => readyAt.data[entity]!,
    living,
    key: (entity) => names.value[entity]!.key,
    owner: (entity) => (life.state.data[entity] === DELETING ? -1 : ownerOf.data[entity]!),
    subnet: (entity) => subnetOf.data[entity]!,
    offset: (entity) => offsetOf.data[entity]!,
  }
}
