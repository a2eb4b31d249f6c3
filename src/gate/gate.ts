/**
 * The one way into the program for documents: files, links, templates and the code editor (design.md 4).
 * Size caps, parse, migrate, strict schema, semantic checks. Never throws, and takes bounded time and memory.
 */
import type { Json, JsonObject, Scenario } from '../model/scenario'
import type { Problem } from '../services/service'
import { migrate } from './migrate'
import type { Migration } from './migrate'
import { plainJson } from './plain-json'
import type { Registry } from './registry'
import { semanticProblems } from './semantic'
import { structure } from './structure'

export interface Passed {
  readonly ok: true
  /** As written, in the current format; missing name, profile, seed and duration are filled in. */
  readonly scenario: Scenario
  /** With every default filled in, for the engine. */
  readonly normalised: Scenario
  /** Warnings and notes. */
  readonly problems: Problem[]
}

export interface Refused {
  readonly ok: false
  /** At least one error. */
  readonly problems: Problem[]
  /** Present when the structure is right and only the meaning is wrong, such as a dangling reference. */
  readonly scenario?: Scenario
  readonly normalised?: Scenario
}

export type Gated = Passed | Refused

/** The gate for a value that came from elsewhere: a link, storage, a message. It is copied, never kept. */
export function gateValue(value: unknown, registry: Registry): Gated {
  try {
    const plain = plainJson(value)
    return plain.ok ? gatePlain(plain.value, registry) : { ok: false, problems: [plain.problem] }
  } catch (error) {
    return unforeseen(error)
  }
}

/** What is said when a step of the gate failed itself; never expected, always survived. */
export function unforeseen(error: unknown): Refused {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    ok: false,
    problems: [{ severity: 'error', path: '', message: `The document could not be checked: ${reason}` }],
  }
}

/** The steps after parsing. `chain` and `version` replace the migrations, for tests. */
export function gatePlain(
  value: Json,
  registry: Registry,
  chain?: { readonly [version: number]: Migration },
  version?: number,
): Gated {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = 'This is not a scenario. A scenario says coldstart: 1 and lists its parts under resources.'
    return { ok: false, problems: [{ severity: 'error', path: '', message }] }
  }
  const migrated = migrate(value satisfies JsonObject, chain, version)
  if (!migrated.ok) return { ok: false, problems: [migrated.problem] }
  const structured = structure(migrated.document, registry)
  if (!structured.ok) return { ok: false, problems: structured.problems }
  const { scenario, normalised } = structured
  const problems = semanticProblems(normalised, registry)
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (errors.length > 0) {
    const rest = problems.filter((problem) => problem.severity !== 'error')
    return { ok: false, problems: [...errors, ...rest], scenario, normalised }
  }
  return { ok: true, scenario, normalised, problems }
}
