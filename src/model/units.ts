/** Simulated time is integer microseconds inside the engine and seconds in the document. */
export const MICROS = 1_000_000

/** Longest simulated time anywhere (s): 14 days, SQS's longest retention (SQS-1). */
export const MAX_SECONDS = 1_209_600
/** Seeds are unsigned 32-bit integers. */
export const MAX_SEED = 4_294_967_295

/** Seconds to whole microseconds. */
export const toMicros = (seconds: number): number => Math.round(seconds * MICROS)
export const toSeconds = (micros: number): number => micros / MICROS
