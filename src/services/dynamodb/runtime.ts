import { Table } from '../../kernel/columns'
import type { Sampler } from '../../kernel/sampler'
import { Outcome, RowKind } from '../../model/recording'
import type { Duration, JsonObject } from '../../model/scenario'
import { object } from '../../network/read'
import { Items } from '../items'
import type { Content, Runtime, ServiceContext } from '../service'
import { callerMeters, effectMeters, type EffectMeters } from './callers'
import { Effects } from '../effects'
import { shownValue, sizeOf } from './items'
import { DELETE, GET, GET_RECORDS, TABLE, UPDATE } from './actions'
import { itemMachine } from './machine'
import { operationOf, putItem, updateItem } from './operation'
import { TableStreams } from './streams'

interface TableState {
  readonly items: Items
  readonly effects: Effects
  readonly meters: EffectMeters
  latency: Sampler
  readonly written: number
  readonly read: number
  readonly took: number
  readonly showItems: (value: number) => void
}

/** On-demand tables: an operation takes its latency, then reads or writes one item. Nothing is throttled. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { metrics, recorder } = kernel
  const ids = context.ids(TABLE)
  const missing = context.reason('dynamodb.missing')
  const added = context.reason('dynamodb.added')
  const repeated = context.reason('dynamodb.once')
  const writeUnit = context.number('dynamodb.writeUnit')
  const readUnit = context.number('dynamodb.readUnit')
  const mostDrawn = context.number('dynamodb.drawnItems')

  /** One row per table. */
  const counts = kernel.part(new Table(8))
  const present = counts.i32()
  const drawnItems = counts.i32()
  /** Drawn items. */
  const drawn = kernel.part(new Table(64))
  const tableOf = drawn.i32(-1)
  const slotOf = drawn.i32(-1)
  const resources: number[] = []
  const rowOf: number[] = []

  const latencyOf = (id: string, behavior: JsonObject): Sampler =>
    context.sampler((behavior['latency'] as Duration | undefined) ?? context.fact('dynamodb.latency'), id, 'latency')

  const tables = ids.map((id): TableState => {
    const resource = context.index(id)
    resources.push(resource)
    rowOf[resource] = counts.add()
    return {
      items: kernel.part(new Items()),
      effects: kernel.part(new Effects()),
      meters: effectMeters(context, id),
      latency: latencyOf(id, context.behavior(id)),
      written: metrics.series(id, 'ConsumedWriteCapacityUnits', 'count'),
      read: metrics.series(id, 'ConsumedReadCapacityUnits', 'count'),
      took: metrics.series(id, 'SuccessfulRequestLatency', 'duration'),
      showItems: context.level(resource, 'items'),
    }
  })

  const callers = callerMeters(context)
  const streams = new TableStreams(context)
  /** What each request comes from, while it takes its latency; by request. */
  const requests = kernel.part(new Table(64))
  const pastOf = requests.kept()

  const valueOf = (entity: number): number =>
    shownValue(tables[tableOf.data[entity]!]!.items.at(slotOf.data[entity]!).attributes)
  const life = context.lifecycle({
    entities: drawn,
    machine: itemMachine,
    implementation: {},
    drawn: {
      owner: (entity) => resources[tableOf.data[entity]!]!,
      label: (entity) => tables[tableOf.data[entity]!]!.items.at(slotOf.data[entity]!).key,
    },
    value: valueOf,
  })
  const WRITE = life.event('WRITE')
  const REMOVE = life.event('DELETE')
  const PRESENT = life.code('present')
  const draw = (table: number, slot: number): void => {
    const { items } = tables[table]!
    let { entity } = items.at(slot)
    if (entity < 0) {
      if (drawnItems.data[table]! >= mostDrawn) return
      entity = drawn.add()
      tableOf.data[entity] = table
      slotOf.data[entity] = slot
      drawnItems.data[table] = drawnItems.data[table]! + 1
      items.draw(slot, entity)
      life.drawn.born(entity)
      life.start(entity)
    } else if (!life.send(entity, WRITE)) {
      const at = resources[table]!
      recorder.emit(RowKind.state, at, life.drawn.of(entity), PRESENT, valueOf(entity))
    }
  }

  const write = (table: number, key: string, attributes: JsonObject): void => {
    const { items, showItems } = tables[table]!
    const before = items.find(key)
    const fresh = before < 0 || items.at(before).attributes === null
    const slot = items.put(key, attributes, kernel.now)
    draw(table, slot)
    if (fresh) {
      present.data[table] = present.data[table]! + 1
      showItems(present.data[table])
    }
  }

  const erase = (table: number, key: string): void => {
    const { items, showItems } = tables[table]!
    const slot = items.find(key)
    if (slot < 0 || items.at(slot).attributes === null) return
    items.put(key, null, kernel.now)
    const { entity } = items.at(slot)
    if (entity >= 0) life.send(entity, REMOVE)
    present.data[table] = present.data[table]! - 1
    showItems(present.data[table])
  }

  /** Counts a completed write: an effect, and a duplicate when its event wrote the item before (learning-design 7.3). */
  const affect = (table: number, slot: number, source: number): void => {
    const { effects, meters } = tables[table]!
    const { trace } = recorder
    const repeated = trace >= 0 && slot >= 0 && effects.note(trace, slot)
    for (const it of [meters, ...(callers[source] ?? [])]) {
      metrics.count(it.effects)
      if (repeated) metrics.count(it.duplicates)
    }
  }

  /** Bytes of the answer that is being given, for who counts what crosses a network. */
  let answered = 0
  const perform = (table: number, request: number): void => {
    const action = calls.action(request)
    const { body, poison } = payloads.get(calls.payload(request))
    const { items, effects, written, read } = tables[table]!
    const operation = operationOf(body)
    const key = operation.key ?? `event-${recorder.trace}`
    const slot = items.find(key)
    const before = slot < 0 ? null : items.at(slot).attributes
    const size = before === null ? 0 : sizeOf(before)
    if (action === GET) {
      metrics.count(read, Math.max(1, Math.ceil(size / readUnit)) / 2)
      answered += size
      if (before === null) context.explain(missing, resources[table]!)
      return
    }
    if (operation.once && recorder.trace >= 0 && slot >= 0 && effects.has(recorder.trace, slot)) {
      // the condition fails, and a failed conditional write is paid for all the same (DDB-2)
      metrics.count(written, Math.max(1, Math.ceil(size / writeUnit)))
      context.explain(repeated, resources[table]!, resources[table])
      return
    }
    let after = 0
    let attributes: JsonObject | null = null
    if (action === DELETE) erase(table, key)
    else {
      attributes = action === UPDATE ? updateItem(before, operation) : putItem(operation)
      after = sizeOf(attributes)
      write(table, key, attributes)
      if (action === UPDATE && before !== null) {
        for (const name in operation.add) {
          if (typeof before[name] !== 'number') continue
          context.explain(added, resources[table]!, resources[table], Number(attributes[name]))
          break
        }
      }
    }
    affect(table, items.find(key), calls.source(request))
    const resource = resources[table]!
    if (streams.has(resource)) streams.note(resource, key, before, attributes, poison, pastOf.data[request]!)
    // the larger of the two sizes counts (DDB-2)
    metrics.count(written, Math.max(1, Math.ceil(Math.max(size, after) / writeUnit)))
  }

  const performing = kernel.handler((request, took) => {
    const table = rowOf[calls.target(request)]!
    for (let i = 0; i < calls.count(request); i++) perform(table, request)
    metrics.observe(tables[table]!.took, took)
    calls.answer(request, Outcome.ok)
    answered = 0
  })
  context.publish('call.answerBytes', (resource) => (rowOf[resource] === undefined ? 0 : answered))

  context.publish('dynamodb.items', (resource) => present.data[rowOf[resource] ?? -1] ?? 0)

  return {
    start() {
      ids.forEach((id, table) => {
        for (const [key, attributes] of Object.entries(object(context.behavior(id)['items']))) {
          write(table, key, object(attributes))
        }
      })
    },
    handle(request) {
      if (calls.action(request) === GET_RECORDS) return streams.read(request)
      if (streams.has(calls.target(request))) {
        while (requests.size <= request) requests.add()
        pastOf.data[request] = context.lineage.past
      }
      const took = tables[rowOf[calls.target(request)]!]!.latency()
      kernel.after(took, performing, request, took)
    },
    configure(resource, scenario) {
      const id = context.id(resource)
      tables[rowOf[resource]!]!.latency = latencyOf(id, scenario.resources[id]?.Behavior ?? {})
    },
    contents: () =>
      ids.flatMap((id, table) => {
        const { items } = tables[table]!
        return Array.from({ length: items.length }, (_, slot) => items.at(slot)).flatMap(
          ({ key, attributes, at }): Content[] =>
            attributes === null ? [] : [{ resource: id, kind: 'item', key, at, value: attributes }],
        )
      }),
    costs: () =>
      ids.flatMap((id, table) => {
        const { written, read } = tables[table]!
        return [
          {
            resource: id,
            item: 'Write units',
            quantity: metrics.value(written),
            unit: 'units',
            fact: 'dynamodb.writePrice',
          },
          {
            resource: id,
            item: 'Read units',
            quantity: metrics.value(read),
            unit: 'units',
            fact: 'dynamodb.readPrice',
          },
        ]
      }),
  }
}
