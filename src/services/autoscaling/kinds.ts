import { properties, ref } from '../../network/read'
import type { Kind } from '../service'
import { POLICY, scaledBy, TARGET } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [TARGET]: {
    label: 'Scalable target',
    category: 'compute',
    drawn: 'none',
    glyph: 'function',
    summary: 'Between which limits provisioned concurrency is scaled, and its scheduled changes.',
    palette: false,
    owners(resource, scenario) {
      const id = Object.keys(scenario.resources).find((key) => scenario.resources[key] === resource)
      return (id === undefined ? null : scaledBy(id, scenario)) === null ? [] : [scaledBy(id!, scenario)!]
    },
  },
  [POLICY]: {
    label: 'Scaling policy',
    category: 'compute',
    drawn: 'none',
    glyph: 'function',
    summary: 'Keeps the utilisation of provisioned concurrency near a target.',
    palette: false,
    owners: (resource) => [ref(properties(resource)['ScalingTargetId']) ?? []].flat(),
  },
}
