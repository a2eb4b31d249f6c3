import { evaluate, isInvited, isRoleInvited, statementsOf, type Invitation } from '../iam'
import type { LogicalId, Scenario } from '../model/scenario'
import { buildNetwork, trace, type Network } from '../network'

export const Verdict = { pass: 0, unreachable: 1, denied: 2, down: 3, uninvited: 4 } as const
export type Verdict = (typeof Verdict)[keyof typeof Verdict]

/** What a wire needs to be judged. */
export interface Judged {
  readonly from: LogicalId
  readonly to: LogicalId
  readonly iam: string
  readonly role: LogicalId | null
  /** A service that calls by itself, which the target's resource policy must let in; null: nobody asks. */
  readonly as: Invitation | null
  readonly network: boolean
}

/** Network and permission answers for wires under the present faults. Pure analyses, asked once per wire and condition. */
export class Verdicts {
  #scenario: Scenario
  #network: Network | null = null
  readonly down = new Set<LogicalId>()
  readonly zonesDown = new Set<string>()
  /** Goes up whenever an earlier verdict may be wrong. */
  epoch = 1

  constructor(scenario: Scenario) {
    this.#scenario = scenario
  }

  /** The document or the faults changed. */
  renew(scenario: Scenario): void {
    this.#scenario = scenario
    this.#network = null
    this.epoch++
  }

  of(wire: Judged): Verdict {
    if (this.down.has(wire.to)) return Verdict.down
    if (wire.network) {
      this.#network ??= buildNetwork(this.#scenario, { down: this.down, zonesDown: this.zonesDown })
      // the port is the target's own: the network knows databases by engine and everything else by 443
      if (!trace(this.#network, { from: wire.from, to: wire.to }).reachable) return Verdict.unreachable
    }
    if (wire.role !== null && wire.iam !== '') {
      const role = this.#scenario.resources[wire.role]
      const statements = role === undefined ? [] : statementsOf(role)
      const { decision } = evaluate({ statements, action: wire.iam, resource: [wire.to] })
      if (decision === 'explicitDeny') return Verdict.denied
      if (decision === 'implicitDeny' && !this.#mayBeCalled(wire, wire.role)) return Verdict.denied
    }
    if (wire.as !== null && !isInvited(wire.to, wire.as, this.#scenario)) return Verdict.uninvited
    return Verdict.pass
  }

  #mayBeCalled(wire: Judged, role: LogicalId): boolean {
    return wire.iam === 'lambda:InvokeFunction' && isRoleInvited(wire.to, role, this.#scenario)
  }
}
