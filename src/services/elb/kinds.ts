import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { properties, ref } from '../../network/read'
import type { Kind } from '../service'
import { balancersOf, LISTENER, LOAD_BALANCER, TARGET_GROUP } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [LOAD_BALANCER]: {
    label: 'Load balancer',
    short: 'Balancer',
    category: 'network',
    drawn: 'node',
    glyph: 'load-balancer',
    silhouette: 'plain',
    size: { w: 168, h: 44 },
    summary: 'Takes HTTP requests, invokes a function for each and waits for its answer.',
    key: 'l',
    idStem: 'Alb',
    create: (id) => ({
      [id]: { Type: LOAD_BALANCER, Properties: { Type: 'application', Scheme: 'internet-facing' } },
    }),
    typeLine: (resource) =>
      properties(resource)['Type'] === 'network' ? 'Network Load Balancer' : 'Application Load Balancer',
  },
  [LISTENER]: {
    label: 'Listener',
    category: 'network',
    drawn: 'attachment',
    glyph: 'load-balancer',
    summary: 'A port of a load balancer, and the target groups its requests go to.',
    palette: false,
    owners: (resource) => [ref(properties(resource)['LoadBalancerArn'])].filter((id) => id !== null),
  },
  [TARGET_GROUP]: {
    label: 'Target group',
    category: 'network',
    drawn: 'attachment',
    glyph: 'load-balancer',
    summary: 'The one function, version or alias that a load balancer invokes.',
    palette: false,
    owners: (resource, scenario) => soleBalancer(resource, scenario),
  },
}

/** A group that two load balancers forward to goes with neither. */
function soleBalancer(resource: Resource, scenario: Scenario): LogicalId[] {
  const id = Object.keys(scenario.resources).find((key) => scenario.resources[key] === resource)
  const balancers = id === undefined ? [] : balancersOf(id, scenario)
  return balancers.length === 1 ? balancers : []
}
