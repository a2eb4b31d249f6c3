/** The record of one walk: gates passed, the one that blocked, and the replies that still have to get back. */
import type { LogicalId } from '../model/scenario'
import type { Code, Gate, Hop, Ports } from './types'

/** What a blocking filter would have had to let through; the search for fixes reads it. */
export interface Need extends Ports {
  readonly peer: number
  readonly peerGroups: readonly LogicalId[]
  /** Number of the ACL entry that denied; null for the final deny. */
  readonly entry: number | null
}

/** Sentences are made only where someone reads them. */
export type Text = string | (() => string)

export class Trail {
  hops: Hop[] = []
  code: Code = 'ok'
  at: string | null = null
  explanation = ''
  need: Need | null = null
  /** Keeps the verdict alone, without hops and sentences. */
  readonly quiet: boolean
  private direction: Hop['direction'] = 'forward'
  private replies: (() => boolean)[] = []

  constructor(quiet = false) {
    this.quiet = quiet
  }

  pass(gate: Gate, resource: string, rule: Text, via: LogicalId | null = null, on?: string): true {
    if (!this.quiet) this.hops.push(this.hop(gate, resource, true, rule, via, on))
    return true
  }

  block(
    gate: Gate,
    resource: string,
    rule: Text,
    code: Code,
    explanation: Text,
    via: LogicalId | null = null,
    on?: string,
  ): false {
    this.code = code
    this.at = resource
    if (this.quiet) return false
    this.hops.push(this.hop(gate, resource, false, rule, via, on))
    this.explanation = written(explanation)
    return false
  }

  /** Registers a reply, sent after everything forward has passed, last one first. */
  onReply(send: () => boolean): void {
    this.replies.push(send)
  }

  /** Walks the replies back. */
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

  /** Where the walk is; `rewind` takes back all that was recorded since. */
  mark(): () => void {
    const hops = this.hops.length
    const replies = this.replies.length
    return () => {
      this.hops = this.hops.slice(0, hops)
      this.replies = this.replies.slice(0, replies)
      Object.assign(this, { code: 'ok', at: null, explanation: '', need: null })
    }
  }

  private hop(gate: Gate, resource: string, passed: boolean, rule: Text, via: LogicalId | null, on?: string): Hop {
    const hop = { resource, gate, direction: this.direction, passed, rule: written(rule) }
    return { ...hop, ...(via === null ? {} : { via }), ...(on === undefined || on === resource ? {} : { on }) }
  }
}

function written(text: Text): string {
  return typeof text === 'string' ? text : text()
}
