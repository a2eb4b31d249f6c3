/** The record of one walk: gates passed, the one that blocked, and the checks the reply still has to pass. */
import type { LogicalId } from '../model/scenario'
import type { Code, Gate, Hop, Ports } from './types'

/** What a blocking filter would have had to let through; the search for fixes reads it. */
export interface Need extends Ports {
  readonly peer: number
  readonly peerGroups: readonly LogicalId[]
  /** Number of the ACL entry that denied; null for the final deny. */
  readonly entry: number | null
}

export class Trail {
  readonly hops: Hop[] = []
  code: Code = 'ok'
  at: string | null = null
  explanation = ''
  need: Need | null = null
  private direction: Hop['direction'] = 'forward'
  private readonly replies: (() => boolean)[] = []

  pass(gate: Gate, resource: string, rule: string, via: LogicalId | null = null): true {
    this.hops.push(hop(this.direction, gate, resource, true, rule, via))
    return true
  }

  block(
    gate: Gate,
    resource: string,
    rule: string,
    code: Code,
    explanation: string,
    via: LogicalId | null = null,
  ): false {
    this.hops.push(hop(this.direction, gate, resource, false, rule, via))
    this.code = code
    this.at = resource
    this.explanation = explanation
    return false
  }

  /** Registers a check of the reply, made after everything forward has passed, last one first. */
  onReply(check: () => boolean): void {
    this.replies.push(check)
  }

  /** Walks the reply back. */
  reply(): boolean {
    this.direction = 'return'
    for (let i = this.replies.length - 1; i >= 0; i--) {
      if (this.replies[i]?.() === false) return false
    }
    return true
  }

  get returning(): boolean {
    return this.direction === 'return'
  }
}

function hop(
  direction: Hop['direction'],
  gate: Gate,
  resource: string,
  passed: boolean,
  rule: string,
  via: LogicalId | null,
): Hop {
  return via === null ? { resource, gate, direction, passed, rule } : { resource, gate, direction, passed, rule, via }
}
