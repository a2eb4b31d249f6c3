import { QueryError } from '../parse-queries'
import { count, ratio, sumOf, type Metrics, type Subject } from './metric'
import { ALIAS, FUNCTION, LATEST, numberOf, ofVersion, pointsTo, VERSION, versionsOf } from './versions'

const ROUTED = 'reason:lambda.routed'
const CLIENT = 'Coldstart::Client'

/** Why calls are refused with 429, by the reason of the engine: AWS's Reason (LAM-51). Of the scaling rate AWS names none. */
const THROTTLED: { readonly [code: string]: string } = {
  'lambda.reserved': 'ReservedFunctionConcurrentInvocationLimitExceeded',
  'lambda.switchedOff': 'ReservedFunctionConcurrentInvocationLimitExceeded',
  'lambda.asyncOff': 'ReservedFunctionConcurrentInvocationLimitExceeded',
  'lambda.account': 'ConcurrentInvocationLimitExceeded',
  'lambda.requestRate': 'FunctionInvocationRateLimitExceeded',
  'lambda.reservedRate': 'ReservedFunctionInvocationRateLimitExceeded',
  'lambda.scaling': 'Scaling',
}
const topicOf = (code: string): `reason:${string}` => `reason:${code}`

/** EventBridge rules have a series called Invocations too; only functions have concurrency. */
const isFunction = (of: Subject): boolean => of.has('ConcurrentExecutions') || of.resource.Type === ALIAS
const ofFunction =
  (...names: string[]) =>
  (of: Subject): number | undefined =>
    isFunction(of) ? ofVersion(of, names, of.where('version')) : undefined
const invocations = ofFunction('Invocations')

/** Version that a draw chose, and how many draws of an alias chose which. */
const drawn = (value: number): string => (value > 0 ? String(value) : LATEST)
const routed = (of: Subject, alias: string): ReadonlyMap<number, number> =>
  of.world.log?.counts(ROUTED, alias) ?? new Map<number, number>()

/** Of the calls of an alias, those a version was drawn for, refused ones included: a draw is noted for each. Without weights one version answers all. */
function throughAlias(of: Subject, version: string): [number, number] | undefined {
  const total = of.read(['Invocations'], 'Sum')
  if (total === undefined) return undefined
  const versions = pointsTo(of.world.scenario, of.id)
  if (versions.length < 2) return [versions[0] === version ? total : 0, total]
  if (of.window !== null) {
    const draws = of.rows(ROUTED)
    return [draws.filter(({ value }) => drawn(value) === version).length, draws.length]
  }
  const sum = (some: (value: number) => boolean): number =>
    [...routed(of, of.id)].reduce((all, [value, calls]) => (some(value) ? all + calls : all), 0)
  return [sum((value) => drawn(value) === version), sum(() => true)]
}

/** Versions that answered calls of a function, an alias, or of what a client calls; the one with most calls first. */
function answeredBy(of: Subject): string | undefined {
  const { scenario } = of.world
  const named = of.resource.Type === CLIENT ? of.resource.Behavior?.['to'] : of.id
  const id = typeof named === 'string' ? named : ''
  const type = scenario.resources[id]?.Type
  if (type === VERSION) return (of.read(['Invocations'], 'Sum', id) ?? 0) > 0 ? numberOf(scenario, id) : ''
  if (type === ALIAS) {
    const called = of.read(['Invocations'], 'Sum', id) ?? 0
    const versions = pointsTo(scenario, id)
    if (called === 0) return ''
    if (versions.length < 2) return versions[0]
    const by = new Map(versions.map((version) => [version, 0]))
    for (const [value, calls] of routed(of, id)) by.set(drawn(value), (by.get(drawn(value)) ?? 0) + calls)
    return byMost(by)
  }
  if (type !== FUNCTION) return undefined
  const by = new Map<string, number>()
  let rest = of.read(['Invocations'], 'Sum', id) ?? 0
  for (const [number, version] of versionsOf(scenario, id)) {
    const own = of.read(['Invocations'], 'Sum', version) ?? 0
    rest -= own
    by.set(number, own)
  }
  // who calls the function itself is answered by $LATEST, whatever others call
  if (of.resource.Type === CLIENT) return rest > 0 ? LATEST : ''
  return byMost(by.set(LATEST, rest))
}
const byMost = (by: ReadonlyMap<string, number>): string =>
  [...by]
    .filter(([, calls]) => calls > 0)
    .sort((x, y) => y[1] - x[1])
    .map(([version]) => version)
    .join(', ')

/** Refusals for a reason of LAM-51, of a function and of what belongs to it. */
function throttledFor(of: Subject, reason: string): number | undefined {
  const { log, scenario } = of.world
  if (log === null || of.resource.Type !== FUNCTION) return undefined
  const own = Object.keys(scenario.resources).filter(
    (id) => id === of.id || scenario.resources[id]!.Properties?.['FunctionName'] === of.id,
  )
  const codes = Object.keys(THROTTLED).filter((code) => THROTTLED[code]!.toLowerCase() === reason.toLowerCase())
  if (codes.length === 0)
    throw new QueryError(
      `throttles have no reason ${reason}; there are ${[...new Set(Object.values(THROTTLED))].join(', ')}`,
    )
  let sum = 0
  for (const topic of codes.map(topicOf)) {
    if (of.window === null) for (const id of own) for (const rows of log.counts(topic, id).values()) sum += rows
    else sum += log.rows(topic).filter(({ resource, at }) => own.includes(resource) && of.inWindow(at)).length
  }
  return sum
}

/** Errors of the types that `where` names: the name itself, or its beginning, whatever its case (`AccessDenied`). */
function errors(of: Subject): number | undefined {
  const type = of.where('type')
  const version = of.where('version')
  if (type === undefined)
    return isFunction(of)
      ? ofVersion(of, ['Errors'], version)
      : of.read(['Errors', 'Failures', 'RefusedConnections', 'FailedInvocations'], 'Sum')
  if (!isFunction(of)) return undefined
  const asked = String(type).toLowerCase()
  const names = of.world.series
    .filter(({ resource, name }) => resource === of.id && name.startsWith('Errors:'))
    .map(({ name }) => name)
  const exact = names.filter((name) => name.toLowerCase() === `errors:${asked}`)
  const meant = exact.length > 0 ? exact : names.filter((name) => name.toLowerCase().startsWith(`errors:${asked}`))
  return meant.reduce((sum, name) => sum + (ofVersion(of, [name], version) ?? 0), 0)
}

function good(of: Subject): [number, number] | undefined {
  if (isFunction(of)) {
    const invoked = invocations(of)
    if (invoked === undefined) return undefined
    const throttled = of.where('version') === undefined ? (of.read(['Throttles'], 'Sum') ?? 0) : 0
    return [invoked - (ofVersion(of, ['Errors'], of.where('version')) ?? 0), invoked + throttled]
  }
  const successes = of.read(['Successes'], 'Sum')
  if (successes !== undefined) return [successes, successes + (of.read(['Failures'], 'Sum') ?? 0)]
  const deliveries = of.read(['Invocations'], 'Sum')
  const failed = of.read(['FailedInvocations'], 'Sum')
  return deliveries === undefined || failed === undefined ? undefined : [deliveries - failed, deliveries]
}

const perVersion = { where: ['version'] } as const

export const CALLS: Metrics = {
  invocations: count('Times the handler of a function ran; throttled calls are none.', invocations, perVersion),
  attempts: count('Tries: of a client requests and their retries, of a function invocations.', (of) => {
    const requests = of.read(['Requests'], 'Sum')
    return requests === undefined ? invocations(of) : requests + (of.read(['Retries'], 'Sum') ?? 0)
  }),
  requests: count('Calls a client made, retries not counted.', sumOf('Requests')),
  retries: count('Calls a client, and deliveries a rule, made again.', sumOf('Retries', 'RetryInvocationAttempts')),
  coldStarts: count('Invocations that waited for an environment to start.', ofFunction('ColdStarts'), perVersion),
  coldStartRate: ratio('Cold starts per invocation.', (of) => {
    const all = invocations(of)
    return all === undefined ? undefined : [of.read(['ColdStarts'], 'Sum') ?? 0, all]
  }),
  provisionedStarts: count(
    'Invocations that ran in provisioned concurrency.',
    sumOf('ProvisionedConcurrencyInvocations'),
  ),
  spillovers: count(
    'Invocations beyond provisioned concurrency, on demand.',
    sumOf('ProvisionedConcurrencySpilloverInvocations'),
  ),
  throttles: count(
    'Calls refused with 429; where reason: as AWS names it (LAM-51), such as ConcurrentInvocationLimitExceeded.',
    (of) => {
      const reason = of.where('reason')
      if (reason !== undefined) return throttledFor(of, String(reason))
      return ofFunction('Throttles')(of) ?? of.read(['ThrottledRequests'], 'Sum')
    },
    { where: ['version', 'reason'], needsWhere: { reason: Object.keys(THROTTLED).map(topicOf) } },
  ),
  errors: count(
    'Invocations that failed, calls of a client that failed at last, queries a database refused; where type: errorType.',
    errors,
    { where: ['type', 'version'] },
  ),
  timeouts: count('Invocations ended by the timeout.', ofFunction('Timeouts'), perVersion),
  success: ratio(
    'Share that went well, 0 to 1: of the answered calls of a client; of what was asked of a function, throttled calls included; of the deliveries of a rule.',
    good,
    perVersion,
  ),
  successes: count('How many went well: calls of a client, invocations, deliveries.', (of) => good(of)?.[0]),
  errorRate: ratio(
    'Errors per invocation; failures per request of a client.',
    (of) => {
      const requests = of.read(['Requests'], 'Sum')
      if (requests !== undefined) return [of.read(['Failures'], 'Sum') ?? 0, requests]
      const all = invocations(of)
      return all === undefined ? undefined : [errors(of) ?? 0, all]
    },
    { where: ['version', 'type'] },
  ),
  share: ratio(
    'Share of `where: {version}`: of the invocations of a function, or of the calls of an alias.',
    (of) => {
      const version = String(of.where('version') ?? LATEST)
      if (of.resource.Type === ALIAS) return throughAlias(of, version)
      const all = isFunction(of) ? of.read(['Invocations'], 'Sum') : undefined
      const part = all === undefined ? undefined : ofVersion(of, ['Invocations'], version)
      return part === undefined || all === undefined ? undefined : [part, all]
    },
    { where: ['version'], needs: [ROUTED] },
  ),
  answeredBy: {
    unit: 'text',
    over: 'only',
    says: 'Versions that answered, the one with most calls first: `$LATEST`, `2`, `1, 2`. Of a function, a version, an alias, or a client.',
    needs: [ROUTED],
    value: answeredBy,
  },
  starts: {
    unit: 's',
    over: 'list',
    says: 'When environments were given work, cold starts included, in order.',
    needs: ['spans'],
    value: (of) =>
      isFunction(of)
        ? (of.world.log?.rows('spans') ?? [])
            .filter(({ resource, value }) => resource === of.id && of.inWindow(value / 1e6))
            .map(({ value }) => value / 1e6)
            .sort((x, y) => x - y)
        : undefined,
  },
  ends: {
    unit: 's',
    over: 'list',
    says: 'When invocations ended, in order.',
    needs: ['spans'],
    value: (of) => (isFunction(of) ? of.rows('spans').map(({ at }) => at) : undefined),
  },
}
