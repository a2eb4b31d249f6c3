/**
 * Logarithm and exponential from +, -, x, / alone, which IEEE 754 fixes to the last bit. `Math.log` and `Math.exp` differ
 * between JavaScript engines, so a run sampled through them would not be the same in every browser (design.md 5).
 * Accurate to about 1e-15 relative, checked against Math in the test.
 */
const LN2 = 0.6931471805599453
/** ln 2 in two parts: the first ends in zeros, so that whole multiples of it are exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const f64 = new Float64Array(1)
const u32 = new Uint32Array(f64.buffer)
const HIGH = (() => {
  f64[0] = 1
  return u32[1] === 0 ? 0 : 1
})()

/** 2 to the power -exponent, by biased exponent. Doubling and halving are exact. */
const SCALE = new Float64Array(2_047)
SCALE[1_023] = 1
for (let biased = 1_022; biased >= 0; biased--) SCALE[biased] = 2 * SCALE[biased + 1]!
for (let biased = 1_024; biased < 2_047; biased++) SCALE[biased] = SCALE[biased - 1]! / 2

/** Points 1 + i / 128 of [1, 2], their reciprocals and logarithms; those above the square root of 2 stand for their half. */
const POINTS = 128
const HALVED = 54
const RECIPROCAL = Float64Array.from({ length: POINTS + 1 }, (_, i) => POINTS / (POINTS + i))
const LOG = Float64Array.from({ length: POINTS + 1 }, (_, i) => series((i >= HALVED ? 0.5 : 1) * (1 + i / POINTS)))

/** ln m = 2 atanh((m - 1) / (m + 1)) for m near 1: |s| <= 0.172, so eleven odd terms reach double precision. */
function series(m: number): number {
  const s = (m - 1) / (m + 1)
  const z = s * s
  let sum = 0
  for (let k = 21; k >= 1; k -= 2) sum = sum * z + 1 / k
  return 2 * s * sum
}

/** Natural logarithm of a positive, finite, normal number. */
export function ln(x: number): number {
  f64[0] = x
  const high = u32[HIGH]!
  // the mantissa by a multiplication, which is exact: writing half of the number and reading the whole would stall the processor
  const m = x * SCALE[high >>> 20]!
  // nearest point of the table, by the first bits of the mantissa: ln x = exponent ln 2 + ln point + ln(1 + r), |r| <= 1/256
  const i = (((high >>> 12) & 0xff) + 1) >> 1
  const exponent = (high >>> 20) - (i >= HALVED ? 1022 : 1023)
  const r = (m - (1 + i / POINTS)) * RECIPROCAL[i]!
  const tail = r * r * (-1 / 2 + r * (1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7))))))
  return exponent * LN2 + LOG[i]! + (r + tail)
}

/** e to the power x, for |x| < 700. */
export function exp(x: number): number {
  const n = Math.floor(x / LN2 + 0.5)
  const r = x - n * LN2_HIGH - n * LN2_LOW
  let sum = 1
  for (let k = 17; k >= 1; k--) sum = 1 + (r / k) * sum
  f64[0] = 1
  u32[HIGH] = (n + 1023) << 20
  u32[1 - HIGH] = 0
  return sum * f64[0]
}
