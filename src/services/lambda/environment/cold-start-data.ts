/** Measured cold starts by runtime (fact sheet 1.2, PERF: hello-world functions, July and August 2026), in milliseconds. */

/** Init Duration of a zip package on x86_64: 10th, 50th, 90th and 99th percentile. */
type Zip = readonly [p10: number, p50: number, p90: number, p99: number]
/** Init Duration of a container image: 50th and 90th percentile. */
type Image = readonly [p50: number, p90: number]

export interface Measured {
  readonly zip: Zip
  readonly image: Image
  /** The image was not measured: taken from the nearest runtime that was. */
  readonly imageAssumed?: true
  /** Median on arm64, where it was measured. */
  readonly arm?: number
}

/** `provided.al2023` stands for Go; Rust starts in 16 ms, C++ in 65, .NET native AOT in 87, GraalVM native in 152: set Behavior.init. */
export const MEASURED: { readonly [runtime: string]: Measured } = {
  'nodejs20.x': { zip: [128, 142, 162, 201], image: [265, 557] },
  'nodejs22.x': { zip: [126, 141, 164, 200], image: [295, 579], arm: 129 },
  'nodejs24.x': { zip: [119, 135, 156, 201], image: [273, 566] },
  'python3.12': { zip: [75, 84, 101, 138], image: [152, 283] },
  'python3.13': { zip: [78, 85, 106, 185], image: [152, 283], imageAssumed: true, arm: 80 },
  'python3.14': { zip: [98, 110, 147, 270], image: [175, 338] },
  'ruby3.4': { zip: [193, 225, 389, 471], image: [262, 384] },
  java11: { zip: [260, 277, 374, 594], image: [366, 637] },
  java17: { zip: [189, 205, 233, 533], image: [304, 477] },
  java21: { zip: [221, 239, 280, 629], image: [341, 619], arm: 248 },
  java25: { zip: [172, 191, 301, 497], image: [341, 619], imageAssumed: true },
  dotnet8: { zip: [228, 253, 346, 661], image: [401, 675], arm: 297 },
  dotnet10: { zip: [229, 254, 584, 708], image: [392, 709] },
  'provided.al2023': { zip: [47, 50, 53, 71], image: [95, 190], imageAssumed: true, arm: 43 },
}

/** Runtimes whose cold start was measured. */
export const RUNTIMES: readonly string[] = Object.keys(MEASURED)

/** Language of a runtime identifier: `python` of `python3.13`. */
const family = (runtime: string): string => /^[a-z]+/.exec(runtime)?.[0] ?? ''

/** The measured runtime whose numbers stand for `runtime`: itself, else the oldest of its language, else Node.js 24. */
export function measuredAs(runtime: string): string {
  if (Object.hasOwn(MEASURED, runtime)) return runtime
  return RUNTIMES.find((name) => family(name) === family(runtime)) ?? 'nodejs24.x'
}
