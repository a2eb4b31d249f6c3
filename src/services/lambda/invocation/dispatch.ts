import type { ServiceContext } from '../../service'
import type { Callees } from './callees'
import type { Environments } from '../environment/environments'
import type { Provisioned } from '../versions/provisioned'

/** Finds the environment for an invocation: a provisioned one of what was called, else one on demand (LAM-48). */
export class Dispatch {
  readonly #callees: Callees
  readonly #environments: Environments
  readonly #provisioned: Provisioned
  readonly #context: ServiceContext
  readonly #routed: number
  readonly #versions: readonly string[]

  /** `versions`: `$LATEST` or the number by slot. */
  constructor(
    context: ServiceContext,
    callees: Callees,
    environments: Environments,
    provisioned: Provisioned,
    versions: readonly string[],
  ) {
    this.#context = context
    this.#callees = callees
    this.#environments = environments
    this.#provisioned = provisioned
    this.#versions = versions
    this.#routed = context.reason('lambda.routed')
  }

  /** Version that answers a call of `callee`. A choice between two is told. */
  slotOf(callee: number): number {
    const plain = this.#callees.plain(callee)
    if (plain >= 0) return plain
    const slot = this.#callees.draw(callee)
    if (this.#callees.shares(callee).length > 1)
      this.#context.explain(this.#routed, callee, -1, Number(this.#versions[slot]) || 0)
    return slot
  }

  /** Reason code if an invocation may not run now, or -1. */
  refusal(callee: number, slot: number, asynchronous: boolean): number {
    const pool = this.#provisioned.poolFor(callee, slot)
    if (pool >= 0 && this.#environments.hasIdle(pool)) return -1
    return this.#environments.refusal(slot, asynchronous)
  }

  /** The limit that refused last, for the explanation. */
  limit(): number {
    return this.#environments.limit()
  }

  /** Runs it; `refusal` must have been -1. */
  run(callee: number, slot: number, request: number, event: number, passed: number): void {
    const pool = this.#provisioned.poolFor(callee, slot)
    if (pool >= 0 && this.#environments.hasIdle(pool)) {
      this.#provisioned.used(callee)
      this.#environments.takeProvisioned(pool, callee, request, event, passed)
      return
    }
    this.#provisioned.spilled(callee)
    this.#environments.take(slot, callee, request, event, passed)
  }
}
