import { MICROS, toMicros } from '../../../model/units'
import { Table } from '../../../kernel/columns'
import type { Kernel } from '../../../kernel/kernel'
import type { ServiceContext } from '../../service'
import type { Mapping } from './config'
import type { MappingMeters } from './meters'
import {
  BUSY_AT,
  EVER,
  GROWING,
  LOOKING,
  MAPPING_DOUBLES,
  MAPPING_INTS,
  NEXT_POLL,
  POLLERS,
  THROTTLED_AT,
  WANTED,
  WATCHING,
} from './row'

/** What the number of pollers is changed with. */
export interface Crew {
  add(m: number): void
  /** Sends up to `surplus` pollers away that have nothing in hand. */
  dismiss(m: number, surplus: number): void
}

/**
 * How many pollers a mapping has (SQS-ESM-3 to SQS-ESM-5). They grow in steps after unbroken backlog and not while the function refuses
 * (learning-design 2.3, decision 2); they fall back when the queue is empty, and once more when it stays so for long.
 */
export class Scaling {
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #mappings: readonly Mapping[]
  readonly #meters: MappingMeters
  readonly #crew: Crew
  readonly #table: Table
  readonly #ints
  readonly #doubles
  readonly #idleAfter: number
  readonly #kinds: { readonly [name in 'growing' | 'watching' | 'looking']: number }
  readonly #why: { readonly [name in 'added' | 'provisioned' | 'gone' | 'idle']: number }

  constructor(context: ServiceContext, mappings: readonly Mapping[], meters: MappingMeters, crew: Crew) {
    const { kernel } = context
    this.#context = context
    this.#kernel = kernel
    this.#mappings = mappings
    this.#meters = meters
    this.#crew = crew
    this.#table = kernel.part(new Table(mappings.length || 1))
    this.#ints = this.#table.kept(0, MAPPING_INTS)
    this.#doubles = this.#table.keptF64(0, MAPPING_DOUBLES)
    this.#idleAfter = toMicros(context.number('lambda.pollersIdleAfter'))
    for (let m = 0; m < mappings.length; m++) {
      this.#table.add()
      this.#ints.data[m * MAPPING_INTS + GROWING] = -1
      this.#ints.data[m * MAPPING_INTS + WATCHING] = -1
      this.#ints.data[m * MAPPING_INTS + LOOKING] = -1
      this.#doubles.data[m * MAPPING_DOUBLES + THROTTLED_AT] = -Infinity
    }
    this.#kinds = {
      growing: kernel.handler((m) => this.#grow(m)),
      watching: kernel.handler((m) => this.#watch(m)),
      looking: kernel.handler((m) => this.#look(m)),
    }
    this.#why = {
      added: context.reason('lambda.pollersAdded'),
      provisioned: context.reason('lambda.pollersProvisioned'),
      gone: context.reason('lambda.pollersGone'),
      idle: context.reason('lambda.pollersIdle'),
    }
  }

  /** The mapping polls from now on. */
  open(m: number): void {
    this.#doubles.data[m * MAPPING_DOUBLES + BUSY_AT] = this.#kernel.now
    this.#want(m, this.#mappings[m]!.atFirst)
    this.#keepWatch(m)
  }

  /** It stops polling; what is in hand is finished. */
  close(m: number): void {
    this.#stop(m, GROWING)
    this.#stop(m, WATCHING)
    this.#stop(m, LOOKING)
    this.#want(m, 0)
  }

  /** Its configuration changed. */
  renew(m: number): void {
    const { atFirst, most } = this.#mappings[m]!
    const wanted = this.#ints.data[m * MAPPING_INTS + WANTED]!
    if (wanted > 0) this.#want(m, Math.max(atFirst, Math.min(wanted, most)))
  }

  /** A poller of a mapping that has more than it wants. */
  surplus(m: number): boolean {
    const row = this.#ints.data
    return row[m * MAPPING_INTS + POLLERS]! > row[m * MAPPING_INTS + WANTED]!
  }

  /** Counts a poller that is added; returns its number among all there ever were. */
  joined(m: number): number {
    const row = this.#ints.data
    const at = m * MAPPING_INTS
    row[at + EVER] = row[at + EVER]! + 1
    row[at + POLLERS] = row[at + POLLERS]! + 1
    this.#meters.pollers(m, row[at + POLLERS]!)
    return row[at + EVER]!
  }
  left(m: number): void {
    const row = this.#ints.data
    const at = m * MAPPING_INTS
    row[at + POLLERS] = row[at + POLLERS]! - 1
    this.#meters.pollers(m, row[at + POLLERS]!)
  }

  throttled(m: number): void {
    this.#doubles.data[m * MAPPING_DOUBLES + THROTTLED_AT] = this.#kernel.now
  }

  /** Messages came; looks at what is left in the queue. */
  received(m: number): void {
    const mapping = this.#mappings[m]!
    const row = this.#ints.data
    const at = m * MAPPING_INTS
    this.#doubles.data[m * MAPPING_DOUBLES + BUSY_AT] = this.#kernel.clock.now
    const backlog = this.#context.read('sqs.receivable', mapping.queue)
    if (backlog > 0) {
      if (row[at + GROWING]! < 0) {
        row[at + GROWING] = this.#kernel.after(mapping.stepAfter, this.#kinds.growing, m)
      }
      if (row[at + WANTED]! < mapping.atFirst && row[at + WANTED]! > 0) {
        this.#want(m, mapping.atFirst)
        this.#keepWatch(m)
      }
      return
    }
    if (row[at + GROWING]! >= 0) {
      this.#stop(m, GROWING)
      if (row[at + WANTED]! > mapping.atFirst) this.#shrink(m, mapping.atFirst, this.#why.gone)
    }
    // nobody is left to see messages that come from now on
    if (this.#ints.data[at + LOOKING]! < 0 && this.#context.read('sqs.awaited', mapping.queue) === 0)
      this.#ints.data[at + LOOKING] = this.#kernel.after(MICROS, this.#kinds.looking, m)
  }

  /** µs until a provisioned poller may poll, which then has polled; `bytes` is what it read last. 0 without provisioned mode. */
  pace(m: number, bytes: number): number {
    const { provisioned } = this.#mappings[m]!
    if (provisioned === null) return 0
    const doubles = this.#doubles.data
    const at = m * MAPPING_DOUBLES + NEXT_POLL
    const pollers = Math.max(1, this.#ints.data[m * MAPPING_INTS + WANTED]! / provisioned.invokes)
    const { now } = this.#kernel.clock
    const from = Math.max(now, doubles[at]!)
    const gap = Math.max(1 / provisioned.polls, bytes / provisioned.bytes) / pollers
    doubles[at] = from + Math.round(gap * MICROS)
    return from - now
  }

  /** Looks once a second, while every poller is busy, whether a backlog begins. */
  #look(m: number): void {
    const { queue, stepAfter } = this.#mappings[m]!
    const row = this.#ints.data
    const at = m * MAPPING_INTS
    row[at + LOOKING] = -1
    if (row[at + GROWING]! >= 0) return
    if (this.#context.read('sqs.receivable', queue) > 0)
      row[at + GROWING] = this.#kernel.after(stepAfter, this.#kinds.growing, m)
    else if (this.#context.read('sqs.awaited', queue) === 0)
      row[at + LOOKING] = this.#kernel.after(MICROS, this.#kinds.looking, m)
  }

  #grow(m: number): void {
    const mapping = this.#mappings[m]!
    const row = this.#ints.data
    const at = m * MAPPING_INTS
    row[at + GROWING] = -1
    const calm = this.#kernel.now - this.#doubles.data[m * MAPPING_DOUBLES + THROTTLED_AT]! > MICROS
    if (calm && row[at + WANTED]! < mapping.most) {
      const wanted = Math.min(mapping.most, row[at + WANTED]! + mapping.step)
      this.#want(m, wanted)
      if (mapping.provisioned === null) this.#context.explain(this.#why.added, mapping.resource, -1, wanted)
      else {
        const pollers = Math.ceil(wanted / mapping.provisioned.invokes)
        this.#context.explain(this.#why.provisioned, mapping.resource, -1, pollers)
      }
    }
    this.#ints.data[at + GROWING] = this.#kernel.after(mapping.stepAfter, this.#kinds.growing, m)
  }

  #want(m: number, value: number): void {
    const { recorder } = this.#kernel
    const { provisioned } = this.#mappings[m]!
    const at = m * MAPPING_INTS
    this.#ints.data[at + WANTED] = value
    if (provisioned !== null) this.#meters.provisioned(m, value, provisioned)
    const { cause } = recorder
    while (this.#ints.data[at + POLLERS]! < value) {
      recorder.cause = cause
      this.#crew.add(m)
    }
    const surplus = this.#ints.data[at + POLLERS]! - value
    if (surplus > 0) this.#crew.dismiss(m, surplus)
  }

  #shrink(m: number, to: number, why: number): void {
    const { resource, provisioned } = this.#mappings[m]!
    this.#context.explain(why, resource, -1, provisioned === null ? to : Math.ceil(to / provisioned.invokes))
    this.#want(m, to)
  }

  /** Looks again when it may have been idle for long enough. */
  #keepWatch(m: number): void {
    const { idle, atFirst } = this.#mappings[m]!
    const at = m * MAPPING_INTS + WATCHING
    if (idle >= atFirst || this.#ints.data[at]! >= 0) return
    const since = this.#doubles.data[m * MAPPING_DOUBLES + BUSY_AT]!
    const { recorder } = this.#kernel
    const { cause, trace } = recorder
    recorder.cause = -1
    recorder.trace = -1
    this.#ints.data[at] = this.#kernel.after(since + this.#idleAfter - this.#kernel.now, this.#kinds.watching, m)
    recorder.cause = cause
    recorder.trace = trace
  }

  #watch(m: number): void {
    const { idle } = this.#mappings[m]!
    this.#ints.data[m * MAPPING_INTS + WATCHING] = -1
    const since = this.#doubles.data[m * MAPPING_DOUBLES + BUSY_AT]!
    if (this.#kernel.now - since < this.#idleAfter) return this.#keepWatch(m)
    if (this.#ints.data[m * MAPPING_INTS + WANTED]! > idle) this.#shrink(m, idle, this.#why.idle)
  }

  #stop(m: number, timer: number): void {
    const at = m * MAPPING_INTS + timer
    const slot = this.#ints.data[at]!
    if (slot < 0) return
    this.#kernel.agenda.remove(slot)
    this.#ints.data[at] = -1
  }
}
