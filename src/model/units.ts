/** Simulated time is integer microseconds inside the engine and seconds in the document. */
export const MICROS = 1_000_000

/** Longest simulated time anywhere (s): 31 days, so that two idle weeks (NET-6) and what follows fit in. */
export const MAX_SECONDS = 2_678_400
/** Seeds are unsigned 32-bit integers. */
export const MAX_SEED = 4_294_967_295

/** Seconds to whole microseconds. */
export const toMicros = (seconds: number): number => Math.round(seconds * MICROS)
export const toSeconds = (micros: number): number => micros / MICROS
