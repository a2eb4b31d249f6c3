import { Outcome, RowKind, Token, TOKEN_NAMES, OUTCOME_NAMES, type Rows } from '../../model/recording'
import type { RunStore } from './runStore'

/** Judges the row at offset `i` of a chunk. */
export type RowTest = (rows: Rows, i: number) => boolean

export type Verdict = 'ok' | 'error' | 'refused' | 'retry' | 'deadLetter'

/** Which rows to list. What is left out is not asked. */
export interface RowFilter {
  readonly kinds?: ReadonlySet<RowKind>
  /** Resource ids; a hop also belongs to both ends of its wire. */
  readonly resources?: ReadonlySet<string>
  readonly verdict?: Verdict
  /** Found in names of resources, entities, wires, actions, states, reasons, tokens and outcomes; every word must be found. */
  readonly text?: string
}

const TOKEN_VERDICTS: { readonly [token: number]: Verdict } = {
  [Token.retry]: 'retry',
  [Token.throttled]: 'refused',
  [Token.error]: 'error',
  [Token.blocked]: 'error',
  [Token.deadLetter]: 'deadLetter',
}
const OUTCOME_VERDICTS: { readonly [outcome: number]: Verdict } = {
  [Outcome.ok]: 'ok',
  [Outcome.throttled]: 'refused',
  [Outcome.dropped]: 'refused',
  [Outcome.deadLettered]: 'deadLetter',
}

export function verdictOf(kind: number, code: number): Verdict | null {
  if (kind === RowKind.hop) return TOKEN_VERDICTS[code] ?? 'ok'
  if (kind === RowKind.span) return OUTCOME_VERDICTS[code] ?? 'error'
  return null
}

/**
 * Turns a filter into a test that only reads columns: texts are compared once per name, never once per row. Valid for
 * names known when it was made; make it anew when `wires`, `entities` or reasons have grown. Level rows never pass.
 */
export function compileFilter(store: RunStore, filter: RowFilter, reasonText: (code: number) => string): RowTest {
  const { kinds, resources, verdict } = filter
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const ids = store.head.resources
  const chosen = resources && ids.map((id) => resources.has(id))
  const ends = resources && store.wires.map((wire) => resources.has(wire.from) || resources.has(wire.to))
  const tests = words.map((word) => textTest(store, word, reasonText))

  return (rows, i) => {
    const kind = rows.kind[i]!
    if (kind === RowKind.level) return false
    if (kinds && !kinds.has(kind as RowKind)) return false
    if (chosen && !chosen[rows.resource[i]!] && !(kind === RowKind.hop && ends?.[rows.subject[i]!])) return false
    if (verdict && verdictOf(kind, rows.code[i]!) !== verdict) return false
    for (const test of tests) if (!test(rows, i)) return false
    return true
  }
}

function textTest(store: RunStore, word: string, reasonText: (code: number) => string): RowTest {
  const has = (text: string): boolean => text.toLowerCase().includes(word)
  const inResource = store.head.resources.map(has)
  const inWire = store.wires.map((wire) => has(wire.from) || has(wire.to) || has(wire.action))
  const inEntity = store.entities.map((entity) => has(entity.label))
  const inReason = store.head.reasons.map((code, number) => has(code) || has(reasonText(number)))
  const inToken = TOKEN_NAMES.map((name) => has(name))
  const inOutcome = OUTCOME_NAMES.map((name) => has(name))
  const inState = new Map(store.head.machines.map((machine) => [machine.name, machine.states.map(has)]))
  return (rows, i) => {
    const code = rows.code[i]!
    const subject = rows.subject[i]!
    if (inResource[rows.resource[i]!]) return true
    switch (rows.kind[i]!) {
      case RowKind.hop:
        return (inWire[subject] ?? false) || (inToken[code] ?? false)
      case RowKind.state:
        return (inEntity[subject] ?? false) || (inState.get(store.entities[subject]?.machine ?? '')?.[code] ?? false)
      case RowKind.span:
        return (inEntity[subject] ?? false) || (inOutcome[code] ?? false)
      case RowKind.reason:
        return inReason[code] ?? false
      default:
        return false
    }
  }
}
