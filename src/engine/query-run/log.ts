import { RowKind, Token, type Legend, type RunHead, type Rows, type Wire } from '../../model/recording'
import { MICROS } from '../../model/units'

/**
 * What of the log a metric reads: `blocked` hops, `spans` of work, rows of a machine (`machine:function`), or rows of a reason
 * (`reason:lambda.lost`).
 */
export type Topic = 'blocked' | 'spans' | `machine:${string}` | `reason:${string}`

export interface LoggedRow {
  /** Seconds. */
  readonly at: number
  /** Where it happened. */
  readonly resource: string
  /** Wire, entity or resource, by kind of row. */
  readonly subject: number
  readonly code: number
  readonly value: number
}

/** Rows of one topic that are kept; more are only counted (see `EventLog.count`). */
const MOST = 200_000

/** Rows of the topics that queries ask for. Everything else of the log is forgotten as it comes. */
export class EventLog {
  readonly #head: RunHead
  readonly #legend: Pick<Legend, 'entities' | 'wires'>
  readonly #kept = new Map<Topic, LoggedRow[]>()
  readonly #reasons = new Map<number, Topic>()
  readonly #machines = new Map<string, Topic>()

  /** `legend` grows with the run. */
  constructor(head: RunHead, legend: Pick<Legend, 'entities' | 'wires'>, topics: ReadonlySet<Topic>) {
    this.#head = head
    this.#legend = legend
    for (const topic of topics) {
      this.#kept.set(topic, [])
      if (topic.startsWith('machine:')) this.#machines.set(topic.slice('machine:'.length), topic)
      if (!topic.startsWith('reason:')) continue
      const code = head.reasons.indexOf(topic.slice('reason:'.length))
      if (code >= 0) this.#reasons.set(code, topic)
    }
  }

  digest(rows: Rows): void {
    for (let i = 0; i < rows.length; i++) {
      const topic = this.#topicOf(rows, i)
      const kept = topic === undefined ? undefined : this.#kept.get(topic)
      if (kept === undefined || kept.length >= MOST) continue
      kept.push({
        at: rows.at[i]! / MICROS,
        resource: this.#head.resources[rows.resource[i]!]!,
        subject: rows.subject[i]!,
        code: rows.code[i]!,
        value: rows.value[i]!,
      })
    }
  }

  /** Rows of a topic in their order, the first 200,000. */
  rows(topic: Topic): readonly LoggedRow[] {
    return this.#kept.get(topic) ?? []
  }

  /** Name of the state a row of `machine:` tells. */
  state(machine: string, { code }: LoggedRow): string {
    return this.#head.machines.find(({ name }) => name === machine)?.states[code] ?? ''
  }

  /** Wire of a hop. */
  wire({ subject }: LoggedRow): Wire | undefined {
    return this.#legend.wires[subject]
  }

  #topicOf(rows: Rows, i: number): Topic | undefined {
    switch (rows.kind[i]) {
      case RowKind.hop:
        return rows.code[i] === Token.blocked ? 'blocked' : undefined
      case RowKind.span:
        return 'spans'
      case RowKind.reason:
        return this.#reasons.get(rows.code[i]!)
      case RowKind.state:
        return this.#machines.size === 0
          ? undefined
          : this.#machines.get(this.#legend.entities[rows.subject[i]!]?.machine ?? '')
      default:
        return undefined
    }
  }
}
