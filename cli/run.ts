import { createRun, type Run } from '../src/engine/run'
import { answer, parseQueries, QueryError, type QuerySource } from '../src/engine/query'
import { PROFILES } from '../src/model/facts'
import type { Scenario } from '../src/model/scenario'
import { argumentsOf, numberOption, positionals } from './args'
import { Refusal, type Io } from './io'
import { reportJson, reportText } from './report'
import { scenarioAt } from './scenario-file'

/** Events between two looks at the bound. */
const SLICE = 1_000_000
/** Traffic without an end never falls idle; `--until idle` gives up here, in about a minute. */
const MOST_EVENTS = 50_000_000
/** Ten years. */
const MOST_SECONDS = 315_360_000

/** `run FILE`: computes a scenario and prints its metrics, or the answers to `--query`. */
export function run(args: string[], io: Io): number {
  const { values, positionals: given } = argumentsOf(args, {
    seed: { type: 'string' },
    until: { type: 'string' },
    profile: { type: 'string' },
    query: { type: 'string' },
    json: { type: 'boolean' },
  })
  const [file] = positionals(given, ['FILE']) as [string]
  const queries = values.query === undefined ? null : refusing(() => parseQueries(values.query!))
  const scenario = changed(scenarioAt(io, file), values)
  const finished = compute(scenario, values.until === 'idle')
  if (queries !== null) io.write(`${JSON.stringify(refusing(() => answer(queries, sourceOf(finished, scenario))))}\n`)
  else if (values.json === true) io.write(`${JSON.stringify(reportJson(finished, scenario))}\n`)
  else io.write(reportText(finished, scenario))
  return 0
}

/** The document with what the command line says instead. */
function changed(scenario: Scenario, values: { seed?: string; until?: string; profile?: string }): Scenario {
  const seed = numberOption('seed', values.seed, { least: 0, most: Number.MAX_SAFE_INTEGER, whole: true })
  const until =
    values.until === 'idle' ? undefined : numberOption('until', values.until, { least: 0.000_001, most: MOST_SECONDS })
  if (values.profile !== undefined && !Object.hasOwn(PROFILES, values.profile)) {
    throw new Refusal(`--profile ${values.profile}: there are ${Object.keys(PROFILES).join(', ')}`)
  }
  return {
    ...scenario,
    ...(seed === undefined ? {} : { seed }),
    ...(until === undefined ? {} : { duration: until }),
    ...(values.profile === undefined ? {} : { profile: values.profile }),
  }
}

/** Runs to the end without keeping rows: metrics and money do not need them. */
export function compute(scenario: Scenario, untilIdle: boolean): Run {
  const run = createRun(scenario, { untilIdle, record: false, seekable: false })
  while (!run.advance(SLICE)) {
    if (untilIdle && run.progress().events >= MOST_EVENTS) {
      const events = MOST_EVENTS.toLocaleString('en-US')
      throw new Refusal(`not idle after ${events} events: its traffic has no end; give --until a number of seconds`)
    }
  }
  return run
}

export function sourceOf(run: Run, scenario: Scenario): QuerySource {
  return {
    series: run.series(),
    costs: run.costs(),
    until: run.progress().until,
    types: Object.fromEntries(Object.entries(scenario.resources).map(([id, { Type }]) => [id, Type])),
  }
}

function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof QueryError) throw new Refusal(`--query: ${error.message}`)
    throw error
  }
}
