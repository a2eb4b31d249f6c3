/** What a learner can do about a reason: edits of the document, each one button. */
import { withInvitation } from '../../../services/invitations'
import { withPermission } from '../../../services/roles'
import { KINDS } from '../../../services/kinds'
import { buildNetwork, reach } from '../../../network'
import type { LogicalId, Scenario } from '../../../model/scenario'
import type { Fix } from '../../../services/service'
import { callersOf } from '../access/callers'
import { resourcePatches, setPatches, valueAt } from '../patches'
import type { Wire } from '../types'
import { nameOf } from '../words'

/** What went wrong, as the recording says it. */
export interface Trouble {
  readonly code: string
  /** Where it happened. */
  readonly resource: LogicalId
  /** The call it is about, for `call.*`. */
  readonly wire?: Wire | undefined
}

/** Known remedies, the most usual first; empty when there is none in the document. */
export function remedies({ code, resource, wire }: Trouble, scenario: Scenario): Fix[] {
  switch (code) {
    case 'lambda.reserved':
      return [...mappingLimit(resource, scenario), ...moreReserved(resource, scenario)]
    case 'lambda.switchedOff':
      return fix(
        'Take ReservedConcurrentExecutions away',
        setPatches(scenario, property(resource, 'ReservedConcurrentExecutions'), undefined),
      )
    case 'lambda.timeout':
      return longerTimeout(resource, scenario)
    case 'call.denied':
      return wire === undefined ? [] : permission(wire, scenario)
    case 'call.uninvited':
      return wire === undefined ? [] : invite(wire, scenario)
    case 'call.unreachable':
      return wire === undefined ? [] : route(wire, scenario)
    default:
      return []
  }
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
