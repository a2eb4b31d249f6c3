import { Table } from '../../../kernel/columns'
import { Plain } from '../../../kernel/stateful'
import type { LogicalId } from '../../../model/scenario'
import { toMicros } from '../../../model/units'
import type { ServiceContext } from '../../service'
import { replayMachine } from './machine'
import type { ArchiveStore, Kept } from './store'

/** A replay works through time in pieces of a minute (µs, EB-15). */
const SLICE = 60_000_000
const INTS = 3
const EACH = 4
/** The archive, events of the slice under way as a parcel of four numbers each, the next of them. */
const ARCHIVE = 0
const PARCEL = 1
const PLACE = 2
/** When the next slice begins (µs), and events sent. */
const DOUBLES = 2
const FROM = 0
const SENT = 1

interface Asked {
  /** µs. */
  readonly from: number
  readonly until: number
  /** Only these rules get the events; null: all. */
  readonly rules: readonly LogicalId[] | null
}

export interface ReplayOptions {
  readonly store: ArchiveStore
  /** Resource indexes of an archive and its bus; -1 for no bus. */
  place(archive: number): { readonly archive: number; readonly bus: number }
  isDown(archive: number): boolean
  /** Sends one event again, to the rules named. */
  send(archive: number, event: Kept, name: string, rules: readonly LogicalId[] | null): void
}

/** Replays of archives, each through a `replayMachine`. */
export function createReplays(context: ServiceContext, options: ReplayOptions) {
  const { kernel, parcels } = context
  const { recorder } = kernel
  const { store, place } = options
  const why = {
    starting: context.reason('eventbridge.replayStarting'),
    refused: context.reason('eventbridge.replayRefused'),
    unavailable: context.reason('eventbridge.replayUnavailable'),
    slice: context.reason('eventbridge.replaySlice'),
    completed: context.reason('eventbridge.replayCompleted'),
    cancelled: context.reason('eventbridge.replayCancelled'),
    failed: context.reason('eventbridge.replayFailed'),
  }
  const most = context.number('eventbridge.concurrentReplays')
  const startsIn = toMicros(context.number('eventbridge.replayStart'))
  const sliceTakes = toMicros(context.number('eventbridge.replaySlice'))
  const shuffling = kernel.random.stream('eventbridge/replay')

  const table = kernel.part(new Table(4))
  const ints = table.kept(-1, INTS)
  const doubles = table.keptF64(0, DOUBLES)
  /** What was asked of each, in the order they were started. */
  const asked = kernel.part(new Plain<readonly Asked[]>([]))
  const archiveOf = (n: number): number => ints.data[n * INTS + ARCHIVE]!
  const sent = (n: number): number => doubles.data[n * DOUBLES + SENT]!
  /** As it stands in `replay-name`. */
  const nameOf = (n: number): string => `${context.id(place(archiveOf(n)).archive)}-replay-${n + 1}`

  const explain = (reason: number, archive: number, value: number): void => {
    const { archive: resource, bus } = place(archive)
    context.explain(reason, resource, bus, value)
  }
  const over = (reason: number) => (n: number) => {
    recorder.trace = -1
    explain(reason, archiveOf(n), sent(n))
  }
  const life = context.lifecycle({
    entities: table,
    machine: replayMachine,
    drawn: { owner: (n) => place(archiveOf(n)).archive, label: (n) => `replay ${n + 1}` },
    value: (n) => sent(n),
    implementation: {
      actions: {
        begin: (n) => void kernel.after(0, stepping, n),
        complete: over(why.completed),
        stop: over(why.cancelled),
        fail: over(why.failed),
      },
      delays: { START: () => startsIn, STOP: () => sliceTakes },
    },
  })
  const DONE = life.event('DONE')
  const CANCEL = life.event('CANCEL')
  const FAIL = life.event('FAIL')
  const running = life.code('RUNNING')
  const ended = life.table.states.map((state) => ['COMPLETED', 'CANCELLED', 'FAILED'].includes(state))
  const underWay = (): number[] => {
    const found: number[] = []
    for (let n = 0; n < table.size; n++) if (!ended[life.state.data[n]!]!) found.push(n)
    return found
  }

  /** Sends the next event; a slice's are spread over the time it takes. */
  const stepping = kernel.handler((n) => {
    const at = n * INTS
    if (life.state.data[n] !== running) {
      if (ints.data[at + PARCEL]! >= 0) parcels.drop(ints.data[at + PARCEL]!)
      ints.data[at + PARCEL] = -1
      return
    }
    if (ints.data[at + PARCEL]! < 0 && !nextSlice(n)) return void life.send(n, DONE)
    const events = parcels.get(ints.data[at + PARCEL]!)
    const here = ints.data[at + PLACE]!
    const { cause } = recorder
    const count = events.length / EACH
    const due = (sent: number): number => Math.round((sliceTakes * sent) / count)
    const gap = due(here + 1) - due(here)
    ints.data[at + PLACE] = here + 1
    doubles.data[n * DOUBLES + SENT] = sent(n) + 1
    if (here + 1 === count) {
      parcels.drop(ints.data[at + PARCEL]!)
      ints.data[at + PARCEL] = -1
    }
    recorder.newTrace()
    const [payload, trace, past, when] = events.slice(here * EACH, here * EACH + EACH) as [
      number,
      number,
      number,
      number,
    ]
    options.send(archiveOf(n), { payload, trace, past, at: when }, nameOf(n), asked.value[n]!.rules)
    recorder.cause = cause
    recorder.trace = -1
    kernel.after(gap, stepping, n)
  })

  /** Takes up the next minute with events; false when there is none left. */
  const nextSlice = (n: number): boolean => {
    const { from, until } = asked.value[n]!
    const [first] = store.between(archiveOf(n), doubles.data[n * DOUBLES + FROM]!, until)
    if (first === undefined) return false
    const begins = from + Math.floor((first.at - from) / SLICE) * SLICE
    const ends = Math.min(begins + SLICE, until)
    const events = [...store.between(archiveOf(n), begins, ends)]
    for (let i = events.length - 1; i > 0; i--) {
      const j = Math.floor(kernel.random.uniform(shuffling) * (i + 1))
      const other = events[j]!
      events[j] = events[i]!
      events[i] = other
    }
    ints.data[n * INTS + PARCEL] = parcels.put(
      events.flatMap(({ payload, trace, past, at }) => [payload, trace, past, at]),
    )
    ints.data[n * INTS + PLACE] = 0
    doubles.data[n * DOUBLES + FROM] = ends
    recorder.trace = -1
    explain(why.slice, archiveOf(n), events.length)
    return true
  }

  return {
    /** Seconds of the run. */
    start(archive: number, from: number, to: number, rules: readonly LogicalId[] | null): void {
      recorder.trace = -1
      const others = underWay().length
      if (options.isDown(archive)) return explain(why.unavailable, archive, 0)
      if (others >= most) return explain(why.refused, archive, others)
      explain(why.starting, archive, others + 1)
      const n = table.add()
      asked.value = [...asked.value, { from: toMicros(from), until: toMicros(to), rules }]
      ints.data.set([archive, -1, 0], n * INTS)
      doubles.data.set([toMicros(from), 0], n * DOUBLES)
      life.drawn.born(n)
      life.start(n)
    },
    cancel(archive: number): void {
      for (const n of underWay()) if (archiveOf(n) === archive) life.send(n, CANCEL)
    },
    /** An archive or a bus broke. */
    fail(resource: number): void {
      for (const n of underWay()) {
        const { archive, bus } = place(archiveOf(n))
        if (archive === resource || bus === resource) life.send(n, FAIL)
      }
    },
  }
}
