import { Table } from '../../kernel/columns'
import { Outcome } from '../../model/recording'
import { toMicros } from '../../model/units'
import { createDeliveries, type Route } from '../delivery/deliveries'
import { bytesOf } from '../message-size'
import type { Content, Runtime, ServiceContext } from '../service'
import { Buffers, type Batch } from './buffers'
import { meters as metersOf } from './meters'
import { isPoisoned, objectOf, recordsOf } from './objects'
import { createReading, type Source } from './reading'
import { DELIVERY_STREAM, deliveryStreamOf, type DeliveryStream } from './settings'

/** Buffers of a delivery stream, side by side: what waits to be transformed, what waits to be delivered. */
const RAW = 0
const READY = 1
const PER_STREAM = 2
/** Lines of deliveries to the bucket: records, and what could not be transformed. */
const FAILED = 1
const FOR_EVER = 1_000_000

/** Delivery streams: records are held back, transformed together if told to, and written to a bucket as one object (KIN-9, INV-15). */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { recorder, metrics } = kernel
  const ids = context.ids(DELIVERY_STREAM)
  const meters = ids.map((id) => metersOf(context, id))
  const rowOf: number[] = []
  ids.forEach((id, row) => (rowOf[context.index(id)] = row))
  const why = {
    bySize: context.reason('firehose.flushedBySize'),
    byTime: context.reason('firehose.flushedByTime'),
    transforming: context.reason('firehose.transforming'),
    noDestination: context.reason('firehose.noDestination'),
    reads: context.reason('firehose.reads'),
    tooLarge: context.reason('firehose.tooLarge'),
  }
  const mostBytes = context.number('firehose.mostBytes') * 1_048_576
  const { seed } = context.scenario()
  let live: DeliveryStream[] = []
  let sources: (Source | null)[] = []

  const objects = kernel.part(new Table(1))
  const written = objects.keptF64()
  objects.add()

  const buffers = new Buffers(
    kernel,
    (buffer) => {
      const stream = live[Math.floor(buffer / PER_STREAM)]!
      return buffer % PER_STREAM === RAW && stream.transform !== null ? stream.transform.buffering : stream.buffering
    },
    (buffer, batch) => emptied(buffer, batch),
  )
  ids.forEach(() => {
    buffers.add()
    buffers.add()
  })

  /** Batches under way, by delivery. */
  const openBatches = () => {
    const table = kernel.part(new Table(16))
    const head = table.kept(-1)
    const count = table.kept()
    const bytes = table.keptF64()
    const oldest = table.keptF64()
    return {
      set(delivery: number, batch: Batch): void {
        while (table.size <= delivery) table.add()
        head.data[delivery] = batch.head
        count.data[delivery] = batch.count
        bytes.data[delivery] = batch.bytes
        oldest.data[delivery] = batch.oldest
      },
      get: (delivery: number): Batch => ({
        head: head.data[delivery]!,
        count: count.data[delivery]!,
        bytes: bytes.data[delivery]!,
        oldest: oldest.data[delivery]!,
        bySize: false,
      }),
    }
  }
  const transforming = openBatches()
  const delivering = openBatches()

  const transformRoutes: Route[] = []
  const bucketRoutes: Route[] = []
  const transforms = createDeliveries(context, {
    routes: transformRoutes,
    why: {
      retry: context.reason('firehose.transformRetry'),
      dropped: context.reason('firehose.transformFailed'),
      deadLettered: why.noDestination,
      deadLetterFailed: why.noDestination,
    },
    hooks: {
      answered: (row, outcome) => {
        if (outcome === Outcome.ok) metrics.count(meters[row]!.processed)
      },
      delivered(row, delivery) {
        const { head, count } = transforming.get(delivery)
        metrics.count(meters[row]!.transformed, count)
        const trace = recorder.trace
        for (let record = head; record >= 0; record = buffers.next(record)) {
          recorder.trace = buffers.trace(record)
          buffers.put(row * PER_STREAM + READY, buffers.payload(record), buffers.bytes(record), buffers.at(record))
        }
        recorder.trace = trace
        buffers.drop(head)
        show(row)
      },
      gaveUp(row, _, delivery) {
        const batch = transforming.get(delivery)
        metrics.count(meters[row]!.untransformed, batch.count)
        deliver(row, batch, true)
      },
    },
  })
  const puts = createDeliveries(context, {
    routes: bucketRoutes,
    why: {
      retry: context.reason('firehose.deliveryRetry'),
      dropped: context.reason('firehose.deliveryDropped'),
      deadLettered: why.noDestination,
      deadLetterFailed: why.noDestination,
    },
    hooks: {
      delivered(line, delivery) {
        const { count, bytes, oldest } = delivering.get(delivery)
        const meter = meters[Math.floor(line / PER_STREAM)]!
        metrics.count(meter.outRecords, count)
        metrics.count(meter.outBytes, bytes)
        metrics.count(meter.succeeded)
        metrics.observe(meter.freshness, kernel.now - oldest)
      },
      gaveUp: (line, _, delivery) =>
        metrics.count(meters[Math.floor(line / PER_STREAM)]!.lost, delivering.get(delivery).count),
    },
  })

  const show = (row: number): void =>
    meters[row]!.showBuffered(buffers.count(row * PER_STREAM + RAW) + buffers.count(row * PER_STREAM + READY))

  const deliver = (row: number, batch: Batch, failed: boolean): void => {
    const { bucket, prefix, errorPrefix } = live[row]!
    recorder.trace = buffers.trace(batch.head)
    if (bucket === null) {
      context.explain(why.noDestination, context.index(ids[row]!), -1, batch.count)
      metrics.count(meters[row]!.lost, batch.count)
    } else {
      const number = (written.data[0] = written.data[0]! + 1)
      const named = { id: ids[row]!, seed, number, now: kernel.now }
      const body = objectOf(buffers, payloads, batch, {
        ...named,
        prefix: failed ? `${errorPrefix}processing-failed/` : prefix,
      })
      const line = row * PER_STREAM + (failed ? FAILED : 0)
      delivering.set(puts.add(line, payloads.intern({ body, poison: false }), 0), batch)
    }
    buffers.drop(batch.head)
    show(row)
  }

  const emptied = (buffer: number, batch: Batch): void => {
    const row = Math.floor(buffer / PER_STREAM)
    const resource = context.index(ids[row]!)
    const { transform } = live[row]!
    recorder.trace = buffers.trace(batch.head)
    if (buffer % PER_STREAM === READY || transform === null) {
      context.explain(batch.bySize ? why.bySize : why.byTime, resource, -1, batch.count)
      return deliver(row, batch, false)
    }
    context.explain(why.transforming, resource, context.index(transform.function), batch.count)
    const body = { deliveryStreamArn: ids[row]!, records: recordsOf(buffers, payloads, batch.head) }
    const payload = payloads.intern({ body, poison: isPoisoned(buffers, payloads, batch.head) })
    transforming.set(transforms.add(row, payload, 0), batch)
    show(row)
  }

  const take = (row: number, payload: number): void => {
    const bytes = bytesOf(payloads.get(payload))
    metrics.count(meters[row]!.inRecords)
    metrics.count(meters[row]!.inBytes, bytes)
    buffers.put(row * PER_STREAM + (live[row]!.transform === null ? READY : RAW), payload, bytes, kernel.now)
    show(row)
  }
  const reading = createReading(context, () => sources, toMicros(context.number('firehose.readPeriod')), take)

  const base = toMicros(context.number('firehose.retryBase'))
  const cap = toMicros(context.number('firehose.retryCap'))
  const wait = (attempts: number): number => Math.min(cap, base * 2 ** Math.min(attempts - 1, 30))
  const maxAge = toMicros(context.number('firehose.retryFor'))
  const configure = (): void => {
    const scenario = context.scenario()
    live = ids.map((id) => deliveryStreamOf(id, scenario))
    transformRoutes.length = 0
    bucketRoutes.length = 0
    sources = live.map(({ source, sourceRole, role, bucket, transform }, row) => {
      const id = ids[row]!
      const from = context.index(id)
      const as = { role, network: false }
      const none = { owner: -1, deadLetterWire: -1, deadLetter: -1, latency: null }
      const by = transform?.function
      transformRoutes.push({
        ...none,
        from,
        to: by === undefined ? -1 : context.index(by),
        wire: by === undefined ? -1 : calls.wire(id, by, 'lambda:Invoke', as),
        policy: { retries: transform?.retries ?? 0, maxAge: Infinity, errors: true, wait },
      })
      const route: Route = {
        ...none,
        from,
        to: bucket === null ? -1 : context.index(bucket),
        wire: bucket === null ? -1 : calls.wire(id, bucket, 's3:PutObject', as),
        policy: { retries: FOR_EVER, maxAge, wait, refusals: true },
      }
      bucketRoutes.push(route, route)
      if (source === null) return null
      const wire = calls.wire(id, source, 'kinesis:GetRecords', { role: sourceRole ?? role, network: false })
      return { resource: from, stream: context.index(source), wire }
    })
  }

  return {
    start() {
      configure()
      reading.start()
    },
    handle(request) {
      const row = rowOf[calls.target(request)]!
      const payload = calls.payload(request)
      const bytes = bytesOf(payloads.get(payload))
      const reads = sources[row] !== null
      if (reads || bytes > mostBytes) {
        context.explain(reads ? why.reads : why.tooLarge, calls.target(request), -1, bytes)
        calls.answer(request, Outcome.error)
        return
      }
      for (let i = 0; i < calls.count(request); i++) take(row, payload)
      calls.answer(request, Outcome.ok)
    },
    configure,
    contents: () =>
      ids.flatMap((resource, row) => {
        const found: Content[] = []
        for (const buffer of [row * PER_STREAM + RAW, row * PER_STREAM + READY]) {
          for (let record = buffers.head(buffer); record >= 0; record = buffers.next(record)) {
            const { body, text } = payloads.get(buffers.payload(record))
            found.push({ resource, kind: 'record', key: '', at: buffers.at(record), value: text ?? body })
          }
        }
        return found
      }),
  }
}
