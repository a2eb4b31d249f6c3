import { Table } from '../../kernel/columns'
import type { Sampler } from '../../kernel/sampler'
import { Outcome } from '../../model/recording'
import type { Duration, Json, LogicalId, Resource } from '../../model/scenario'
import { MICROS } from '../../model/units'
import { object, properties, text } from '../../network/read'
import { FILE_SYSTEM } from '../file-systems'
import type { Content, Runtime, ServiceContext } from '../service'
import { Files } from './files'

const MIB = 2 ** 20

interface System {
  readonly id: LogicalId
  readonly resource: number
  readonly files: Files
  latency: Sampler
  /** MiB a second all mounts share; Infinity with elastic throughput. */
  shared: number
  readonly reads: number
  readonly writes: number
  readonly connections: (value: number) => void
  readonly stored: (value: number) => void
}

const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)

/** File systems: each call takes its latency and the time its bytes need, then reads or writes one file that all mounts see. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { metrics } = kernel
  const missing = context.reason('efs.missing')
  const noRoot = context.reason('efs.noRoot')
  const slow = context.reason('efs.slow')
  const replaced = context.reason('efs.replaced')
  const perClient = context.number('efs.clientThroughput')
  const readShare = context.number('efs.readShare')
  const mounting = context.sampler(context.fact('efs.mount'), 'efs', 'mount')
  const table = kernel.part(new Table(8))
  const mounted = table.i32()
  /** Until when the shared throughput is taken (µs). */
  const busy = table.f64()
  const rowOf: number[] = []

  const latencyOf = (id: LogicalId, { Behavior }: Resource): Sampler =>
    context.sampler((Behavior?.['latency'] as Duration | undefined) ?? context.fact('efs.latency'), id, 'latency')
  const sharedOf = (resource: Resource): number => {
    const { ThroughputMode, ProvisionedThroughputInMibps } = properties(resource)
    if (ThroughputMode === 'provisioned') return number(ProvisionedThroughputInMibps) || 1
    return ThroughputMode === 'elastic' ? Infinity : context.number('efs.burstThroughput')
  }

  const systems = context.ids(FILE_SYSTEM).map((id): System => {
    const resource = context.index(id)
    const document = context.scenario().resources[id]!
    rowOf[resource] = table.add()
    return {
      id,
      resource,
      files: kernel.part(new Files()),
      latency: latencyOf(id, document),
      shared: sharedOf(document),
      reads: metrics.series(id, 'DataReadIOBytes', 'count', 'None'),
      writes: metrics.series(id, 'DataWriteIOBytes', 'count', 'None'),
      connections: context.level(resource, 'connections', 'ClientConnections'),
      stored: context.level(resource, 'stored', 'StorageBytes'),
    }
  })
  const at = (request: number): System => systems[rowOf[calls.target(request)]!]!

  const connect = (resource: number, change: number): void => {
    const row = rowOf[resource]!
    mounted.data[row] = mounted.data[row]! + change
    systems[row]!.connections(mounted.data[row])
  }
  // environments of provisioned concurrency that are there when the run begins, and all that end
  context.listen('efs.connected', connect)

  const write = (system: System, path: string, size: number, content: Json): void => {
    const { files, resource } = system
    if (files.get(path) !== undefined) context.explain(replaced, resource, -1, size)
    files.put(path, { size, content, at: kernel.now })
    system.stored(files.size() * MIB)
  }

  const answering = kernel.handler((request) => {
    const system = at(request)
    const { body } = payloads.get(calls.payload(request))
    const path = text(body['path']) ?? ''
    if (body['size'] !== undefined) {
      const size = number(body['size'])
      metrics.count(system.writes, size * MIB)
      write(system, path, size, body['content'] ?? null)
      return calls.answer(request, Outcome.ok)
    }
    const file = system.files.get(path)
    if (file === undefined) {
      context.explain(missing, system.resource)
      return calls.answer(request, Outcome.error)
    }
    metrics.count(system.reads, file.size * MIB)
    calls.answer(request, Outcome.ok)
  })
  const mountingDone = kernel.handler((request) => {
    const { files, resource } = at(request)
    // what is mounted says so: no root, or one that is made, or is there
    const root = text(payloads.get(calls.payload(request)).body['root'])
    if (root !== null && !files.has(root)) {
      context.explain(noRoot, resource)
      return calls.answer(request, Outcome.error)
    }
    connect(resource, 1)
    calls.answer(request, Outcome.ok)
  })

  /** µs until the bytes have moved: at the pace of one mount, and behind what others move through a shared throughput. */
  const transfer = (system: System, size: number, reads: boolean): number => {
    const alone = (size / perClient) * MICROS
    if (system.shared === Infinity || size === 0) return Math.round(alone)
    const row = rowOf[system.resource]!
    const start = Math.max(kernel.now, busy.data[row]!)
    const wait = start - kernel.now
    if (wait > 0) context.explain(slow, system.resource, -1, Math.round(wait / 1_000))
    busy.data[row] = start + (size / (reads ? readShare : 1) / system.shared) * MICROS
    return Math.round(Math.max(alone, busy.data[row] - kernel.now))
  }

  return {
    start() {
      for (const { id, files, stored } of systems) {
        for (const [path, file] of Object.entries(object(context.behavior(id)['files']))) {
          const { size, content } = object(file)
          files.put(path, { size: number(size), content: content ?? null, at: 0 })
        }
        if (files.size() > 0) stored(files.size() * MIB)
      }
    },
    handle(request) {
      const system = at(request)
      const { body } = payloads.get(calls.payload(request))
      if (body['path'] === undefined) {
        kernel.after(mounting(), mountingDone, request)
        return
      }
      const reads = body['size'] === undefined
      const size = reads ? (system.files.get(text(body['path']) ?? '')?.size ?? 0) : number(body['size'])
      kernel.after(system.latency() + transfer(system, size, reads), answering, request)
    },
    configure(resource, scenario) {
      const row = rowOf[resource]
      if (row === undefined) return
      const document = scenario.resources[context.id(resource)]!
      systems[row]!.latency = latencyOf(context.id(resource), document)
      systems[row]!.shared = sharedOf(document)
    },
    fault(resource, down, deleted) {
      const row = rowOf[resource]
      if (row === undefined || !deleted || !down) return
      systems[row]!.files.clear()
      systems[row]!.stored(0)
    },
    contents: () =>
      systems.flatMap(({ id, files }) =>
        files.entries().map(([path, { size, content, at: when }]): Content => ({
          resource: id,
          kind: 'file',
          key: path,
          at: when,
          value: content ?? size,
        })),
      ),
  }
}
