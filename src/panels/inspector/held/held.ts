import { heldLevel } from '../../../state/run/heldLevel'
import type { RunStore } from '../../../state/run/runStore'
import type { LogicalId } from '../../../model/scenario'
import type { Held } from '../types'

const ORDER = ['global', 'connection', 'handler', 'tmp']

/** What environments of a function and its versions hold at `t`; what is gone or was never there is left out. */
export function heldBy(store: RunStore, resource: LogicalId, t: number): Held[] {
  const found: Held[] = []
  store.levels.forEach((level, index) => {
    const parts = level.resource === resource ? heldLevel(level.name) : null
    if (parts === null) return
    const value = store.levelValue(index, t)
    if (value !== 0) found.push({ ...parts, value })
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
