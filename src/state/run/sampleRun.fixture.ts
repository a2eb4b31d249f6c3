import {
  emptyStanding,
  type Entity,
  type Legend,
  type Level,
  type MachineInfo,
  type Rows,
  type RunHead,
  type Wire,
} from '../../model/recording'
import type { Detail } from '../../worker/protocol'

/** Rows written by hand, for tests and harnesses. */
export interface WrittenRow {
  at: number
  kind: number
  code?: number
  until?: number
  value?: number
  resource?: number
  subject?: number
  trace?: number
  cause?: number
}

export const ENVIRONMENT: MachineInfo = {
  name: 'environment',
  states: ['provisioning', 'init', 'warm.busy', 'warm.idle', 'reclaimed'],
}
export const ENI: MachineInfo = { name: 'eni', states: ['pending', 'inUse', 'deleting', 'deleted'] }
export const ITEM: MachineInfo = { name: 'item', states: ['stored', 'deleted'] }

export function headOf(resources: readonly string[], duration = 300_000_000, reasons: readonly string[] = []): RunHead {
  return { resources, machines: [ENVIRONMENT, ENI, ITEM], reasons, duration }
}

/** One chunk of rows as the worker would send it. */
export function rowsOf(first: number, written: readonly WrittenRow[], capacity = written.length): Rows {
  const rows: Rows = {
    first,
    length: written.length,
    at: new Float64Array(capacity),
    until: new Float64Array(capacity),
    value: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
    code: new Uint16Array(capacity),
    resource: new Uint16Array(capacity),
    subject: new Int32Array(capacity),
    trace: new Int32Array(capacity),
    cause: new Int32Array(capacity),
  }
  written.forEach((row, i) => {
    rows.at[i] = row.at
    rows.until[i] = row.until ?? row.at
    rows.value[i] = row.value ?? 0
    rows.kind[i] = row.kind
    rows.code[i] = row.code ?? 0
    rows.resource[i] = row.resource ?? 0
    rows.subject[i] = row.subject ?? -1
    rows.trace[i] = row.trace ?? -1
    rows.cause[i] = row.cause ?? -1
  })
  return rows
}

export function legendOf(
  wires: readonly Wire[] = [],
  entities: readonly Entity[] = [],
  levels: readonly Level[] = [],
): Legend {
  return { wires, entities, levels }
}

/** A window of exactly these rows, as the worker would answer. */
export function windowOf(rows: readonly Rows[], standing = emptyStanding(rows[0]?.first ?? 0)): Detail {
  const from = rows[0]?.at[0] ?? 0
  const last = rows.at(-1)
  return { from, to: last?.at[last.length - 1] ?? from, exact: from, standing, rows }
}
