import type { LogicalId, Scenario } from '../../model/scenario'
import type { Problem } from '../../services/service'

export interface ProblemCounts {
  readonly error: number
  readonly warning: number
  readonly info: number
  /** What the tab shows: errors and warnings. */
  readonly badge: number
}

export function problemCounts(problems: readonly Problem[]): ProblemCounts {
  const count = (severity: Problem['severity']) => problems.filter((problem) => problem.severity === severity).length
  const [error, warning, info] = [count('error'), count('warning'), count('info')]
  return { error, warning, info, badge: error + warning }
}

const ORDER: { readonly [severity in Problem['severity']]: number } = { error: 0, warning: 1, info: 2 }

/** Errors first, then warnings, then notes; within one severity as the gate found them. */
export function bySeverity(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
}

export interface Place {
  /** Resource the problem is in; null for the scenario itself. */
  readonly resource: LogicalId | null
  /** What is shown: `Worker · VisibilityTimeout`, `seed`. */
  readonly text: string
}

/** Where a problem is, in words. `Properties` and list brackets are left out; positions count from 1. */
export function placeOf(path: string, scenario: Scenario): Place {
  const parts = path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (parts[0] !== 'resources' || parts[1] === undefined) return { resource: null, text: words(parts) || 'Scenario' }
  const id = parts[1]
  const known = Object.hasOwn(scenario.resources, id)
  const inside = words(parts.slice(2).filter((part) => part !== 'Properties'))
  const name = scenario.labels?.[id] ?? id
  return { resource: known ? id : null, text: inside === '' ? name : `${name} · ${inside}` }
}

function words(parts: readonly string[]): string {
  return parts.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part)).join(' ')
}

/** Problems at a JSON pointer or below it. */
export function problemsAt(problems: readonly Problem[], pointer: string): Problem[] {
  return problems.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`))
}
