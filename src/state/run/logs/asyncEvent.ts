import { RowKind, type Rows } from '../../../model/recording'
import type { Names } from '../names'

/** Rows between an event that runs and the environment it runs in: choosing a version, a new environment, its interfaces. */
const FARTHEST = 16

/** The asynchronous event (entity) that an invocation begun by row `index` is an attempt at; -1 when somebody waits for its answer. */
export function asyncEventOf(names: Names, columns: (row: number) => Rows | undefined, index: number): number {
  let row = index
  for (let step = 0; step < FARTHEST && row >= 0; step++) {
    const rows = columns(row)
    if (rows === undefined) return -1
    const i = row - rows.first
    const kind = rows.kind[i]!
    if (kind === RowKind.hop) return -1
    if (kind === RowKind.state) {
      const subject = rows.subject[i]!
      if (names.entities[subject]?.machine === 'event') return subject
    }
    row = rows.cause[i]!
  }
  return -1
}
