import { ints } from '../numberList'
import type { LineWriter } from './lines'

export interface LogFilter {
  /** Resource ids whose environments write: a function and its versions; null for all. */
  readonly resources: ReadonlySet<string> | null
  /** Environment; -1 for all. */
  readonly entity: number
  /** Found in the message or the request id, in any case. */
  readonly text: string
}

/** Positions of the lines that pass a filter, found in slices. */
export class LogView {
  readonly lines = ints(1_024)
  judged = 0
  readonly writer: LineWriter
  readonly #chosen: readonly boolean[] | null
  readonly #entity: number
  readonly #text: string

  constructor(writer: LineWriter, { resources, entity, text }: LogFilter) {
    this.writer = writer
    this.#chosen =
      resources === null ? null : writer.index.source.names.head.resources.map((resource) => resources.has(resource))
    this.#entity = entity
    this.#text = text.trim().toLowerCase()
  }

  get complete(): boolean {
    return this.judged >= this.writer.index.length
  }

  /** Judges up to `most` further lines. */
  scan(most: number): void {
    const { index } = this.writer
    const end = Math.min(index.length, this.judged + most)
    for (; this.judged < end; this.judged++) if (this.#passes(this.judged)) this.lines.push(this.judged)
  }

  #passes(position: number): boolean {
    const { index } = this.writer
    if (this.#chosen !== null && this.#chosen[index.resource.at(position)] !== true) return false
    if (this.#entity >= 0 && index.entity.at(position) !== this.#entity) return false
    if (this.#text === '') return true
    return this.writer.message(position).toLowerCase().includes(this.#text)
  }

  /** Place in `lines` of the last line at or before `t` (µs); -1 when there is none. */
  reached(t: number): number {
    const { at } = this.writer.index
    let low = 0
    let high = this.lines.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (at.at(this.lines.at(middle)) <= t) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
