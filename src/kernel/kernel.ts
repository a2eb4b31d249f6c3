import { Agenda } from './agenda'
import { Clock } from './clock'
import { Metrics } from './metrics'
import { Random } from './random'
import { Recorder } from './recorder'
import type { Stateful } from './stateful'

/** What happens when an agenda entry comes due. `a` and `b` are what it was scheduled with. */
export type Handler = (a: number, b: number) => void

/** State of a whole run at one instant. */
export interface Keyframe {
  readonly at: number
  readonly events: number
  readonly rows: number
  readonly images: readonly unknown[]
}

/** Bounds that end a run which would not end by itself (design.md 10). */
export interface Bounds {
  /** Events without simulated time moving. */
  readonly perInstant: number
}

const DEFAULT_BOUNDS: Bounds = { perInstant: 1_000_000 }

/** How time passes. Knows no AWS: it pops the next event and calls its handler. */
export class Kernel {
  readonly clock = new Clock()
  /** Events handled. */
  events = 0
  /** Set when a bound ended the run; a sentence. */
  stopped: string | null = null
  readonly agenda = new Agenda()
  readonly recorder = new Recorder(this.clock)
  readonly random: Random
  readonly metrics: Metrics
  readonly #handlers: Handler[] = []
  readonly #parts: Stateful[] = []
  readonly #bounds: Bounds
  #instant = -0
  #sinceInstant = 0

  constructor(seed: number, durationSeconds: number, bounds: Bounds = DEFAULT_BOUNDS) {
    // a double from the start (see Clock)
    this.#instant = 0
    this.random = new Random(seed)
    this.metrics = new Metrics(durationSeconds, this.clock)
    this.#bounds = bounds
    this.#parts.push(this.agenda, this.recorder, this.random, this.metrics)
  }

  /** Simulated time (µs). */
  get now(): number {
    return this.clock.now
  }

  /** Lets time pass without an event. */
  pass(time: number): void {
    if (time >= this.metrics.until) this.metrics.turn(time)
    this.clock.now = time
  }

  /** Registers a handler and returns its kind. Kinds are handed out in order, so registration order must be fixed. */
  handler(handle: Handler): number {
    return this.#handlers.push(handle) - 1
  }

  /** Registers a part that keyframes must hold. */
  part<P extends Stateful>(part: P): P {
    this.#parts.push(part)
    return part
  }

  /** Schedules an event `delay` µs from now and returns its slot. It inherits the present cause and trace. */
  after(delay: number, kind: number, a = 0, b = 0): number {
    return this.agenda.push(this.now + delay, kind, a, b, this.recorder.cause, this.recorder.trace)
  }

  /** Schedules an entry again that has not come due, as `after` would. */
  again(slot: number, delay: number): void {
    this.agenda.reschedule(slot, this.now + delay, this.recorder.cause, this.recorder.trace)
  }

  /** Schedules an intervention: first of its instant, whenever it was added. `rank` orders those of one instant. */
  intervene(at: number, kind: number, a: number, rank: number): void {
    this.agenda.insert(at, kind, a, rank - 1e9)
  }

  /** Calls a handler now, in the present cause and trace. */
  call(kind: number, a: number, b: number): void {
    this.#handlers[kind]!(a, b)
  }

  /**
   * Runs until `until` (µs, exclusive) or `most` events, whichever comes first. Returns true when nothing before `until` is left.
   * The caller decides how much to do at a time; the result does not depend on it.
   */
  advance(until: number, most: number): boolean {
    const { agenda, recorder } = this
    const handlers = this.#handlers
    for (let left = most; left > 0; left--) {
      if (this.stopped !== null) return true
      const slot = agenda.pop(until)
      if (slot < 0) return true
      const time = agenda.time[slot]!
      if (time === this.#instant) {
        if (++this.#sinceInstant > this.#bounds.perInstant) {
          this.stopped = `The run stopped at ${this.#bounds.perInstant.toLocaleString('en-US')} events in one instant.`
          return true
        }
      } else {
        this.#instant = time
        this.#sinceInstant = 0
      }
      this.pass(time)
      this.events++
      recorder.cause = agenda.cause[slot]!
      recorder.trace = agenda.trace[slot]!
      handlers[agenda.kind[slot]!]!(agenda.a[slot]!, agenda.b[slot]!)
    }
    return this.stopped !== null || agenda.next >= until
  }

  keyframe(): Keyframe {
    this.recorder.flush()
    return {
      at: this.now,
      events: this.events,
      rows: this.recorder.count,
      images: [
        { instant: this.#instant, since: this.#sinceInstant, stopped: this.stopped },
        ...this.#parts.map((part) => part.save()),
      ],
    }
  }

  /** What a keyframe holds of one part. */
  imageOf(part: Stateful, keyframe: Keyframe): unknown {
    return keyframe.images[1 + this.#parts.indexOf(part)]
  }

  restore(keyframe: Keyframe): void {
    const [own, ...images] = keyframe.images
    const { instant, since, stopped } = own as { instant: number; since: number; stopped: string | null }
    this.#instant = instant
    this.#sinceInstant = since
    this.stopped = stopped
    this.clock.now = keyframe.at
    this.events = keyframe.events
    this.#parts.forEach((part, index) => part.load(images[index]))
  }
}
