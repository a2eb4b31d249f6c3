import { COUNTED, OUTCOME_NAMES, RowKind, TOKEN_NAMES, type Rows, type Standing } from '../model/recording'
import type { Stateful } from '../kernel/stateful'
import type { LegendBook } from './legend'

const TOKENS = TOKEN_NAMES.length
const OUTCOMES = OUTCOME_NAMES.length

interface TallyImage {
  readonly sum: Float64Array
  readonly row: Int32Array
  readonly value: Float64Array
  readonly peak: Float64Array
}

/** Running totals of the rows of a run, read chunk by chunk: what a window of detail starts from. */
export class Tally implements Stateful {
  readonly #legend: LegendBook
  readonly #indices: ReadonlyMap<string, number>
  readonly #stride: number
  readonly #first: { readonly [what in (typeof COUNTED)[number]]: number }
  #sum: Float64Array
  #row: Int32Array
  #value = new Float64Array(16)
  #peak = new Float64Array(16)
  /** Resource at the end of a wire, by wire. */
  #ends: number[] = []

  /** `indices`: number of a resource by id. `reasons`: how many reason codes there are. */
  constructor(legend: LegendBook, indices: ReadonlyMap<string, number>, reasons: number) {
    this.#legend = legend
    this.#indices = indices
    this.#first = { hop: 0, sentTo: TOKENS, span: 2 * TOKENS, reason: 2 * TOKENS + OUTCOMES }
    this.#stride = this.#first.reason + reasons
    this.#sum = new Float64Array(indices.size * this.#stride)
    this.#row = new Int32Array(indices.size * this.#stride)
  }

  digest(rows: Rows): void {
    const { hop, sentTo, span, reason } = this.#first
    const stride = this.#stride
    const { kind, code, resource, value, subject, first, length } = rows
    for (let i = 0; i < length; i++) {
      const at = resource[i]! * stride + code[i]!
      switch (kind[i]) {
        case RowKind.hop: {
          const count = Math.max(1, value[i]!)
          this.#add(at + hop, count, first + i)
          const end = this.#ends[subject[i]!] ?? this.#endOf(subject[i]!)
          if (end >= 0) this.#add(end * stride + sentTo + code[i]!, count, first + i)
          break
        }
        case RowKind.span:
          this.#add(at + span, 1, first + i)
          break
        case RowKind.reason:
          this.#add(at + reason, 1, first + i)
          break
        case RowKind.level:
          this.#level(subject[i]!, value[i]!)
          break
        default:
      }
    }
  }

  read(): Pick<Standing, 'levels' | 'counts'> {
    const found: number[] = []
    for (let i = 0; i < this.#sum.length; i++) if (this.#sum[i]! > 0) found.push(i)
    const places = found.map((i) => this.#place(i))
    const levels = this.#legend.levels.length
    const column = (from: Float64Array): Float64Array => {
      const all = new Float64Array(levels)
      all.set(from.subarray(0, levels))
      return all
    }
    return {
      levels: { value: column(this.#value), peak: column(this.#peak) },
      counts: {
        resource: Uint16Array.from(found, (i) => Math.floor(i / this.#stride)),
        what: Uint8Array.from(places, ({ what }) => COUNTED.indexOf(what)),
        code: Uint16Array.from(places, ({ code }) => code),
        sum: Float64Array.from(found, (i) => this.#sum[i]!),
        row: Int32Array.from(found, (i) => this.#row[i]!),
      },
    }
  }

  save(): TallyImage {
    return { sum: this.#sum.slice(), row: this.#row.slice(), value: this.#value.slice(), peak: this.#peak.slice() }
  }

  load(image: unknown): void {
    const { sum, row, value, peak } = image as TallyImage
    this.#sum = sum.slice()
    this.#row = row.slice()
    this.#value = value.slice()
    this.#peak = peak.slice()
    this.#ends = []
  }

  #add(at: number, count: number, row: number): void {
    this.#sum[at] = this.#sum[at]! + count
    this.#row[at] = row
  }

  #level(level: number, value: number): void {
    if (level >= this.#value.length) {
      const length = Math.max(level + 1, 2 * this.#value.length)
      const [values, peaks] = [new Float64Array(length), new Float64Array(length)]
      values.set(this.#value)
      peaks.set(this.#peak)
      this.#value = values
      this.#peak = peaks
    }
    this.#value[level] = value
    if (value > this.#peak[level]!) this.#peak[level] = value
  }

  #endOf(wire: number): number {
    const to = this.#legend.wires[wire]?.to
    return (this.#ends[wire] = (to === undefined ? undefined : this.#indices.get(to)) ?? -1)
  }

  #place(i: number): { what: (typeof COUNTED)[number]; code: number } {
    const offset = i % this.#stride
    const { sentTo, span, reason } = this.#first
    if (offset >= reason) return { what: 'reason', code: offset - reason }
    if (offset >= span) return { what: 'span', code: offset - span }
    return offset >= sentTo ? { what: 'sentTo', code: offset - sentTo } : { what: 'hop', code: offset }
  }
}
