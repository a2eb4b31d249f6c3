const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/** µs as a clock: `02:14` and `.318`; from one hour on `1:02:14`. Milliseconds are cut, not rounded, so the clock never runs ahead. */
export function clockParts(micros: number): { main: string; fraction: string } {
  const ms = Math.floor(Math.max(0, micros) / 1_000 + 1e-6)
  const seconds = Math.floor(ms / 1_000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const tail = `${pad(minutes % 60, 2)}:${pad(seconds % 60, 2)}`
  return { main: hours > 0 ? `${hours}:${tail}` : tail, fraction: `.${pad(ms % 1_000, 3)}` }
}

/** `02:14.318`. */
export function clock(micros: number): string {
  const { main, fraction } = clockParts(micros)
  return main + fraction
}

/** `02:14`, and the fraction only where `step` (µs between two labels) needs it. */
export function tickLabel(micros: number, step: number): string {
  const { main, fraction } = clockParts(micros)
  if (step >= 1_000_000) return main
  if (step >= 100_000) return main + fraction.slice(0, 2)
  if (step >= 10_000) return main + fraction.slice(0, 3)
  if (step >= 1_000) return main + fraction
  return `${main}${fraction} ${pad(Math.floor(micros) % 1_000, 3)}`
}

/** Three significant digits; the unit changes before the digits do: `912 ms`, `1.71 s`, `4.2 min`. */
export function span(micros: number): string {
  const abs = Math.abs(micros)
  if (abs < 1_000) return `${Math.round(micros)} µs`
  if (abs < 999_500) return `${digits(micros / 1_000)} ms`
  if (abs < 600_000_000) return `${digits(micros / 1_000_000)} s`
  if (abs < 7_200_000_000) return `${digits(micros / 60_000_000)} min`
  return `${digits(micros / 3_600_000_000)} h`
}

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** A number with three significant digits and grouped thousands. */
export function digits(value: number): string {
  const abs = Math.abs(value)
  if (abs >= 100 || Number.isInteger(value)) return whole.format(value)
  return String(Number(value.toPrecision(3)))
}
