import { simulate } from '../src/engine/simulate'
import type { Scenario } from '../src/model/scenario'
import { argumentsOf, numberOption, positionals } from './args'
import { handWritten } from './bench/hand-written'
import { direct, model, queued } from './bench/scenarios'
import type { Io } from './io'
import { scenarioFrom } from './scenario-file'

const INVOCATIONS = 300_000
const ROUNDS = 3

/** `bench`: invocations per second, the best of three rounds after one to warm up. The same every time but for the speed. */
export function bench(args: string[], io: Io): number {
  const { values, positionals: given } = argumentsOf(args, {
    json: { type: 'boolean' },
    invocations: { type: 'string' },
  })
  positionals(given, [])
  const invocations =
    numberOption('invocations', values.invocations, { least: 1_000, most: 10_000_000, whole: true }) ?? INVOCATIONS
  const one = scenarioFrom(direct(invocations), 'the bench scenario')
  const two = scenarioFrom(queued(invocations), 'the bench scenario')
  const speeds = {
    counted: best(() => simulated(one, false)),
    recorded: best(() => simulated(one, true)),
    handWritten: best(() => handWritten(model(invocations)).invocations),
    queue: best(() => simulated(two, true)),
  }
  if (values.json === true) io.write(`${JSON.stringify(speeds)}\n`)
  else {
    const row = (name: string, speed: number): string =>
      `${name.padEnd(44)} ${(speed / 1e6).toFixed(2).padStart(7)} M invocations/s\n`
    io.write(row('client -> function, counted', speeds.counted))
    io.write(row('client -> function, recorded', speeds.recorded))
    io.write(row('the same as a hand-written loop', speeds.handWritten))
    io.write(row('client -> queue -> function, recorded', speeds.queue))
    io.write(
      `The engine, counted, takes ${(speeds.handWritten / speeds.counted).toFixed(2)} times as long as the loop.\n`,
    )
  }
  return 0
}

/** Runs a document and tells how many invocations it contained. */
function simulated(scenario: Scenario, record: boolean): number {
  const { series } = simulate(scenario, { record })
  const total = series.find(({ resource, name }) => resource === 'Fn' && name === 'Invocations')?.total.sum ?? 0
  if (total === 0) throw new Error('the bench scenario invoked nothing')
  return total
}

/** Invocations per second of wall clock. */
function best(work: () => number): number {
  work()
  let most = 0
  for (let round = 0; round < ROUNDS; round++) {
    const since = performance.now()
    const invocations = work()
    most = Math.max(most, (invocations * 1000) / (performance.now() - since))
  }
  return Math.round(most)
}
