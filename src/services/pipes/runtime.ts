import { toMicros, toSeconds } from '../../model/units'
import type { Runtime, ServiceContext } from '../service'
import { createBatches } from './batches'
import { livePipe, type LivePipe } from './live'
import { pipeMachine } from './machine'
import { createMeters } from './meters'
import { createReading } from './reading'
import { ATTEMPTS, ENRICHED, NUMBER, OWN_SHARD, PARCEL, PIPE_OF, Rows, SHARD } from './row'
import { PIPE } from './settings'

/** Pipes: each of their readers takes a batch, has it enriched, hands it to the target, and only then removes it from the source. */
export function install(context: ServiceContext): Runtime {
  const { kernel } = context
  const ids = context.ids(PIPE)
  const meters = createMeters(context, ids)
  const rows = new Rows(kernel)
  let live: readonly LivePipe[] = []
  const pipeOf = (r: number): LivePipe => live[rows.int(r, PIPE_OF)]!
  const base = toMicros(context.number('pipes.backOff'))
  const cap = toMicros(context.number('pipes.backOffCap'))
  const backOff = (r: number): number => Math.min(cap, base * 2 ** Math.min(30, Math.max(0, rows.int(r, ATTEMPTS) - 1)))
  const refusedWait = toMicros(context.number('pipes.refusedWait'))
  const why = { returned: context.reason('pipes.returned'), retries: context.reason('pipes.retries') }

  const keeps = (r: number): boolean => rows.int(r, PARCEL) >= 0
  const enriches = (r: number): boolean => pipeOf(r).enrich >= 0 && rows.int(r, ENRICHED) !== 1
  const life = context.lifecycle({
    entities: rows.table,
    machine: pipeMachine,
    drawn: {
      owner: (r) => pipeOf(r).resource,
      label: (r) => (rows.int(r, SHARD) < 0 ? `p${rows.int(r, NUMBER)}` : `shard ${rows.int(r, OWN_SHARD)}`),
    },
    value: (r) => batches.size(r),
    implementation: {
      guards: {
        enriches,
        keeps,
        'keeps and enriches': (r) => keeps(r) && enriches(r),
        'has had enough': (r) => batches.isSpent(r),
      },
      actions: {
        receive: (r) => reading.receive(r),
        enrich: (r) => batches.enrich(r),
        deliver: (r) => batches.deliver(r),
        remove: (r) => batches.remove(r),
        discard: (r) => batches.discard(r),
        letGo(r) {
          const { resource, source, shards } = pipeOf(r)
          if (shards !== null) return void context.explain(why.retries, resource, source, toSeconds(backOff(r)))
          context.explain(why.returned, resource, source, batches.size(r))
          batches.letGo(r)
        },
      },
      delays: { REFUSED: () => refusedWait, BACKOFF: backOff },
    },
  })
  const event = {
    received: life.event('received'),
    refused: life.event('refused'),
    done: life.event('done'),
    failed: life.event('failed'),
  }
  const receiving = life.code('receiving')
  const tell = {
    received: (r: number) => void life.send(r, event.received),
    refused: (r: number) => void life.send(r, event.refused),
    done: (r: number) => void life.send(r, event.done),
    failed: (r: number) => void life.send(r, event.failed),
  }
  const isReceiving = (r: number): boolean => life.state.data[r] === receiving
  const batches = createBatches(context, rows, pipeOf, meters, tell)
  const reading = createReading(context, rows, pipeOf, isReceiving, batches.take, tell)

  const configure = (): void => {
    live = ids.map((id) => livePipe(context, id))
  }
  return {
    start() {
      configure()
      live.forEach(({ source, shards }, pipe) => {
        const add = (number: number, shard: number): void => {
          const r = rows.table.add()
          reading.born(r, pipe, number, shard)
          life.drawn.born(r)
          life.start(r)
        }
        if (source < 0) return
        const readers = shards === null ? context.number('pipes.pollers') : context.read(`${shards}.shards`, source)
        for (let i = 0; i < readers; i++) add(i + 1, shards === null ? -1 : i)
      })
      reading.listen()
    },
    configure(resource) {
      configure()
      for (let r = 0; r < rows.table.size; r++) if (pipeOf(r).resource === resource && isReceiving(r)) reading.resume(r)
    },
    costs: () => meters.costs(),
  }
}
