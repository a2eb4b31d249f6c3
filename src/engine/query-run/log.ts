import { RowKind, type Legend, type RunHead, type Rows, type Wire } from '../../model/recording'
import { MICROS } from '../../model/units'
import { QueryError } from '../parse-queries'
import { Answers } from './answers'

/**
 * What of the log a metric reads: `spans` of work in environments with the instant (µs) at which
 * the environment was given it (a cold start is in it) as value, levels of what environments `held` in variables, rows of a machine
 * (`machine:function`), or rows of a reason (`reason:sqs.expired`). `answers`: the statuses of Invoke calls, which have no rows but groups.
 */
export type Topic = 'answers' | 'spans' | 'held' | `machine:${string}` | `reason:${string}`

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

const HELD = / (handler|global|tmp) /
const RESTING = /^warm\.(idle|reset)$|^shutdown$|^reclaimed$/

/** Rows of one topic that are kept. Those of reasons are counted beyond it (see `EventLog.counts`). */
export const MOST = 200_000

/** Rows of the topics that queries ask for. Everything else of the log is forgotten as it comes. */
export class EventLog {
  readonly #head: RunHead
  readonly #legend: Pick<Legend, 'entities' | 'wires' | 'levels'>
  readonly #kept = new Map<Topic, LoggedRow[]>()
  readonly #more = new Set<Topic>()
  /** By topic and resource: how many rows have a value. */
  readonly #counts = new Map<string, Map<number, number>>()
  readonly #reasons = new Map<number, Topic>()
  readonly #machines = new Map<string, Topic>()
  /** Null when nobody asked. */
  readonly answers: Answers | null
  /** When an environment was last given work or made for it (µs), by entity; absent while it rests. */
  readonly #busySince = new Map<number, number>()

  /** `legend` grows with the run. */
  constructor(head: RunHead, legend: Pick<Legend, 'entities' | 'wires' | 'levels'>, topics: ReadonlySet<Topic>) {
    this.#head = head
    this.#legend = legend
    this.answers = topics.has('answers') ? new Answers(head, legend.wires) : null
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
      this.answers?.digest(rows, i)
      const topic = this.#topicOf(rows, i)
      const kept = topic === undefined ? undefined : this.#kept.get(topic)
      if (kept === undefined) continue
      if (topic!.startsWith('reason:')) this.#count(topic!, this.#head.resources[rows.resource[i]!]!, rows.value[i]!)
      if (kept.length >= MOST) {
        this.#more.add(topic!)
        continue
      }
      kept.push({
        at: rows.at[i]! / MICROS,
        resource: this.#head.resources[rows.resource[i]!]!,
        subject: rows.subject[i]!,
        code: rows.code[i]!,
        value: topic === 'spans' ? (this.#busySince.get(rows.subject[i]!) ?? rows.value[i]!) : rows.value[i]!,
      })
    }
  }

  /** Rows of a topic in their order. Throws QueryError when there were more than are kept. */
  rows(topic: Topic): readonly LoggedRow[] {
    if (this.#more.has(topic))
      throw new QueryError(
        `this looks at single events, ${MOST.toLocaleString('en-US')} at most; shorten the run with --until`,
      )
    return this.#kept.get(topic) ?? []
  }

  /** How many rows of a reason a resource has, by value, however many there are. */
  counts(topic: Topic, resource: string): ReadonlyMap<number, number> {
    return this.#counts.get(`${topic} ${resource}`) ?? new Map()
  }

  /** Name of the state a row of `machine:` tells. */
  state(machine: string, { code }: LoggedRow): string {
    return this.#nameOf(machine, code)
  }

  /** Wire of a hop. */
  wire({ subject }: LoggedRow): Wire | undefined {
    return this.#legend.wires[subject]
  }

  /** Name of a level: `e1 handler count`. */
  level({ subject }: LoggedRow): string {
    return this.#legend.levels[subject]?.name ?? ''
  }

  #count(topic: Topic, resource: string, value: number): void {
    const key = `${topic} ${resource}`
    const counts = this.#counts.get(key) ?? new Map<number, number>()
    this.#counts.set(key, counts.set(value, (counts.get(value) ?? 0) + 1))
  }

  #follow(rows: Rows, i: number): void {
    const entity = rows.subject[i]!
    if (RESTING.test(this.#nameOf('environment', rows.code[i]!))) this.#busySince.delete(entity)
    else if (!this.#busySince.has(entity)) this.#busySince.set(entity, rows.at[i]!)
  }

  #nameOf(machine: string, code: number): string {
    return this.#head.machines.find(({ name }) => name === machine)?.states[code] ?? ''
  }

  #topicOf(rows: Rows, i: number): Topic | undefined {
    switch (rows.kind[i]) {
      case RowKind.span:
        return 'spans'
      case RowKind.reason:
        return this.#reasons.get(rows.code[i]!)
      case RowKind.level:
        return this.#kept.has('held') && HELD.test(this.#legend.levels[rows.subject[i]!]?.name ?? '')
          ? 'held'
          : undefined
      case RowKind.state: {
        const machine = this.#legend.entities[rows.subject[i]!]?.machine ?? ''
        if (machine === 'environment' && this.#kept.has('spans')) this.#follow(rows, i)
        return this.#machines.get(machine)
      }
      default:
        return undefined
    }
  }
}
