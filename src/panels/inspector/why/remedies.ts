/** What a learner can do about a reason: edits of the document, each one button. */
import { invokedFunction, withInvitation } from '../../../services/invitations'
import { withPermission } from '../../../services/roles'
import { withoutTarget } from '../../../services/file-systems'
import { KINDS } from '../../../services/kinds'
import { buildNetwork, reach } from '../../../network'
import type { LogicalId, Scenario } from '../../../model/scenario'
import type { Fix } from '../../../services/service'
import { callersOf } from '../access/callers'
import { resourcePatches, setPatches, valueAt } from '../patches'
import type { Wire } from '../types'
import { nameOf } from '../words'
import {
  allowLoops,
  deadLetterQueue,
  largerDatabase,
  longerAge,
  longerPatience,
  longerRetention,
  longerVisibility,
  moreMemory,
  moreProvisioned,
  moreQuota,
  moreSpace,
  moreSubnets,
  provisionAhead,
  reportFailures,
} from './service-remedies'

/** What went wrong, as the recording says it. */
export interface Trouble {
  readonly code: string
  /** Where it happened. */
  readonly resource: LogicalId
  /** The call it is about, for `call.*`. */
  readonly wire?: Wire | undefined
  /** The other resource it is about. */
  readonly subject?: LogicalId | undefined
}

/** What saying which message failed helps against: an error in the handling of one of them, not of the invocation. */
const OF_ONE_MESSAGE: readonly string[] = ['lambda.threw', 'lambda.callFailed']

/** Remedies for a chain of troubles, newest first; each title once. */
export function fixesOf(troubles: readonly Trouble[], scenario: Scenario): Fix[] {
  const codes = new Set(troubles.map(({ code }) => code))
  const found = new Map<string, Fix>()
  // more patience does not help against a call that never arrives
  const lost = troubles.some(({ code }) => code.startsWith('call.unreachable'))
  for (const trouble of troubles) {
    if (lost && trouble.code.endsWith('.timeout')) continue
    const batch = trouble.code === 'lambda.batchReleased' || trouble.code === 'lambda.pollerBacksOff'
    if (batch && !OF_ONE_MESSAGE.some((code) => codes.has(code))) continue
    for (const each of remedies(trouble, scenario)) if (!found.has(each.title)) found.set(each.title, each)
  }
  return [...found.values()]
}

/** Known remedies, the most usual first; empty when there is none in the document. */
export function remedies({ code, resource, wire, subject }: Trouble, scenario: Scenario): Fix[] {
  // concurrency is reserved for a function with all its versions (LAM-45)
  const fn = invokedFunction(resource, scenario)
  switch (code) {
    case 'lambda.reserved':
      return [...mappingLimit(fn, scenario), ...moreReserved(fn, scenario)]
    case 'lambda.requestRate':
      return reservedOf(fn, scenario) === null ? moreQuota(scenario) : moreReserved(fn, scenario)
    case 'lambda.account':
      return moreQuota(scenario)
    case 'lambda.switchedOff':
    case 'lambda.asyncOff':
      return fix(
        'Take ReservedConcurrentExecutions away',
        setPatches(scenario, property(fn, 'ReservedConcurrentExecutions'), undefined),
      )
    case 'lambda.scaling':
      return provisionAhead(resource, scenario)
    case 'lambda.noAddress':
    case 'vpc.subnetFull':
    case 'vpc.SubnetOutOfIPAddresses':
      return moreSubnets(fn, scenario)
    case 'lambda.mountConnectivity':
      return withoutTarget(scenario.resources[fn]?.Properties ?? {}, scenario).map((it) => it.fix)
    case 'lambda.spillover':
      return moreProvisioned(resource, scenario)
    case 'lambda.outOfMemory':
      return moreMemory(resource, scenario)
    case 'lambda.threw':
      return moreSpace(resource, scenario)
    case 'rds.tooManyConnections':
      return largerDatabase(resource, scenario)
    case 'eventbridge.dropped':
    case 'lambda.lost':
      return deadLetterQueue(resource, scenario)
    case 'lambda.expired':
      return longerAge(resource, scenario)
    case 'lambda.undelivered':
      return subject === undefined ? [] : delivery(fn, subject, scenario)
    case 'lambda.recursion':
    case 'lambda.batchDropped':
      return allowLoops(resource, scenario)
    case 'lambda.batchReleased':
    case 'lambda.pollerBacksOff':
      return reportFailures(resource, scenario)
    case 'sqs.reappeared':
    case 'sqs.stale':
      return longerVisibility(resource, scenario)
    case 'sqs.expired':
      return longerRetention(resource, scenario)
    case 'client.timeout':
      return longerPatience(resource, scenario)
    case 'lambda.timeout':
      return longerTimeout(resource, scenario)
    case 'call.denied':
      return wire === undefined ? [] : permission(wire, scenario)
    case 'call.uninvited':
      return wire === undefined ? [] : invite(wire, scenario)
    default:
      return wire !== undefined && code.startsWith('call.unreachable') ? route(wire, scenario) : []
  }
}

/** The permission to hand over a record or a dead letter (INV-9, INV-12). */
function delivery(from: LogicalId, to: LogicalId, scenario: Scenario): Fix[] {
  const action = DELIVERIES[scenario.resources[to]?.Type ?? '']
  return action === undefined ? [] : permission({ from, to, action }, scenario)
}
const DELIVERIES: { readonly [type: string]: string } = {
  'AWS::SQS::Queue': 'sqs:SendMessage',
  'AWS::Events::EventBus': 'events:PutEvents',
  'AWS::Lambda::Function': 'lambda:InvokeFunction',
}

const property = (id: LogicalId, name: string) => ['resources', id, 'Properties', name]
const fix = (title: string, patches: Fix['patches']): Fix[] => (patches.length === 0 ? [] : [{ title, patches }])

function reservedOf(id: LogicalId, scenario: Scenario): number | null {
  const reserved = valueAt(scenario, property(id, 'ReservedConcurrentExecutions'))
  return typeof reserved === 'number' ? reserved : null
}

/** A mapping that sends no more batches than the function may run does not lose receives to throttling (SQS-ESM-4). */
function mappingLimit(id: LogicalId, scenario: Scenario): Fix[] {
  const reserved = reservedOf(id, scenario)
  if (reserved === null || reserved < 2) return []
  for (const [mapping, { Type, Properties }] of Object.entries(scenario.resources)) {
    if (Type !== 'AWS::Lambda::EventSourceMapping' || Properties?.['FunctionName'] !== id) continue
    const path = [...property(mapping, 'ScalingConfig'), 'MaximumConcurrency']
    const before = valueAt(scenario, path)
    if (typeof before === 'number' && before <= reserved) return []
    const most = Math.min(1_000, reserved)
    return fix(`Set MaximumConcurrency to ${most}`, setPatches(scenario, path, most))
  }
  return []
}

function moreReserved(id: LogicalId, scenario: Scenario): Fix[] {
  const reserved = reservedOf(id, scenario)
  if (reserved === null || reserved === 0) return []
  const more = reserved * 2
  return fix(`Reserve ${more} environments`, setPatches(scenario, property(id, 'ReservedConcurrentExecutions'), more))
}

const LONGEST = 900

function longerTimeout(id: LogicalId, scenario: Scenario): Fix[] {
  // what is published stays as it is (LAM-60)
  if (scenario.resources[id]?.Type !== 'AWS::Lambda::Function') return []
  const written = valueAt(scenario, property(id, 'Timeout'))
  const timeout = typeof written === 'number' ? written : 3
  const longer = Math.min(LONGEST, timeout * 2)
  return longer === timeout
    ? []
    : fix(`Set Timeout to ${longer} s`, setPatches(scenario, property(id, 'Timeout'), longer))
}

function permission({ from, to, action }: Wire, scenario: Scenario): Fix[] {
  const iam = KINDS[scenario.resources[to]?.Type ?? '']?.actions?.[action]?.iam ?? action
  if (scenario.resources[from] === undefined) return []
  return fix(
    `Allow ${iam} on ${nameOf(to, scenario)}`,
    resourcePatches(scenario, withPermission(scenario, from, iam, to)),
  )
}

/** Statements for everything that calls a function whose resource policy has none for it. */
function invite(wire: Wire, scenario: Scenario): Fix[] {
  return callersOf(wire.to, scenario)
    .filter(({ call }) => call.to === wire.to && call.from === wire.from)
    .flatMap(({ by }) =>
      fix(
        `Let ${nameOf(by.source, scenario)} invoke ${nameOf(wire.to, scenario)}`,
        resourcePatches(scenario, withInvitation(scenario, wire.to, by)),
      ),
    )
}

function route({ from, to, action }: Wire, scenario: Scenario): Fix[] {
  const port = KINDS[scenario.resources[to]?.Type ?? '']?.actions?.[action]?.port
  return [...reach(buildNetwork(scenario), { from, to, ...(port === undefined ? {} : { port }) }).fixes]
}
