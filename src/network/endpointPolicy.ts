/** Whether the policy of an endpoint lets anything through to a service. Which action a principal may take is IAM's matter. */
import type { Json } from '../model/scenario'
import { list, object, properties, ref, text } from './read'
import type { Endpoint } from './types'
import type { Walk } from './walk'

const listed = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? list(value) : [value ?? null])

/** Blocks the walk when no statement allows a call of the service to the destination, or one denies them all. */
export function policyRefuses(walk: Walk, endpoint: Endpoint): boolean {
  const { Statement } = object(endpoint.policy)
  if (Statement === undefined) return false
  const prefix = endpoint.service.replace(/-(?:streams|firehose)$/, '').split('.')[0] ?? ''
  const named = Object.hasOwn(walk.network.scenario.resources, walk.to)
    ? walk.network.scenario.resources[walk.to]
    : undefined
  const names = [
    walk.to,
    ...Object.entries(named === undefined ? {} : properties(named)).flatMap(([key, value]) =>
      key.endsWith('Name') ? (text(value) ?? []) : [],
    ),
  ]
  const about = (resource: Json): boolean =>
    resource === null ||
    resource === '*' ||
    named === undefined ||
    names.some((name) => (ref(resource) ?? '').includes(name))
  const fits = (effect: string, whole: boolean): boolean =>
    listed(Statement).some((statement) => {
      const { Effect, Action, Resource } = object(statement)
      const act = listed(Action).some((each) => {
        const [service, action] = (text(each) ?? '').split(':')
        return service === '*' || (service === prefix && (!whole || action === '*'))
      })
      return Effect === effect && act && listed(Resource).some(about)
    })
  if (fits('Allow', false) && !fits('Deny', true)) return false
  const { id, service } = endpoint
  const explanation = `The policy of ${id} lets no call to ${walk.to} through. Allow ${prefix}:* on it in PolicyDocument.`
  walk.trail.block('endpoint', id, `policy allows no ${service} call`, 'ENDPOINT_POLICY_DENIED', explanation)
  return true
}
