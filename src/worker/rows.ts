import type { Rows } from '../model/recording'

/** A chunk without its unused room, so that a short one does not carry a full one's buffers. */
export function trimmed(rows: Rows): Rows {
  const { length } = rows
  if (length === rows.at.length) return rows
  return {
    first: rows.first,
    length,
    at: rows.at.slice(0, length),
    until: rows.until.slice(0, length),
    value: rows.value.slice(0, length),
    kind: rows.kind.slice(0, length),
    code: rows.code.slice(0, length),
    resource: rows.resource.slice(0, length),
    subject: rows.subject.slice(0, length),
    trace: rows.trace.slice(0, length),
    cause: rows.cause.slice(0, length),
  }
}

/** Buffers of a chunk, to be transferred. */
export const rowBuffers = (rows: Rows): ArrayBufferLike[] =>
  [rows.at, rows.until, rows.value, rows.kind, rows.code, rows.resource, rows.subject, rows.trace, rows.cause].map(
    (column) => column.buffer,
  )
