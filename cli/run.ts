import { createRun, type Run } from '../src/engine/run'
import { answerRefused, ask, parseQueries, QueryError, type MetricQuery, type QuerySource } from '../src/engine/query'
import { gate } from '../src/gate/text'
import { PROFILES } from '../src/model/facts'
import type { Scenario } from '../src/model/scenario'
import { argumentsOf, numberOption, positionals } from './args'
import { Refusal, type Io } from './io'
import { reportJson, reportText } from './report'
import { pathOf, scenarioAt } from './scenario-file'

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
  const untilIdle = values.until === 'idle'
  if (queries !== null) {
    io.write(`${JSON.stringify(refusing(() => answersTo(queries, io, file, values)))}\n`)
    return 0
  }
  const scenario = changed(scenarioAt(io, file), values)
  const finished = compute(scenario, untilIdle)
  if (values.json === true) io.write(`${JSON.stringify(reportJson(finished, scenario))}\n`)
  else io.write(reportText(finished, scenario))
  return 0
}

interface Values {
  readonly seed?: string
  readonly until?: string
  readonly profile?: string
}

/** A document that the gate refuses is not run: then only `deploy.status` has an answer. */
function answersTo(queries: readonly MetricQuery[], io: Io, file: string, values: Values): object {
  const status = queries.some(({ m }) => m === 'deploy.status')
  if (status) {
    const gated = gate(io.read(pathOf(io, file)))
    if (!gated.ok) return answerRefused(queries, gated.problems)
  }
  const untilIdle = values.until === 'idle'
  return ask(queries, changed(scenarioAt(io, file), values), {
    untilIdle,
    problems: [],
    progress: (events) => checkIdle(untilIdle, events),
  })
}

/** The document with what the command line says instead. */
function changed(scenario: Scenario, values: Values): Scenario {
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
  while (!run.advance(SLICE)) checkIdle(untilIdle, run.progress().events)
  return run
}

/** Gives up on a run that is to fall idle and does not. */
function checkIdle(untilIdle: boolean, events: number): void {
  if (!untilIdle || events < MOST_EVENTS) return
  const most = MOST_EVENTS.toLocaleString('en-US')
  throw new Refusal(`not idle after ${most} events: its traffic has no end; give --until a number of seconds`)
}

/** What a finished run tells without having been watched: its series, money and contents. */
export const sourceOf = (run: Run, scenario: Scenario): QuerySource => ({
  scenario,
  series: run.series(),
  costs: run.costs(),
  contents: run.contents(),
  until: run.progress().until,
})

function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof QueryError) throw new Refusal(`--query: ${error.message}`)
    throw error
  }
}
