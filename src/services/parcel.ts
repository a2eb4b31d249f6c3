/** Payload of a receive that completes a batch: it is served before those that wait to begin one. */
export const COMPLETES = -2

/** A message in a parcel (`Parcels`): flat groups of ITEM integers. */
export const ITEM = 5
/** Handle of the receive, for deleting it. */
export const HANDLE = 0
export const PAYLOAD = 1
export const TRACE = 2
/** How often it was received, this time included. */
export const RECEIVES = 3
/** What it comes from, as one integer: `pastOf`. */
export const PAST = 4

/** Passes are counted up to here; the guard ends a loop at 16 (LAM-68). */
const MOST_PASSES = 63

/**
 * What is known of where a message comes from, in one integer that calls and queues hand on as it is: how many functions its event has
 * passed through (LAM-68), and the asynchronous event it is a record or dead letter of (an entity of the recording, -1 for none).
 */
export const pastOf = (passes: number, event = -1): number => Math.min(passes, MOST_PASSES) | ((event + 1) << 6)
export const passesOf = (past: number): number => past & MOST_PASSES
/** Below 0: it is no such record. */
export const recordedEvent = (past: number): number => (past >> 6) - 1
export const withoutPasses = (past: number): number => past & ~MOST_PASSES

/**
 * Of an event put on a bus, in place of the asynchronous event: the second it was put in, and one of 8 numbers that tell events of one
 * trace and second apart. Both fit 25 bits, because runs last 31 days at most.
 */
export const putAt = (micros: number, ordinal: number): number =>
  ((Math.floor(micros / 1_000_000) * 8 + (ordinal & 7) + 1) << 6) * -1
/** What `putAt` made it of, as one number; -1 for what is no event of a bus. */
export const putOf = (past: number): number => (past < 0 ? -(past >> 6) - 1 : -1)
export const secondOf = (put: number): number => put >> 3
