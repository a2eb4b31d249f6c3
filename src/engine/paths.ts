/** The network half of a verdict. Loaded when a document has a network (`paths-loader.ts`). */
import type { LogicalId, Scenario } from '../model/scenario'
import { buildNetwork, trace } from '../network'
import type { Way } from '../services/service'
import type { LostCode } from './call-codes'
import { lostBecause, waysOf } from './ways'

const EC2 = 'com.amazonaws.us-east-1.ec2'

/** Whether and how a call arrives. */
export interface Path {
  /** Why nothing of it arrives; null when something does. */
  readonly lost: LostCode | null
  readonly ways: readonly Way[] | null
}

/** A call as the network sees it. */
export interface Call {
  readonly from: LogicalId
  readonly to: LogicalId
  readonly action: string
}

/** Answers for calls in one document under one set of faults. `reason`: number of a reason of the path of calls. */
export function pathsIn(
  scenario: Scenario,
  conditions: { readonly down: ReadonlySet<LogicalId>; readonly zonesDown: ReadonlySet<string> },
  reason: (code: LostCode) => number,
): (call: Call) => Path {
  const network = buildNetwork(scenario, conditions)
  return (asked) => {
    // who starts an instance asks the service, which is reachable where the instance may not be
    const call = asked.action.startsWith('ec2:') ? { ...asked, to: EC2 } : asked
    // the port is the target's own: the network knows databases by engine and everything else by 443
    const traced = trace(network, { from: call.from, to: call.to })
    const ways = waysOf(network, call, traced, reason)
    const some = traced.reachable || ways?.some(({ lost }) => lost < 0) === true
    return { lost: some ? null : lostBecause(traced), ways }
  }
}
