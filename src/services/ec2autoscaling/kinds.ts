import type { LogicalId, Resource } from '../../model/scenario'
import { list, object, properties, text } from '../../network/read'
import type { Kind } from '../service'
import { GROUP, groupOf, HOOK, POLICY, SCHEDULED, workerOf } from './settings'

const ownedByGroup = (resource: Resource): LogicalId[] => [groupOf(resource) ?? []].flat()
/** Resources whose metrics a policy follows. */
function measured(resource: Resource): LogicalId[] {
  const custom = object(object(properties(resource)['TargetTrackingConfiguration'])['CustomizedMetricSpecification'])
  const metrics = list(custom['Metrics']).map((entry) => object(object(object(entry)['MetricStat'])['Metric']))
  return [custom, ...metrics].flatMap((metric) =>
    list(metric['Dimensions']).flatMap((dimension) => text(object(dimension)['Value']) ?? []),
  )
}
const part = (label: string, summary: string): Kind => ({
  label,
  category: 'compute',
  drawn: 'none',
  glyph: 'auto-scaling',
  summary,
  palette: false,
  owners: ownedByGroup,
})

export const kinds: { readonly [type: string]: Kind } = {
  [GROUP]: {
    label: 'Auto Scaling group',
    short: 'Workers',
    category: 'compute',
    drawn: 'node',
    glyph: 'auto-scaling',
    silhouette: 'plain',
    size: { w: 248, h: 152 },
    summary: 'Instances that take work from a queue, as many as its policies want.',
    idStem: 'Workers',
    create: (id) => ({ [id]: { Type: GROUP, Properties: { MinSize: 1, MaxSize: 10 } } }),
    typeLine(resource) {
      const { MinSize: min = 0, MaxSize: max = 10 } = resource.Properties ?? {}
      return `Workers · ${String(min)} to ${String(max)}${workerOf(resource) === null ? ' · no queue' : ''}`
    },
  },
  [POLICY]: {
    ...part('Scaling policy', 'Changes the size of a group: by a target, or when an alarm calls.'),
    // without what it measures it means nothing
    owners: (resource, scenario) =>
      [...ownedByGroup(resource), ...measured(resource)].filter((id) => Object.hasOwn(scenario.resources, id)),
  },
  [SCHEDULED]: part('Scheduled action', 'Changes the sizes of a group by the clock.'),
  [HOOK]: part('Life cycle hook', 'Lets instances finish their work before they are terminated.'),
}
