import { floats, ints, type NumberList } from './numberList'

/** Instants worth jumping to. */
export const MARK_KINDS = ['coldStart', 'retry', 'refused', 'error', 'eni', 'deadLetter'] as const
export type MarkKind = (typeof MARK_KINDS)[number]

/** Time in µs; `resource` an index in `RunHead.resources`. */
export interface Mark {
  readonly kind: MarkKind
  readonly at: number
  readonly resource: number
  readonly row: number
}

export interface MarkList {
  readonly at: NumberList<Float64Array>
  readonly resource: NumberList<Int32Array>
  /** Entity it happened to; -1 for none. */
  readonly entity: NumberList<Int32Array>
  readonly row: NumberList<Int32Array>
}

const newList = (): MarkList => ({ at: floats(), resource: ints(), entity: ints(), row: ints() })

/** Marks by kind, in time order. */
export class Marks {
  readonly lists: { readonly [kind in MarkKind]: MarkList } = {
    coldStart: newList(),
    retry: newList(),
    refused: newList(),
    error: newList(),
    eni: newList(),
    deadLetter: newList(),
  }

  add(kind: MarkKind, at: number, resource: number, entity: number, row: number): void {
    const list = this.lists[kind]
    list.at.push(at)
    list.resource.push(resource)
    list.entity.push(entity)
    list.row.push(row)
  }

  truncate(keepRows: number): void {
    for (const kind of MARK_KINDS) {
      const list = this.lists[kind]
      const length = list.row.lowerBound(keepRows)
      for (const column of [list.at, list.resource, list.entity, list.row]) column.truncate(length)
    }
  }

  get(kind: MarkKind, index: number): Mark | null {
    const list = this.lists[kind]
    if (index < 0 || index >= list.at.length) return null
    return { kind, at: list.at.at(index), resource: list.resource.at(index), row: list.row.at(index) }
  }

  /** Nearest mark strictly after (+1) or before (-1) `t`. */
  next(kind: MarkKind, t: number, direction: 1 | -1): Mark | null {
    const at = this.lists[kind].at
    return this.get(kind, direction > 0 ? at.upperBound(t) : at.lowerBound(t) - 1)
  }
}
