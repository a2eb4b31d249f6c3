import { Outcome, Token } from '../../../../model/recording'
import { MICROS, toMicros } from '../../../../model/units'
import type { Json, JsonObject } from '../../../../model/scenario'
import type { Kernel } from '../../../../kernel/kernel'
import type { Lifecycle } from '../../../../kernel/lifecycle'
import { HANDLE, ITEM, PAST, passesOf, RECEIVES, TRACE } from '../../../parcel'
import type { ServiceContext } from '../../../service'
import { shardMachine } from '../shard.machine'
import type { StreamMapping } from './config'
import { Discards } from './discards'
import { isoTime } from '../../../../model/identity'
import { shardId } from './events'
import { Lanes } from './lanes'
import { StreamMeters } from './meters'
import { Readers } from './readers'
import {
  CONDITION,
  CUT,
  EXHAUSTED,
  FINAL,
  INVOKES,
  LANE_DOUBLES,
  PIECES,
  PROGRESS,
  READER_OF,
  REPORTED,
  RETRIES,
  SENT,
  SINCE,
  SIZE,
  STATE,
  WAIT,
  WINDOW_FROM,
} from './row'

const EVENTS = [
  'open',
  'close',
  'received',
  'denied',
  'succeeded',
  'partlyFailed',
  'failed',
  'throttled',
  'advanced',
] as const

/** The lanes of all stream mappings: they run through `shardMachine` and call the function synchronously, one batch at a time (ESM-1, STR-ESM-2). */
export class Shards {
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #mappings: readonly StreamMapping[]
  readonly #meters: StreamMeters
  readonly #lanes: Lanes
  readonly #readers: Readers
  readonly #discards: Discards
  readonly #life: Lifecycle
  readonly #event: { readonly [name in (typeof EVENTS)[number]]: number }
  readonly #hungry: readonly boolean[]
  readonly #kinds: { readonly [name in 'invoked' | 'advanced']: number }
  readonly #why: {
    readonly [
      name in 'batch' | 'blocked' | 'held' | 'bisected' | 'checkpoint' | 'invalid' | 'windowOver' | 'windowCut'
    ]: number
  }
  readonly #firstWait: number
  readonly #mostWait: number

  constructor(context: ServiceContext, mappings: readonly StreamMapping[]) {
    const { kernel } = context
    this.#context = context
    this.#kernel = kernel
    this.#mappings = mappings
    this.#meters = new StreamMeters(context, mappings)
    this.#firstWait = toMicros(context.number('lambda.shardBackoffFirst'))
    this.#mostWait = toMicros(context.number('lambda.shardBackoffMost'))
    const deniedWait = toMicros(context.number('lambda.deniedPoll'))
    const lanes = new Lanes(kernel, context)
    this.#lanes = lanes
    this.#readers = new Readers(context, mappings, this.#meters, lanes, {
      hungry: (l) => this.#hungry[this.#life.state.data[l]!]!,
      received: (l) => void this.#life.send(l, this.#event.received),
      denied: (l) => void this.#life.send(l, this.#event.denied),
    })
    this.#discards = new Discards(context, mappings, this.#meters, lanes, this.#readers)
    this.#kinds = {
      invoked: kernel.handler((request, l) => this.#invoked(request, l)),
      advanced: kernel.handler((l) => this.#life.send(l, this.#event.advanced)),
    }
    this.#why = {
      batch: context.reason('lambda.shardBatch'),
      blocked: context.reason('lambda.shardBlocked'),
      held: context.reason('lambda.shardHeld'),
      bisected: context.reason('lambda.shardBisected'),
      checkpoint: context.reason('lambda.shardCheckpoint'),
      invalid: context.reason('lambda.shardResponseInvalid'),
      windowOver: context.reason('lambda.windowOver'),
      windowCut: context.reason('lambda.windowCut'),
    }
    const life = context.lifecycle({
      entities: lanes.table,
      machine: shardMachine,
      drawn: { owner: (l) => this.#of(l).resource, label: (l) => this.#label(l) },
      value: (l) => lanes.get(l, SIZE) || lanes.held(l),
      implementation: {
        guards: {
          'switched off': (l) => !this.#readers.isOpen(this.#readers.mappingOf(lanes.get(l, READER_OF))),
          'too old': (l) => this.#discards.stale(l).count > 0,
          'batch ready': (l) => this.#ready(l),
          'records held': (l) => lanes.held(l) > 0,
          splits: (l) => this.#splits(l),
          'retry left': (l) => lanes.get(l, RETRIES) < this.#of(l).maxRetries,
        },
        actions: {
          ask: (l) => this.#readers.ask(lanes.get(l, READER_OF)),
          invoke: (l) => this.#invoke(l),
          checkpoint: (l) => this.#checkpoint(l),
          discard: (l) => this.#discard(l),
          split: (l) => this.#split(l),
          'note retry': (l) => {
            lanes.set(l, RETRIES, lanes.get(l, RETRIES) + 1)
            this.#wait(l, this.#why.blocked)
          },
          'note throttle': (l) => this.#wait(l, this.#why.held),
          'note exhaustion': (l) => lanes.set(l, CONDITION, EXHAUSTED),
          'note expiry': (l) => lanes.set(l, CONDITION, this.#discards.stale(l).why),
        },
        delays: {
          WINDOW: (l) => Math.max(0, this.#double(l, SINCE) + this.#of(l).window - this.#kernel.clock.now),
          WINDOW_OVER: (l) => this.#untilFinal(l),
          BACKOFF: (l) => this.#double(l, WAIT),
          DENIED: () => deniedWait,
        },
      },
    })
    this.#life = life
    this.#event = Object.fromEntries(EVENTS.map((name) => [name, life.event(name)])) as {
      [name in (typeof EVENTS)[number]]: number
    }
    this.#hungry = life.table.states.map((state) => state === 'reading' || state === 'collecting')
  }

  /** The mapping polls from now on. */
  open(m: number): void {
    const { recorder } = this.#kernel
    const { cause } = recorder
    const born: number[] = []
    const readers = this.#readers.open(m, (r) => {
      const l = this.#lanes.add(r)
      born.push(l)
      return l
    })
    for (const l of born) {
      this.#life.drawn.born(l)
      this.#life.start(l)
    }
    const all = readers.flatMap((r) => this.#readers.lanesOf(r))
    for (const l of all) {
      recorder.cause = cause
      this.#life.send(l, this.#event.open)
    }
    this.#meters.pollers(m, all.length)
  }

  /** It stops reading; what is in hand is finished. */
  close(m: number): void {
    this.#readers.close(m)
    const { recorder } = this.#kernel
    const { cause } = recorder
    for (const r of this.#readers.of(m))
      for (const l of this.#readers.lanesOf(r)) {
        recorder.cause = cause
        this.#life.send(l, this.#event.close)
      }
    this.#meters.pollers(m, 0)
  }

  #of(l: number): StreamMapping {
    return this.#mappings[this.#readers.mappingOf(this.#lanes.get(l, READER_OF))]!
  }

  #label(l: number): string {
    const r = this.#lanes.get(l, READER_OF)
    const lane = l - this.#readers.firstLane(r)
    return `shard ${this.#readers.ownShard(r)}${this.#of(l).factor > 1 ? `.${lane}` : ''}`
  }

  #ready(l: number): boolean {
    const lanes = this.#lanes
    if (lanes.get(l, SIZE) > 0 || this.#finalDue(l)) return true
    const held = lanes.held(l)
    if (held === 0) return false
    const mapping = this.#of(l)
    if (held >= mapping.batchSize || this.#kernel.clock.now - this.#double(l, SINCE) >= mapping.window) return true
    // the batch is cut off by its bytes or its tumbling window
    return lanes.fitting(l, mapping) < held
  }

  #invoke(l: number): void {
    const lanes = this.#lanes
    const mapping = this.#of(l)
    const { parcels, payloads } = this.#context
    const subject = this.#life.drawn.of(l)
    const { recorder } = this.#kernel
    if (lanes.has(l, FINAL) || (lanes.get(l, SIZE) === 0 && this.#finalDue(l))) {
      lanes.flag(l, FINAL, true)
      this.#context.explain(this.#why.windowOver, mapping.resource, subject, mapping.tumbling / MICROS)
      const body = this.#windowOf(l, mapping)
      const sent = [-1, payloads.intern({ body, poison: false }), recorder.trace, lanes.get(l, INVOKES) + 1, 0]
      this.#send(l, mapping, parcels.put(sent), 1)
      return
    }
    if (lanes.get(l, SIZE) === 0) lanes.set(l, SIZE, lanes.fitting(l, mapping))
    const size = lanes.get(l, SIZE)
    if (mapping.tumbling > 0 && this.#double(l, WINDOW_FROM) < 0)
      this.#setDouble(l, WINDOW_FROM, Math.floor(lanes.read(l, 0, RECEIVES) / mapping.tumbling) * mapping.tumbling)
    const items = lanes.first(l, size)
    this.#meters.age(this.#readers.mappingOf(lanes.get(l, READER_OF)), this.#kernel.now - items.at(RECEIVES - ITEM)!)
    for (let at = 0; at < items.length; at += ITEM) {
      // a function sees how often it was tried; Lambda detects no loops through streams (LAM-68)
      items[at + RECEIVES] = lanes.get(l, INVOKES) + 1
      items[at + PAST] = items[at + PAST]! - passesOf(items[at + PAST]!)
    }
    recorder.trace = items[TRACE]!
    this.#context.explain(this.#why.batch, mapping.resource, subject, size)
    this.#send(l, mapping, parcels.put(items), size)
  }

  #send(l: number, mapping: StreamMapping, parcel: number, size: number): void {
    const lanes = this.#lanes
    const m = this.#readers.mappingOf(lanes.get(l, READER_OF))
    lanes.set(l, INVOKES, lanes.get(l, INVOKES) + 1)
    lanes.set(l, SENT, parcel)
    if (!lanes.has(l, FINAL)) this.#meters.invoked(m, size)
    this.#context.calls.send(
      mapping.invoke,
      parcel,
      size,
      this.#kinds.invoked,
      l,
      size > 1 ? Token.batch : Token.message,
    )
  }

  #invoked(request: number, l: number): void {
    const { calls, parcels } = this.#context
    const lanes = this.#lanes
    const sent = lanes.get(l, SENT)
    const items = parcels.get(sent)
    const outcome = calls.outcome(request)
    const value = calls.value(request)
    lanes.set(l, SENT, -1)
    lanes.set(l, PROGRESS, 0)
    let event = this.#event.succeeded
    if (outcome === Outcome.throttled || outcome === Outcome.unavailable) {
      // it was not invoked
      lanes.set(l, INVOKES, lanes.get(l, INVOKES) - 1)
      event = this.#event.throttled
    } else if (outcome !== Outcome.ok) {
      lanes.flag(l, REPORTED, false)
      event = this.#event.failed
    } else if (value !== 0 && this.#of(l).reports && !lanes.has(l, FINAL)) event = this.#reported(l, value, items)
    if (outcome === Outcome.ok && value > 0) parcels.drop(value - 1)
    parcels.drop(sent)
    const m = this.#readers.mappingOf(lanes.get(l, READER_OF))
    if (event !== this.#event.succeeded && !lanes.has(l, FINAL)) this.#meters.failed(m, lanes.get(l, SIZE))
    this.#life.send(l, event)
  }

  /** The handler returned something (STR-ESM-6): what comes before the lowest failure is done. Returns the event of the lane. */
  #reported(l: number, value: number, items: readonly number[]): number {
    const lanes = this.#lanes
    const mapping = this.#of(l)
    lanes.flag(l, REPORTED, true)
    if (value < 0) {
      this.#context.explain(this.#why.invalid, mapping.resource, this.#life.drawn.of(l))
      return this.#event.failed
    }
    const failed = this.#context.parcels.get(value - 1)
    let lowest = Infinity
    for (let at = 0; at < failed.length; at += ITEM) lowest = Math.min(lowest, failed[at + HANDLE]!)
    let done = 0
    while (done * ITEM < items.length && items[done * ITEM + HANDLE]! < lowest) done++
    if (done * ITEM >= items.length) return this.#event.succeeded
    lanes.set(l, PROGRESS, done)
    this.#context.explain(this.#why.checkpoint, mapping.resource, this.#life.drawn.of(l), done)
    lanes.pass(l, done)
    this.#readers.show(lanes.get(l, READER_OF))
    lanes.set(l, SIZE, lanes.get(l, SIZE) - done)
    return this.#event.partlyFailed
  }

  #splits(l: number): boolean {
    const lanes = this.#lanes
    if (!this.#of(l).bisects || lanes.has(l, FINAL)) return false
    return lanes.get(l, SIZE) > 1 || lanes.get(l, PROGRESS) > 0
  }

  /** A reported failure splits the batch where it is, any other in halves (STR-ESM-5, STR-ESM-6). */
  #split(l: number): void {
    const lanes = this.#lanes
    if (lanes.get(l, PROGRESS) === 0) lanes.halve(l)
    this.#explain(l, this.#why.bisected, lanes.get(l, SIZE))
  }

  #wait(l: number, why: number): void {
    const before = this.#double(l, WAIT)
    const wait = before === 0 ? this.#firstWait : Math.min(before * 2, Math.max(this.#mostWait, this.#firstWait))
    this.#setDouble(l, WAIT, wait)
    this.#explain(l, why, wait / MICROS)
  }

  #checkpoint(l: number): void {
    const lanes = this.#lanes
    const mapping = this.#of(l)
    if (lanes.has(l, FINAL)) this.#closeWindow(l)
    else {
      lanes.pass(l, lanes.get(l, SIZE))
      lanes.takePiece(l)
      if (mapping.tumbling > 0 && mapping.state !== null) {
        lanes.flag(l, STATE, true)
        if (mapping.stateTooLarge) {
          lanes.flag(l, CUT, true)
          this.#explain(l, this.#why.windowCut, mapping.tumbling / MICROS)
        }
      }
    }
    this.#goOn(l)
  }

  #discard(l: number): void {
    if (this.#lanes.has(l, FINAL)) this.#closeWindow(l)
    else this.#discards.discard(l, this.#life.drawn.of(l))
    this.#goOn(l)
  }

  #goOn(l: number): void {
    if (this.#lanes.get(l, PIECES) < 0) this.#setDouble(l, SINCE, this.#kernel.now)
    this.#readers.show(this.#lanes.get(l, READER_OF))
    this.#kernel.after(0, this.#kinds.advanced, l)
  }

  #closeWindow(l: number): void {
    this.#setDouble(l, WINDOW_FROM, -1)
    for (const flag of [FINAL, STATE, CUT]) this.#lanes.flag(l, flag, false)
    this.#lanes.takePiece(l)
  }

  /** Whether the open tumbling window waits for its last invocation: it is over, or its state is too large. */
  #finalDue(l: number): boolean {
    const from = this.#double(l, WINDOW_FROM)
    const lanes = this.#lanes
    const { tumbling } = this.#of(l)
    if (tumbling === 0 || from < 0 || lanes.get(l, SIZE) > 0) return false
    if (lanes.has(l, CUT)) return true
    return lanes.held(l) > 0 ? lanes.read(l, 0, RECEIVES) >= from + tumbling : this.#untilFinal(l) === 0
  }

  /** µs until the open window is over and its last records can have been read; Infinity without one. */
  #untilFinal(l: number): number {
    const from = this.#double(l, WINDOW_FROM)
    const { tumbling, period } = this.#of(l)
    return tumbling === 0 || from < 0 ? Infinity : Math.max(0, from + tumbling + period - this.#kernel.clock.now)
  }

  /** What the last invocation of a window gets; it has no records. */
  #windowOf(l: number, { tumbling, state, says }: StreamMapping): JsonObject {
    const from = this.#double(l, WINDOW_FROM)
    const carried: Json = this.#lanes.has(l, STATE) ? state : {}
    return {
      Records: [],
      window: { start: isoTime(from), end: isoTime(from + tumbling) },
      state: carried,
      shardId: shardId(says.service, this.#readers.ownShard(this.#lanes.get(l, READER_OF))),
      eventSourceARN: says.streamArn,
      isFinalInvokeForWindow: true,
      isWindowTerminatedEarly: this.#lanes.has(l, CUT),
    }
  }

  #explain(l: number, why: number, value: number): void {
    this.#context.explain(why, this.#of(l).resource, this.#life.drawn.of(l), value)
  }
  #double(l: number, place: number): number {
    return this.#lanes.doubles.data[l * LANE_DOUBLES + place]!
  }
  #setDouble(l: number, place: number, value: number): void {
    this.#lanes.doubles.data[l * LANE_DOUBLES + place] = value
  }
}
