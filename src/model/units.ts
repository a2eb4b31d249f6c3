/** Simulated time is integer microseconds inside the engine and seconds in the document. */
export const MICROS = 1_000_000

/** Seconds to whole microseconds. */
export const toMicros = (seconds: number): number => Math.round(seconds * MICROS)
export const toSeconds = (micros: number): number => micros / MICROS
