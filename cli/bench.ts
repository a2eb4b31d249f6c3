import { simulate } from '../src/engine/simulate'
import type { Scenario } from '../src/model/scenario'
import { argumentsOf, numberOption, positionals } from './args'
import { computed } from './bench/bus'
import { handWritten } from './bench/hand-written'
import { matching } from './bench/match'
import { bus, direct, model, queued, queuedSingle } from './bench/scenarios'
import { reachMatrix } from './bench/reach-matrix'
import { seeks } from './bench/seek'
import type { Io } from './io'
import { scenarioFrom } from './scenario-file'

const INVOCATIONS = 300_000
const ROUNDS = 6
/** Invocations of the run in which the playhead is moved about (design.md 9). */
const LONG = 1_000_000

/**
 * `bench`: how much of a run is computed in a second, the best of six rounds after one to warm up; then seeks in a long run and the
 * memory it takes. What is computed is the same every time. In invocations per second of wall clock: `counted`, `recorded`, `handWritten`;
 * in messages per second, sent, received, worked on and deleted, recorded: `queue` (batches of up to 10, 1,000 messages arrive a simulated
 * second), `queueSingle` (a batch for each, 100 arrive). `match`: events per second against the 100 rules of a bus. `busSeconds`: how long the
 * app's worker computes ten minutes of a bus that sends 1,000 events a second to three functions; `--invocations` are its events then.
 */
export function bench(args: string[], io: Io): number {
  const { values, positionals: given } = argumentsOf(args, {
    json: { type: 'boolean' },
    invocations: { type: 'string' },
  })
  positionals(given, [])
  const invocations =
    numberOption('invocations', values.invocations, { least: 1_000, most: 10_000_000, whole: true }) ?? INVOCATIONS
  const one = scenarioFrom(direct(invocations), 'the bench scenario')
  const batches = scenarioFrom(queued(invocations), 'the bench scenario')
  const singles = scenarioFrom(queuedSingle(invocations), 'the bench scenario')
  const long = scenarioFrom(direct(values.invocations === undefined ? LONG : invocations), 'the bench scenario')
  const match = matching()
  // a fifth of the rows is sent, as of a run of a million
  const seek = seeks(long, values.invocations === undefined ? undefined : invocations)
  const speeds = {
    counted: best(() => simulated(one, INVOKED, false)),
    recorded: best(() => simulated(one, INVOKED, true)),
    handWritten: best(() => handWritten(model(invocations)).invocations),
    queue: best(() => simulated(batches, DELETED, true)),
    queueSingle: best(() => simulated(singles, DELETED, true)),
    match,
    busSeconds: computed(
      scenarioFrom(bus(values.invocations === undefined ? undefined : invocations), 'the bench scenario'),
    ),
    ...seek,
    ...reachMatrix(),
  }
  if (values.json === true) io.write(`${JSON.stringify(speeds)}\n`)
  else {
    const row = (name: string, speed: number, unit = 'invocations'): string =>
      `${name.padEnd(46)} ${(speed / 1e6).toFixed(2).padStart(7)} M ${unit}/s\n`
    io.write(row('client -> function, counted', speeds.counted))
    io.write(row('client -> function, recorded', speeds.recorded))
    io.write(row('the same as a hand-written loop', speeds.handWritten))
    io.write(row('client -> queue -> function, batches of <= 10', speeds.queue, 'messages'))
    io.write(row('client -> queue -> function, one by one', speeds.queueSingle, 'messages'))
    io.write(row('events against 100 rules of a bus', speeds.match, 'events'))
    const number = (name: string, value: number, unit: string): string =>
      `${name.padEnd(46)} ${value.toFixed(1).padStart(7)} ${unit}\n`
    io.write(number('client -> bus -> 3 functions, as in the worker', speeds.busSeconds, 's'))
    io.write(number('seek in a long run, median of 50', seek.seekMs, 'ms'))
    io.write(number('seek in a long run, slowest of 50', seek.seekMostMs, 'ms'))
    io.write(number('memory of that run, heap', seek.heapMb, 'MB'))
    io.write(number('memory of that run, rows and keyframes', seek.buffersMb, 'MB'))
    io.write(
      number(
        `reachability of ${(speeds.reachMatrixPairs / 1000).toFixed(0)} k pairs, 200 subnets, 500 groups`,
        speeds.reachMatrixMs,
        'ms',
      ),
    )
    io.write(
      `The engine, counted, takes ${(speeds.handWritten / speeds.counted).toFixed(2)} times as long as the loop.\n`,
    )
  }
  return 0
}

interface Measure {
  readonly resource: string
  readonly name: string
}
const INVOKED: Measure = { resource: 'Fn', name: 'Invocations' }
const DELETED: Measure = { resource: 'Queue', name: 'NumberOfMessagesDeleted' }

/** Runs a document and tells how much of `measure` it contained. */
function simulated(scenario: Scenario, measure: Measure, record: boolean): number {
  const { series } = simulate(scenario, { record })
  const found = series.find(({ resource, name }) => resource === measure.resource && name === measure.name)
  const total = found?.total.sum ?? 0
  if (total === 0) throw new Error(`the bench scenario has no ${measure.name}`)
  return total
}

/** What `work` says it did, per second of wall clock. */
function best(work: () => number): number {
  work()
  let most = 0
  for (let round = 0; round < ROUNDS; round++) {
    const since = performance.now()
    const done = work()
    most = Math.max(most, (done * 1000) / (performance.now() - since))
  }
  return Math.round(most)
}
