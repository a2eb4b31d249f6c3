import type { JsonObject, LogicalId, Scenario } from '../../../model/scenario'
import { pointer } from '../../edit'
import type { Fix, Problem } from '../../service'
import { objectOf } from '../targets'
import { runningVersions } from '../versions'

/** `$LATEST` or a published version as it is configured. */
export interface Configuration {
  /** Function or version it belongs to. */
  readonly own: LogicalId
  readonly fn: LogicalId
  readonly published: boolean
  readonly properties: JsonObject
  readonly behavior: JsonObject
  /** Where a part is written; null when a version takes it from its function, where it is reported. */
  at(part: 'Properties' | 'Behavior', name: string, ...rest: (string | number)[]): string | null
}

/** What every function and version runs with; of a version only what it has of its own is reported. */
export function configurations(scenario: Scenario): Configuration[] {
  return runningVersions(scenario).map(({ id, own, properties, behavior }): Configuration => {
    const snapshot = objectOf(scenario.resources[own]?.Behavior?.['snapshot'])
    return {
      own,
      fn: id,
      published: own !== id,
      properties,
      behavior,
      at: (part, name, ...rest) =>
        own === id
          ? pointer(own, part, name, ...rest)
          : Object.hasOwn(objectOf(snapshot[part]), name)
            ? pointer(own, 'Behavior', 'snapshot', part, name, ...rest)
            : null,
    }
  })
}

type Severity = Problem['severity']

/**
 * A problem with what AWS answers to it, or none where the path is null. `message` is ours: the thing, the number, the remedy;
 * `words` are AWS's own.
 */
export function report(
  severity: Severity,
  path: string | null,
  message: string,
  words: string | null = null,
  fix?: Fix,
): Problem[] {
  if (path === null) return []
  const said = words === null ? message : `${message} AWS: ${words}`
  return [{ severity, path, message: said, ...(fix === undefined ? {} : { fix }) }]
}

export const setTo = (path: string, value: string | number): Fix => ({
  title: `Set ${value}`,
  patches: [{ op: 'replace', path, value }],
})

export const removing = (title: string, path: string): Fix => ({ title, patches: [{ op: 'remove', path }] })

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
export const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : []

/** `1 layer`, `6 layers`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`
