import type { JsonObject, Scenario } from '../../../model/scenario'
import { errorMessage, errorTypes, runningVersions, type RunningVersion } from './lambdaCode'
import { factValue } from '../../../model/facts'
import { toMicros } from '../../../model/units'
import { FACTS } from '../../../services'
import { initBilled } from './billing'
import { logAccess, type LogAccess } from './permissions'

/** One version of a function, as far as its log lines tell about it. */
export interface FunctionCode {
  /** Function. */
  readonly id: string
  /** Resource its environments belong to: the function or the version. */
  readonly own: string
  /** `$LATEST` or a number. */
  readonly version: string
  /** `/aws/lambda/Worker` (LAM-29). */
  readonly group: string
  readonly runtime: string
  /** MB */
  readonly memory: number
  /** s */
  readonly timeout: number
  /** MB the code takes once it is loaded. */
  readonly needs: number
  /** MB that an invocation takes and gives back, and that it adds for good. */
  readonly takes: number
  readonly keeps: number
  /** Text of the `log` step at a place in Behavior.steps. */
  text(step: number): string
  /** An error type by its number, and the message that goes with it. */
  error(type: number): { readonly type: string; readonly message: string }
  readonly access: LogAccess
  /** Whether the init phase is part of the billed duration (LAM-27). */
  readonly initBilled: boolean
  /** Time added to every invocation before its code runs (µs); null where it is drawn at random. */
  readonly overhead: number | null
}

/** Everything that runs in a document, by the resource its environments belong to. */
export function codeOf(scenario: Scenario): Map<string, FunctionCode> {
  return new Map(runningVersions(scenario).map((it) => [it.own, read(scenario, it)]))
}

function read(scenario: Scenario, { id, own, version, properties, behavior }: RunningVersion): FunctionCode {
  const steps = (behavior['steps'] ?? []) as JsonObject[]
  const types = errorTypes(behavior)
  const timeout = numberOr(properties['Timeout'], 3)
  const name = typeof properties['FunctionName'] === 'string' ? properties['FunctionName'] : id
  const taken = (kept: boolean): number =>
    steps.reduce((sum, step) => {
      const size = step['memory']
      return typeof size === 'number' && (step['scope'] === 'global') === kept ? sum + size : sum
    }, 0)
  const group = `/aws/lambda/${name}`
  return {
    id,
    own,
    version,
    group,
    runtime: typeof properties['Runtime'] === 'string' ? properties['Runtime'] : 'nodejs24.x',
    memory: numberOr(properties['MemorySize'], 128),
    timeout,
    needs: numberOr(behavior['memory'], 40),
    takes: taken(false),
    keeps: taken(true),
    text: (step) => textOf(steps[step]?.['log']),
    error(number) {
      const type = types[number] ?? types[0] ?? 'Error'
      return { type, message: errorMessage(type, timeout, said(steps, type)) }
    },
    access: logAccess(scenario, id, properties, group),
    initBilled: initBilled(scenario, properties),
    overhead: overheadOf(scenario, behavior),
  }
}

function overheadOf(scenario: Scenario, behavior: JsonObject): number | null {
  const fact = FACTS['lambda.warmOverhead']
  const fallback = fact === undefined ? 0 : (scenario.facts?.[fact.key] ?? factValue(fact, scenario.profile))
  const written = behavior['overhead'] ?? fallback
  return typeof written === 'number' ? toMicros(written) : null
}

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''))

/** Message of the `fail` step that raises a type. */
function said(steps: readonly JsonObject[], type: string): string | null {
  for (const step of steps) {
    const fail = step['fail'] as JsonObject | undefined
    if (fail?.['type'] === type && typeof fail['message'] === 'string') return fail['message']
  }
  return null
}
