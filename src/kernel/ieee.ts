/**
 * Logarithm and exponential from +, -, x, / alone, which IEEE 754 fixes to the last bit. `Math.log` and `Math.exp` differ
 * between JavaScript engines, so a run sampled through them would not be the same in every browser (design.md 5).
 * Accurate to about 1e-15 relative, checked against Math in the test.
 */
const LN2 = 0.6931471805599453
const f64 = new Float64Array(1)
const u32 = new Uint32Array(f64.buffer)
const HIGH = (() => {
  f64[0] = 1
  return u32[1] === 0 ? 0 : 1
})()

/** Natural logarithm of a positive, finite, normal number. */
export function ln(x: number): number {
  f64[0] = x
  const high = u32[HIGH]!
  let exponent = (high >>> 20) - 1023
  u32[HIGH] = (high & 0x000fffff) | 0x3ff00000
  let m = f64[0]!
  if (m > 1.4142135623730951) {
    m /= 2
    exponent++
  }
  // ln m = 2 atanh((m - 1) / (m + 1)); |s| <= 0.1716, so eleven odd terms reach double precision
  const s = (m - 1) / (m + 1)
  const z = s * s
  let sum = 0
  for (let k = 21; k >= 1; k -= 2) sum = sum * z + 1 / k
  return exponent * LN2 + 2 * s * sum
}

/** e to the power x, for |x| < 700. */
export function exp(x: number): number {
  const n = Math.floor(x / LN2 + 0.5)
  const r = x - n * LN2
  let sum = 1
  for (let k = 17; k >= 1; k--) sum = 1 + (r / k) * sum
  f64[0] = 1
  u32[HIGH] = (n + 1023) << 20
  u32[1 - HIGH] = 0
  return sum * f64[0]!
}
