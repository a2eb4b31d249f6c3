import type { SegmentLook } from './segment'

/** A segment that is being put together. */
export interface Draft {
  readonly index: number
  parent: number
  readonly own: boolean
  readonly name: string
  readonly origin: string
  readonly look: SegmentLook
  readonly resource: string
  entity: number
  start: number
  end: number | null
  readonly row: number
  error: boolean
  fault: boolean
  throttle: boolean
  status: number | null
  notes: string[]
  requestId: string | null
  exception: { type: string; message: string } | null
  /** Wire of a call that waits for its answer; -1 otherwise. */
  wire: number
}

export type NewDraft = Pick<Draft, 'parent' | 'own' | 'name' | 'origin' | 'look' | 'resource' | 'start' | 'row'> &
  Partial<Draft>

/** The segments of one trace while its rows are read. */
export class Drafts {
  readonly all: Draft[] = []
  /** What a row belongs to: what it causes is looked for there. */
  readonly context = new Map<number, number>()

  add(it: NewDraft): Draft {
    const draft: Draft = {
      entity: -1,
      end: null,
      error: false,
      fault: false,
      throttle: false,
      status: null,
      notes: [],
      requestId: null,
      exception: null,
      wire: -1,
      ...it,
      index: this.all.length,
    }
    this.all.push(draft)
    return draft
  }

  /** The nearest from `from` upwards that fits; undefined when none does. */
  above(from: number, fits: (draft: Draft) => boolean): Draft | undefined {
    for (let at = from; at >= 0; at = this.all[at]!.parent) if (fits(this.all[at]!)) return this.all[at]
    return undefined
  }
  /** The newest that fits. */
  newest(fits: (draft: Draft) => boolean): Draft | undefined {
    return this.all.findLast(fits)
  }
}
