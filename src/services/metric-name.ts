/** How templates name metrics. */
import type { Json, LogicalId, Scenario } from '../model/scenario'
import { list, object, text } from '../network/read'

/** A metric of a resource, by CloudWatch's name. */
export interface MetricName {
  readonly resource: LogicalId
  readonly name: string
}

/** The resource that the dimensions of a metric name: by its logical id, or by a name it has in AWS. Null: there is none. */
export function metricOf(name: Json | undefined, dimensions: Json | undefined, scenario: Scenario): MetricName | null {
  const metric = text(name)
  for (const entry of list(dimensions)) {
    const value = text(object(entry)['Value'])
    if (metric === null || value === null) continue
    if (Object.hasOwn(scenario.resources, value)) return { resource: value, name: metric }
    const named = Object.entries(scenario.resources).find(([, { Properties = {} }]) =>
      Object.entries(Properties).some(([key, its]) => key.endsWith('Name') && its === value),
    )
    if (named !== undefined) return { resource: named[0], name: metric }
  }
  return null
}
