import type { RunStore } from '../../../state/run/runStore'
import type { LogicalId, Scenario } from '../../../model/scenario'
import type { Held } from '../types'

/** Levels that tell what environments hold: `e2 global calls`, `e1 tmp space` (services/lambda/side-steps.ts). */
const LEVEL = /^([ep]\d+) (global|handler|connection|tmp) (.+)$/
const ORDER = ['global', 'connection', 'handler', 'tmp']

/** What environments of a function and its versions hold at `t`; what is gone or was never there is left out. */
export function heldBy(store: RunStore, resource: LogicalId, t: number): Held[] {
  const found: Held[] = []
  store.levels.forEach((level, index) => {
    const parts = level.resource === resource ? LEVEL.exec(level.name) : null
    if (parts === null) return
    const value = store.levelValue(index, t)
    if (value !== 0) found.push({ environment: parts[1]!, scope: parts[2] as Held['scope'], name: parts[3]!, value })
  })
  return found.sort(
    (a, b) =>
      a.environment.localeCompare(b.environment, 'en', { numeric: true }) ||
      ORDER.indexOf(a.scope) - ORDER.indexOf(b.scope),
  )
}

/** `calls = 3`, `database, open`, `120 MB taken`. */
export function heldText({ scope, name, value }: Held): string {
  if (scope === 'connection') return `${name}, open`
  if (scope === 'tmp' && name === 'space') return `${value} MB taken`
  return `${name} = ${value}`
}

/** Published versions of a function, which have environments of their own. */
export function versionsOf(functionId: LogicalId, { resources }: Scenario): LogicalId[] {
  return Object.keys(resources).filter(
    (id) =>
      resources[id]!.Type === 'AWS::Lambda::Version' && resources[id]!.Properties?.['FunctionName'] === functionId,
  )
}
