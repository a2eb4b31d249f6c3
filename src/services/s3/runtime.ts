import { Table } from '../../kernel/columns'
import type { Invitation } from '../../iam'
import type { Sampler } from '../../kernel/sampler'
import { hex, mixed } from '../../model/identity'
import { Outcome } from '../../model/recording'
import type { Duration, JsonObject, LogicalId } from '../../model/scenario'
import { object } from '../../network/read'
import { defaultBus } from '../default-bus'
import { Items } from '../items'
import type { Content, Payload, Runtime, ServiceContext } from '../service'
import { DELETE, GET, PUT } from './actions'
import { createDeliveries } from './deliveries'
import { bucketMeters } from './meters'
import { eventOf, recordsOf, type Change } from './notification'
import { keyOf, writtenOf, type Written } from './object'
import { BUCKET, entriesOf, fits, isVersioned, marks, nameOf, PRINCIPAL, tellsBus, type Entry } from './settings'

interface Told {
  readonly entry: Entry
  readonly target: number
}
interface Live {
  readonly versioned: boolean
  /** A DELETE adds a marker. */
  readonly marks: boolean
  /** In AWS. */
  readonly name: string
  readonly entries: readonly Told[]
  /** The default bus, when the bucket sends it all its events. */
  readonly bus: number | null
  readonly latency: Sampler
}

/** Buckets: a request takes its latency, then puts, gets or deletes one object; a change is told to whom it may concern (S3-2). */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads, lineage } = context
  const { metrics, recorder } = kernel
  const ids = context.ids(BUCKET)
  const why = {
    noSuchKey: context.reason('s3.noSuchKey'),
    notified: context.reason('s3.notified'),
    unmatched: context.reason('s3.unmatched'),
  }
  const { seed } = context.scenario()
  const stores = ids.map(() => kernel.part(new Items()))
  const meters = ids.map((id) => bucketMeters(context, id))
  const deliveries = createDeliveries(context, ids, meters)
  const rowOf: number[] = []
  /** Objects and bytes with versions that are no longer current; the first row counts the changes of all buckets. */
  const held = kernel.part(new Table(8))
  const objects = held.f64()
  const bytes = held.f64()
  const changes = held.f64()
  ids.forEach((id) => (rowOf[context.index(id)] = held.add()))
  /** What each request comes from, while it takes its latency; by request. */
  const requests = kernel.part(new Table(64))
  const pastOf = requests.kept()

  let live: Live[] = []
  const configure = (): void => {
    const scenario = context.scenario()
    const bus = defaultBus(scenario)
    const direct = { role: null, network: false }
    live = ids.map((id, row): Live => {
      const bucket = scenario.resources[id]
      const tells = (to: LogicalId, action: string, as: Invitation | null): number => {
        const target = context.index(to)
        deliveries.to(row, target, calls.wire(id, to, action, { ...direct, as }))
        return target
      }
      return {
        versioned: isVersioned(bucket),
        marks: marks(bucket),
        name: nameOf(id, bucket),
        entries: entriesOf(bucket)
          .filter(({ to, way }) => way.types.includes(scenario.resources[to]?.Type ?? ''))
          .map((entry) => {
            const { to, way } = entry
            const as = way.name === 'Function' ? { service: PRINCIPAL, source: id } : null
            return { entry, target: tells(to, way.action, as) }
          }),
        bus: bus === null || !tellsBus(bucket) ? null : tells(bus, 'events:PutEvents', null),
        latency: context.sampler(
          (bucket?.Behavior?.['latency'] as Duration | undefined) ?? context.fact('s3.latency'),
          id,
          'latency',
        ),
      }
    })
  }

  /** By payload id. */
  const known: Written[] = []
  const sources: Payload[] = []
  const written = (payload: number): Written => {
    const source = payloads.get(payload)
    if (sources[payload] !== source) {
      sources[payload] = source
      known[payload] = writtenOf(source)
    }
    return known[payload]!
  }

  const grow = (bucket: number, moreObjects: number, moreBytes: number): void => {
    objects.data[bucket] = objects.data[bucket]! + moreObjects
    bytes.data[bucket] = bytes.data[bucket]! + moreBytes
    meters[bucket]!.showObjects(objects.data[bucket])
    meters[bucket]!.showBytes(bytes.data[bucket])
  }
  const stored = (bucket: number, key: string): JsonObject | null => {
    const slot = stores[bucket]!.find(key)
    return slot < 0 ? null : stores[bucket]!.at(slot).attributes
  }
  const put = (bucket: number, key: string, { bytes: size, eTag, content }: Written): void => {
    const before = stored(bucket, key)
    stores[bucket]!.put(key, { size, eTag, body: content }, kernel.now)
    // a versioned bucket keeps what was there before
    const gone = before !== null && !live[bucket]!.versioned
    grow(bucket, gone ? 0 : 1, size - (gone ? Number(before['size']) : 0))
  }
  const erase = (bucket: number, key: string): void => {
    const before = stored(bucket, key)
    stores[bucket]!.put(key, null, kernel.now)
    if (live[bucket]!.versioned) grow(bucket, 1, 0)
    // the marker takes the place of the version null
    else if (live[bucket]!.marks) grow(bucket, before === null ? 1 : 0, before === null ? 0 : -Number(before['size']))
    else if (before !== null) grow(bucket, -1, -Number(before['size']))
  }

  /** Tells whoever asked for it of a change. */
  const tell = (
    bucket: number,
    past: number,
    poison: boolean,
    about: Pick<Change, 'name' | 'key' | 'stored'>,
  ): void => {
    const number = (changes.data[0] = changes.data[0]! + 1)
    const { entries, bus, marks: marked, name } = live[bucket]!
    if (entries.length === 0 && bus === null) return
    const id = ids[bucket]!
    const { cause } = recorder
    // what is written while versioning is suspended has the version null
    const versionId = !marked ? null : live[bucket]!.versioned ? hex(mixed(4, [seed, bucket, number])) : 'null'
    const change: Change = { ...about, bucket: name, at: kernel.now, number, seed, versionId }
    const send = (target: number, body: JsonObject): void => {
      recorder.cause = cause
      context.explain(why.notified, context.index(id), target)
      deliveries.add(bucket, target, payloads.intern({ body, poison }), past)
    }
    const wanted = entries.filter(({ entry }) => fits(entry, `s3:${change.name}`, change.key))
    for (const { target, entry } of wanted) send(target, recordsOf(change, `${id}-${entry.to}-${entry.index + 1}`))
    if (bus !== null) send(bus, eventOf(change))
    else if (wanted.length === 0) context.explain(why.unmatched, context.index(id), -1, entries.length)
    recorder.cause = cause
  }

  /** Bytes of the objects of the call that is being answered, for who counts what crosses a network. */
  const moved = { in: 0, out: 0 }
  const perform = (bucket: number, request: number): Outcome => {
    const content = written(calls.payload(request))
    const { poison } = payloads.get(calls.payload(request))
    const key = keyOf(content.key, recorder.trace)
    const before = stored(bucket, key)
    const meter = meters[bucket]!
    const past = pastOf.data[request]!
    switch (calls.action(request)) {
      case PUT:
        metrics.count(meter.uploaded, content.bytes)
        moved.in += content.bytes
        put(bucket, key, content)
        tell(bucket, past, poison, {
          name: 'ObjectCreated:Put',
          key,
          stored: { size: content.bytes, eTag: content.eTag },
        })
        return Outcome.ok
      case GET:
        if (before !== null) {
          metrics.count(meter.downloaded, Number(before['size']))
          moved.out += Number(before['size'])
          return Outcome.ok
        }
        metrics.count(meter.errors)
        context.explain(why.noSuchKey, context.index(ids[bucket]!))
        return Outcome.error
      case DELETE: {
        // deleting what is not there changes nothing and is no error
        if (before === null && !live[bucket]!.marks) return Outcome.ok
        erase(bucket, key)
        const name = live[bucket]!.marks ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete'
        tell(bucket, past, poison, { name, key, stored: null })
        return Outcome.ok
      }
      default:
        return Outcome.error
    }
  }

  const performing = kernel.handler((request, took) => {
    const bucket = rowOf[calls.target(request)]!
    const meter = meters[bucket]!
    const count = calls.count(request)
    metrics.count(meter.all, count)
    metrics.count(meter.requests[calls.action(request)]!, count)
    metrics.observe(meter.took, took)
    let outcome: Outcome = Outcome.ok
    for (let i = 0; i < count; i++) outcome = perform(bucket, request)
    calls.answer(request, outcome)
    moved.in = moved.out = 0
  })
  context.publish('call.sentBytes', (resource) => (rowOf[resource] === undefined ? 0 : moved.in))
  context.publish('call.answerBytes', (resource) => (rowOf[resource] === undefined ? 0 : moved.out))

  return {
    start() {
      configure()
      ids.forEach((id, bucket) => {
        for (const [key, value] of Object.entries(object(context.behavior(id)['objects'])))
          put(bucket, key, writtenOf({ body: object(value), poison: false }))
      })
    },
    handle(request) {
      while (requests.size <= request) requests.add()
      pastOf.data[request] = lineage.past
      const took = live[rowOf[calls.target(request)]!]!.latency()
      kernel.after(took, performing, request, took)
    },
    configure,
    contents: () =>
      ids.flatMap((resource, bucket) =>
        Array.from({ length: stores[bucket]!.length }, (_, slot) => stores[bucket]!.at(slot)).flatMap(
          ({ key, attributes, at }): Content[] =>
            attributes === null ? [] : [{ resource, kind: 'object', key, at, value: { key, ...attributes } }],
        ),
      ),
    costs: () => meters.flatMap(({ costs }) => costs()),
  }
}
