import type { LogicalId, Scenario } from '../../model/scenario'
import { KINDS } from '../../services/kinds'
import { QueryError, type MetricQuery } from '../parse-queries'
import { didYouMean } from '../query-metrics/nearest'
import { ALIAS, countsInFunction, FUNCTION, LATEST, versionsOf } from '../query-metrics/versions'
import { ACCOUNT, ACCOUNT_ONLY } from './account'

/** `Fn:live`, `Fn:2` and `Fn:$LATEST` as callers write them: the alias or version itself, or the function and which version of it. */
export function qualified(query: MetricQuery, scenario: Scenario): MetricQuery {
  const [id, qualifier, ...more] = query.of?.split(':') ?? []
  if (qualifier === undefined || more.length > 0 || scenario.resources[id!]?.Type !== FUNCTION) return query
  if (qualifier === LATEST)
    // without versions all that a function does is $LATEST
    return versionsOf(scenario, id!).size === 0
      ? { ...query, of: id! }
      : { ...query, of: id!, where: { version: LATEST, ...query.where } }
  const { resources } = scenario
  const alias = Object.keys(resources).find(
    (one) =>
      resources[one]!.Type === ALIAS &&
      resources[one]!.Properties?.['FunctionName'] === id &&
      resources[one]!.Properties?.['Name'] === qualifier,
  )
  const of = alias ?? versionsOf(scenario, id!).get(qualifier)
  if (of !== undefined) return { ...query, of }
  throw new QueryError(`${id} has no version or alias ${qualifier}`)
}

/** Resources a query is about. What counts in its function is left out where the function is asked too. */
export function selected({ of, m }: MetricQuery, { resources }: Scenario): LogicalId[] {
  const ids = Object.keys(resources)
  if (of !== undefined && Object.hasOwn(resources, of)) return [of]
  if (of === ACCOUNT || (of === undefined && ACCOUNT_ONLY.includes(m))) return [ACCOUNT]
  const once = (some: LogicalId[]): LogicalId[] => {
    const rest = some.filter((id) => !countsInFunction(resources[id]!.Type))
    return rest.some((id) => resources[id]!.Type.startsWith('AWS::Lambda::')) ? rest : some
  }
  if (of === undefined) return once(ids)
  checkGroup(of)
  const kind = of === 'vpc' ? 'vpc' : of.startsWith('kind:') ? of.slice('kind:'.length).toLowerCase() : null
  const tag = of.startsWith('tag:') ? of.slice('tag:'.length).toLowerCase() : null
  if (kind === null && tag === null)
    throw new QueryError(
      `there is no ${of}.${didYouMean(of, ids)} The scenario has ${ids.join(', ') || 'no resources'}`,
    )
  return once(
    ids.filter((id) => {
      const type = resources[id]!.Type
      return tag !== null ? KINDS[type]?.category === tag : isOfKind(type, kind!)
    }),
  )
}

const isOfKind = (type: string, kind: string): boolean =>
  type.toLowerCase() === kind || type.toLowerCase().split('::').includes(kind)

/** A kind or tag that no resource type has is a slip, while one that no resource of the scenario has is none of them. */
function checkGroup(of: string): void {
  const [group, name] = [of.slice(0, of.indexOf(':')), of.slice(of.indexOf(':') + 1).toLowerCase()]
  const types = Object.keys(KINDS)
  if (group === 'kind' && !types.some((type) => isOfKind(type, name))) {
    const names = [...new Set(types.map((type) => type.toLowerCase().split('::')[1]!))]
    throw new QueryError(`there is no ${of}; kinds are ${names.join(', ')}, or a CloudFormation type`)
  }
  const tags = [...new Set(Object.values(KINDS).map(({ category }) => category))]
  if (group === 'tag' && !tags.some((tag) => tag === name))
    throw new QueryError(`there is no ${of}; tags are ${tags.join(', ')}`)
}
