import { OUTCOME_NAMES, RowKind, TOKEN_NAMES, type Rows } from '../model/recording'
import type { Recording } from './simulate'

/** A recording as lines a person can review in a diff: time in seconds, where, what. At most `most` rows, then totals. */
export function traceText(recording: Recording, most: number): string {
  const lines: string[] = []
  for (const rows of recording.rows) {
    for (let i = 0; i < rows.length && lines.length < most; i++) lines.push(line(recording, rows, i))
  }
  lines.push('', 'totals')
  for (const { resource, name, kind, total } of recording.series) {
    if (kind === 'gauge') {
      if (total.max > 0) lines.push(`${resource} ${name} max ${total.max} last ${total.last}`)
    } else if (total.n > 0) {
      lines.push(
        `${resource} ${name} ${kind === 'count' ? total.sum : `n ${total.n} sum ${total.sum} p99 ${total.percentiles[3]}`}`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}

function line({ head, legend }: Recording, rows: Rows, i: number): string {
  const at = (rows.at[i]! / 1e6).toFixed(6)
  const resource = head.resources[rows.resource[i]!] ?? '?'
  const code = rows.code[i]!
  const subject = rows.subject[i]!
  const value = rows.value[i]!
  const cause = rows.cause[i]! < 0 ? '' : ` because ${rows.cause[i]! - (rows.first + i)}`
  const start = `${at} ${resource}`
  switch (rows.kind[i]) {
    case RowKind.hop: {
      const wire = legend.wires[subject]!
      return `${start} ${TOKEN_NAMES[code]} x${value} ${wire.from}->${wire.to} ${wire.action}${cause}`
    }
    case RowKind.state: {
      const entity = legend.entities[subject]!
      const states = head.machines.find(({ name }) => name === entity.machine)!.states
      return `${start} ${entity.machine} ${entity.label} enters ${states[code]}${cause}`
    }
    case RowKind.span:
      return `${start} ${legend.entities[subject]?.label} ended ${OUTCOME_NAMES[code]} after ${rows.at[i]! - value} us${cause}`
    case RowKind.level:
      return `${start} ${legend.levels[subject]!.name} = ${value}`
    default:
      return `${start} ${head.reasons[code]} ${value}${cause}`
  }
}
