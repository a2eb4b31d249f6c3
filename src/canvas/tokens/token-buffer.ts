import type { Token } from '../../model/recording'
import type { Drawing } from '../../drawing'

export const TOKEN_CAPACITY = 16_384

/**
 * What travels at one instant, in columns. `fraction` runs 0..1 along the wire; from 1 to 2 it is the rest after arrival: a ring
 * that opens at the port, or a refused token that stands before it. A source fills `length` entries and stops at the capacity.
 */
export interface TokenBuffer {
  length: number
  /** Index in `drawing.edges`. */
  readonly edge: Int32Array
  readonly fraction: Float64Array
  /** `Token` code. */
  readonly shape: Uint8Array
  /** How many travel as one: messages of a batch. */
  readonly count: Int32Array
  /** Row of the recording, for "why?". */
  readonly row: Int32Array
}

export interface TokenSource {
  /** Fills the buffer for the current playhead. */
  sample(out: TokenBuffer): void
  /** Calls when the playhead moved or what it shows changed. Nothing is drawn otherwise. */
  subscribe(listener: () => void): () => void
}

export function createTokenBuffer(capacity: number = TOKEN_CAPACITY): TokenBuffer {
  return {
    length: 0,
    edge: new Int32Array(capacity),
    fraction: new Float64Array(capacity),
    shape: new Uint8Array(capacity),
    count: new Int32Array(capacity),
    row: new Int32Array(capacity),
  }
}

/** Appends one token; false when the buffer is full. */
export function pushToken(
  out: TokenBuffer,
  edge: number,
  fraction: number,
  shape: Token,
  count: number,
  row: number,
): boolean {
  const i = out.length
  if (i >= out.edge.length) return false
  out.edge[i] = edge
  out.fraction[i] = fraction
  out.shape[i] = shape
  out.count[i] = count
  out.row[i] = row
  out.length = i + 1
  return true
}

/** Finds the edge of a recorded wire: `from`, `to` and `action` of the recording -> index in `drawing.edges`, or -1. */
export function edgeFinder(drawing: Drawing): (from: string, to: string, action: string) => number {
  const byWire = new Map<string, number>()
  drawing.edges.forEach((edge, index) => {
    const { connection } = edge
    if (connection === null) return
    const key = `${connection.from}->${connection.to}:${connection.action}`
    if (!byWire.has(key)) byWire.set(key, index)
  })
  return (from, to, action) => byWire.get(`${from}->${to}:${action}`) ?? -1
}

/** Nothing travels. */
export const NO_TOKENS: TokenSource = { sample: (out) => void (out.length = 0), subscribe: () => () => undefined }
