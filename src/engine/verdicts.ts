import { evaluate, isInvited, isRoleInvited, statementsOf, type Invitation } from '../iam'
import type { Json, LogicalId, Resource, Scenario } from '../model/scenario'
import type { Way } from '../services/service'
import type { LostCode } from './call-codes'
import type { Call, Path } from './paths'
import { pathsFor } from './paths-loader'

export const Verdict = { pass: 0, unreachable: 1, denied: 2, down: 3, uninvited: 4 } as const
export type Verdict = (typeof Verdict)[keyof typeof Verdict]

/** What a wire needs to be judged. */
export interface Judged {
  readonly from: LogicalId
  readonly to: LogicalId
  readonly action: string
  readonly iam: string
  readonly role: LogicalId | null
  /** A service that calls by itself, which the target's resource policy must let in; null: nobody asks. */
  readonly as: Invitation | null
  readonly network: boolean
}

export interface Judgement {
  readonly verdict: Verdict
  /** Number of the reason of an unreachable one. */
  readonly lost: number
  /** Ways of a call that starts in a VPC; null when there is nothing to choose or to count. */
  readonly ways: readonly Way[] | null
}

const INSTANCE = 'AWS::EC2::Instance'

/** VpcConfig of functions whose new interfaces are still being built: the old one serves until then (NET-5). */
export type Held = { readonly [functionId: LogicalId]: Json }

/** Network and permission answers for wires under the present faults. Pure analyses, asked once per wire and condition. */
export class Verdicts {
  #scenario: Scenario
  /** Undefined until it is asked for; null where every call arrives. */
  #path: ((call: Call) => Path) | null | undefined
  readonly #reason: (code: LostCode) => number
  readonly #isOff: (id: LogicalId) => boolean
  readonly down = new Set<LogicalId>()
  readonly deleted = new Set<LogicalId>()
  readonly zonesDown = new Set<string>()
  #held: Held = {}
  /** Goes up whenever an earlier verdict may be wrong. */
  epoch = 1

  /** `reason`: number of a reason of the path of calls. `isOff`: whether an instance does not run, whatever the document said at first. */
  constructor(
    scenario: Scenario,
    reason: (code: LostCode) => number = () => -1,
    isOff: (id: LogicalId) => boolean = () => false,
  ) {
    this.#scenario = scenario
    this.#reason = reason
    this.#isOff = isOff
  }

  /** The document or the faults changed. */
  renew(scenario: Scenario, held: Held = this.#held): void {
    this.#scenario = scenario
    this.#held = held
    this.#path = undefined
    this.epoch++
  }

  of(wire: Judged): Judgement {
    const judged = (verdict: Verdict, lost = -1, ways: readonly Way[] | null = null) => ({ verdict, lost, ways })
    // PutEvents asks nobody whether the bus exists (EB-5)
    if (this.down.has(wire.to) || (this.deleted.has(wire.to) && wire.action !== 'events:PutEvents'))
      return judged(Verdict.down)
    let ways: readonly Way[] | null = null
    if (wire.network) {
      if (this.#path === undefined) {
        const standing = this.#standing()
        this.#path = pathsFor(this.#scenario)?.(standing, this, this.#reason) ?? null
      }
      const path = this.#path?.(wire)
      if (path !== undefined && path.lost !== null) return judged(Verdict.unreachable, this.#reason(path.lost))
      ways = path?.ways ?? null
    }
    if (wire.role !== null && wire.iam !== '') {
      const role = this.#scenario.resources[wire.role]
      const statements = role === undefined ? [] : statementsOf(role)
      const { decision } = evaluate({ statements, action: wire.iam, resource: [wire.to] })
      if (decision === 'explicitDeny') return judged(Verdict.denied)
      if (decision === 'implicitDeny' && !this.#mayBeCalled(wire, wire.role)) return judged(Verdict.denied)
    }
    if (wire.as !== null && !isInvited(wire.to, wire.as, this.#scenario)) return judged(Verdict.uninvited)
    return judged(Verdict.pass, -1, ways)
  }

  /** The document as the network has it now. */
  #standing(): Scenario {
    const all = Object.entries(this.#scenario.resources)
    const changed = this.deleted.size > 0 || Object.keys(this.#held).length > 0
    if (!changed && all.every(([, { Type }]) => Type !== INSTANCE)) return this.#scenario
    const resources: { [id: LogicalId]: Resource } = {}
    for (const [id, resource] of all) {
      if (this.deleted.has(id)) continue
      if (resource.Type === INSTANCE) {
        const state = this.#isOff(id) ? 'stopped' : 'running'
        resources[id] = { ...resource, Behavior: { ...resource.Behavior, state } }
        continue
      }
      const held = this.#held[id]
      resources[id] =
        held === undefined ? resource : { ...resource, Properties: { ...resource.Properties, VpcConfig: held } }
    }
    return { ...this.#scenario, resources }
  }

  #mayBeCalled(wire: Judged, role: LogicalId): boolean {
    return wire.iam === 'lambda:InvokeFunction' && isRoleInvited(wire.to, role, this.#scenario)
  }
}
