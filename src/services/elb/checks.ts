import type { LogicalId, Scenario } from '../../model/scenario'
import { list, object, properties, ref, refs, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import { invokedFunction, uninvited } from '../invitations'
import type { Check, Problem } from '../service'
import { RESPONSE } from './connectors'
import { readResponse, responseOf } from './response'
import {
  balancersOf,
  invitation,
  INVOKED,
  LISTENER,
  listenerOf,
  listenersOf,
  LOAD_BALANCER,
  TARGET_GROUP,
} from './settings'

/** A load balancer that nothing reaches, or that CreateLoadBalancer refuses. */
const balancers: Check = (scenario) =>
  idsOf(LOAD_BALANCER, scenario).flatMap((id): Problem[] => {
    const problems: Problem[] = []
    const listeners = listenersOf(id, scenario)
    if (listeners.length === 0)
      problems.push({
        severity: 'warning',
        path: pointer(id),
        message: `${id} has no listener, so nothing takes a request. Draw a wire from it to a function.`,
      })
    listeners.forEach((listener, index) => {
      if (index === 0 || listeners[index - 1]!.port !== listener.port) return
      const message = `${id} listens on port ${listener.port} twice. AWS refuses ${listener.id}: DuplicateListener. Give it another port.`
      problems.push({ severity: 'error', path: pointer(listener.id, 'Properties', 'Port'), message })
    })
    const subnets = refs(properties(scenario.resources[id]!)['Subnets'])
    const zones = new Set(subnets.map((subnet) => text(scenario.resources[subnet]?.Properties?.['AvailabilityZone'])))
    if (subnets.length > 0 && zones.size < 2)
      problems.push({
        severity: 'error',
        path: pointer(id, 'Properties', 'Subnets'),
        message: `${id} covers one zone. AWS refuses it: at least two subnets in two different Availability Zones must be specified.`,
      })
    return problems
  })

const listeners: Check = (scenario) =>
  idsOf(LISTENER, scenario).flatMap((id): Problem[] => {
    const { protocol, forwards } = listenerOf(id, scenario)
    const at = (name: string): string => pointer(id, 'Properties', name)
    const problems: Problem[] = []
    if (forwards.length === 0)
      problems.push({
        severity: 'error',
        path: at('DefaultActions'),
        message: `${id} forwards to no target group. Name one in TargetGroupArn or ForwardConfig.`,
      })
    else if (forwards.every(({ weight }) => weight === 0))
      problems.push({
        severity: 'warning',
        path: at('DefaultActions'),
        message: `All weights of ${id} are 0: every request is answered with 503. Raise one.`,
      })
    if (protocol === 'HTTPS' && list(properties(scenario.resources[id]!)['Certificates']).length === 0)
      problems.push({
        severity: 'info',
        path: at('Protocol'),
        message: `${id} has no certificate. AWS asks for one on an HTTPS listener; this sandbox runs it all the same.`,
      })
    return problems
  })

const groups: Check = (scenario) => idsOf(TARGET_GROUP, scenario).flatMap((id) => groupProblems(id, scenario))

function groupProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const problems: Problem[] = []
  const path = pointer(id, 'Properties', 'Targets')
  const targets = list(properties(scenario.resources[id]!)['Targets']).map((entry) => ref(object(entry)['Id']))
  const owners = balancersOf(id, scenario)
  if (owners.length > 1)
    problems.push({
      severity: 'error',
      path: pointer(id),
      message: `${owners.join(' and ')} forward to ${id}. A target group serves one load balancer: AWS refuses the second with TargetGroupAssociationLimit. Add a group with the same target.`,
    })
  const type = text(properties(scenario.resources[id]!)['TargetType'])
  if (targets.length > 1 && (type === null || type === 'lambda'))
    problems.push({
      severity: 'error',
      path,
      message: `${id} has ${targets.length} targets. A target group takes one function (LAM-70). Add a group for each, and share requests by weight.`,
    })
  if (targets.length === 0)
    problems.push({
      severity: 'warning',
      path,
      message: `${id} has no target: what is forwarded to it is answered with 503. Name a function.`,
    })
  const [target] = targets
  if (target === undefined || target === null || !INVOKED.includes(typeOf(target, scenario) ?? '')) return problems
  problems.push(...responseProblems(target, scenario))
  if (owners.length > 0) problems.push(...uninvited(scenario, target, invitation(id), path))
  return problems
}

/** A client that speaks a protocol its load balancer does not listen to. */
const callers: Check = (scenario) =>
  idsOf('Coldstart::Client', scenario).flatMap((id): Problem[] => {
    const { call, to } = scenario.resources[id]!.Behavior ?? {}
    const balancer = ref(to ?? null)
    if (balancer === null || typeOf(balancer, scenario) !== LOAD_BALANCER) return []
    const spoken = new Set(listenersOf(balancer, scenario).map(({ protocol }) => `${protocol.toLowerCase()}:Request`))
    if (spoken.size === 0 || spoken.has(String(call)) || !/^https?:Request$/.test(String(call))) return []
    const [other] = spoken
    const path = pointer(id, 'Behavior', 'call')
    return [
      {
        severity: 'warning',
        path,
        message: `${balancer} has no listener for ${String(call).split(':')[0]!.toUpperCase()}: no request of ${id} is taken. Call ${other}, or add a listener.`,
        fix: { title: `Call ${other}`, patches: [{ op: 'replace', path, value: other }] },
      },
    ]
  })

/** A handler that returns nothing is the commonest cause of 502 behind a load balancer. */
function responseProblems(target: LogicalId, scenario: Scenario): Problem[] {
  const response = responseOf(target, scenario)
  if (readResponse(response).status > 0) return []
  const fn = invokedFunction(target, scenario)
  const said = response === null ? 'returns nothing' : 'returns no HTTP response'
  const fix = {
    title: 'Return status 200',
    patches: [
      ...(scenario.resources[fn]?.Behavior === undefined
        ? [{ op: 'add' as const, path: pointer(fn, 'Behavior'), value: {} }]
        : []),
      { op: 'add' as const, path: pointer(fn, 'Behavior', 'response'), value: RESPONSE },
    ],
  }
  return [
    {
      severity: 'warning',
      path: pointer(fn, 'Behavior'),
      message: `${fn} ${said}, so its load balancer answers 502 (LambdaInvalidResponse). It takes an object with a statusCode.`,
      fix,
    },
  ]
}

/** What AWS refuses, and what makes requests fail. Only the gate loads them (`services/checks.ts`). */
export const checks: readonly Check[] = [balancers, listeners, groups, callers]
