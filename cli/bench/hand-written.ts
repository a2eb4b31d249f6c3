import { Agenda } from '../../src/kernel/agenda'
import { ln } from '../../src/kernel/ieee'
import { Random } from '../../src/kernel/random'
import { MICROS } from '../../src/model/units'

export interface LoopResult {
  readonly invocations: number
  readonly coldStarts: number
  /** Mean latency (s). */
  readonly latency: number
  /** Time integral of busy environments over the run (mean number). */
  readonly concurrency: number
  /** Mean number of environments. */
  readonly environments: number
}

/** What the loop simulates; durations in seconds. */
export interface LoopModel {
  readonly seed: number
  readonly duration: number
  /** Poisson arrivals per second. */
  readonly rate: number
  /** Mean of the exponential handler. */
  readonly service: number
  readonly coldStart: number
  readonly overhead: number
  readonly idle: number
  readonly concurrencyLimit: number
}

const ARRIVAL = 0
const STARTED = 1
const ENDED = 2
const EXPIRED = 3

/**
 * The yardstick of `bench`: a client and a function as one hand-written loop, on the kernel's own agenda and random source, with the
 * counters the engine keeps (invocations, cold starts, throttles, latency, levels over time, buckets of a second) and nothing else:
 * no charts, no network, no permissions, no rows. The newest idle environment is used first.
 */
export function handWritten(model: LoopModel): LoopResult {
  const agenda = new Agenda()
  const random = new Random(model.seed)
  const arrivals = random.stream('Client/traffic')
  const handler = random.stream('Fn/steps')
  const draw = (stream: number, mean: number): number => Math.round(-mean * MICROS * ln(random.uniform(stream)))
  const end = model.duration * MICROS
  const coldStart = Math.round(model.coldStart * MICROS)
  const overhead = Math.round(model.overhead * MICROS)
  const idle = Math.round(model.idle * MICROS)

  const seconds = Math.ceil(model.duration) + 1
  const invocationsBySecond = new Float64Array(seconds)
  const latencyBySecond = new Float64Array(seconds)
  let invocations = 0
  let coldStarts = 0
  let throttles = 0
  let completed = 0
  let latency = 0

  // environments by id; `free` holds ids to use again, `warm` the idle ones, newest last
  const arrived: number[] = []
  const expiry: number[] = []
  const free: number[] = []
  const warm: number[] = []
  let busy = 0
  let alive = 0
  let busyTime = 0
  let aliveTime = 0
  let since = 0
  const settle = (now: number): void => {
    busyTime += busy * (now - since)
    aliveTime += alive * (now - since)
    since = now
  }

  agenda.push(draw(arrivals, 1 / model.rate), ARRIVAL, 0, 0, -1, -1)
  while (agenda.next < end) {
    const slot = agenda.pop()
    const now = agenda.time[slot]!
    const environment = agenda.a[slot]!
    switch (agenda.kind[slot]!) {
      case ARRIVAL: {
        agenda.push(now + draw(arrivals, 1 / model.rate), ARRIVAL, 0, 0, -1, -1)
        if (busy >= model.concurrencyLimit) {
          throttles++
          break
        }
        settle(now)
        busy++
        invocations++
        const second = Math.floor(now / MICROS)
        invocationsBySecond[second] = invocationsBySecond[second]! + 1
        const reused = warm.pop()
        if (reused === undefined) {
          coldStarts++
          alive++
          const fresh = free.pop() ?? arrived.length
          arrived[fresh] = now
          agenda.push(now + coldStart, STARTED, fresh, 0, -1, -1)
        } else {
          agenda.remove(expiry[reused]!)
          arrived[reused] = now
          agenda.push(now + overhead + draw(handler, model.service), ENDED, reused, 0, -1, -1)
        }
        break
      }
      case STARTED:
        agenda.push(now + overhead + draw(handler, model.service), ENDED, environment, 0, -1, -1)
        break
      case ENDED: {
        settle(now)
        busy--
        completed++
        const took = now - arrived[environment]!
        latency += took
        const second = Math.floor(now / MICROS)
        latencyBySecond[second] = latencyBySecond[second]! + took
        warm.push(environment)
        expiry[environment] = agenda.push(now + idle, EXPIRED, environment, 0, -1, -1)
        break
      }
      case EXPIRED:
        settle(now)
        alive--
        warm.splice(warm.indexOf(environment), 1)
        free.push(environment)
        break
    }
  }
  settle(end)
  if (throttles > 0) throw new Error('the hand-written loop throttled; its model and the scenario no longer agree')
  return {
    invocations,
    coldStarts,
    latency: completed === 0 ? 0 : latency / completed / MICROS,
    concurrency: busyTime / end,
    environments: aliveTime / end,
  }
}
