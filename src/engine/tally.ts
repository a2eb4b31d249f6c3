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
  /** Resource at the end of a wire, by wire, as far as they were met. */
  readonly #ends: number[] = []

  /** `indices`: number of a resource by id. `reasons`: how many reason codes there are. */
  constructor(legend: LegendBook, indices: ReadonlyMap<string, number>, reasons: number) {
    this.#legend = legend
    this.#indices = indices
    this.#first = { hop: 0, sentTo: TOKENS, span: 2 * TOKENS, reason: 2 * TOKENS + OUTCOMES }
    this.#stride = this.#first.reason + reasons
    this.#sum = new Float64Array(indices.size * this.#stride)
    this.#row = new Int32Array(indices.size * this.#stride)
  }

  /** Rows of a brief recorder (kernel/recorder.ts) have their numbers in place of causes. */
  digest(rows: Rows): void {
    const { hop, sentTo, span, reason } = this.#first
    const stride = this.#stride
    const sums = this.#sum
    const last = this.#row
    const ends = this.#ends
    const { kind, code, resource, value, subject, cause, first, length } = rows
    for (let i = 0; i < length; i++) {
      const what = kind[i]!
      // most rows tell states, which are known anyway
      if (what === RowKind.state) continue
      const row = first < 0 ? cause[i]! : first + i
      let at = resource[i]! * stride + code[i]!
      let count = 1
      if (what === RowKind.hop) {
        if (value[i]! > 1) count = value[i]!
        const wire = subject[i]!
        const end = wire < ends.length ? ends[wire]! : this.#endOf(wire)
        if (end >= 0) {
          const to = end * stride + sentTo + code[i]!
          sums[to] = sums[to]! + count
          last[to] = row
        }
        at += hop
      } else if (what === RowKind.span) at += span
      else if (what === RowKind.reason) at += reason
      else {
        if (what === RowKind.level) this.#level(subject[i]!, value[i]!)
        continue
      }
      sums[at] = sums[at]! + count
      last[at] = row
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
    this.#ends.length = 0
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
    for (let next = this.#ends.length; next <= wire; next++) {
      const to = this.#legend.wires[next]?.to
      this.#ends.push((to === undefined ? undefined : this.#indices.get(to)) ?? -1)
    }
    return this.#ends[wire]!
  }

  #place(i: number): { what: (typeof COUNTED)[number]; code: number } {
    const offset = i % this.#stride
    const { sentTo, span, reason } = this.#first
    if (offset >= reason) return { what: 'reason', code: offset - reason }
    if (offset >= span) return { what: 'span', code: offset - span }
    return offset >= sentTo ? { what: 'sentTo', code: offset - sentTo } : { what: 'hop', code: offset }
  }
}
