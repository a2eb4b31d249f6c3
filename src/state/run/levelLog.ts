import { floats, ints, type NumberList } from './numberList'

/** Step function of one level. Times in µs. */
export interface Steps {
  readonly at: NumberList<Float64Array>
  readonly value: NumberList<Float64Array>
  readonly row: NumberList<Int32Array>
  /** Running maximum, so that an axis can be scaled without a walk. */
  readonly peak: NumberList<Float64Array>
}

/** Numbers that change during a run, one step function per level. Every level is 0 before its first row. */
export class LevelLog {
  readonly of: Steps[] = []

  add(at: number, level: number, value: number, row: number): void {
    while (this.of.length <= level) this.of.push({ at: floats(), value: floats(), row: ints(), peak: floats() })
    const steps = this.of[level]!
    const last = steps.at.length - 1
    steps.at.push(at)
    steps.value.push(value)
    steps.row.push(row)
    steps.peak.push(last < 0 ? value : Math.max(value, steps.peak.at(last)))
  }

  /** Value and peak that a level comes with, before its first row here. */
  start(level: number, value: number, peak: number): void {
    this.add(-Infinity, level, value, -1)
    this.of[level]!.peak.data[0] = peak
  }

  truncate(keepRows: number, keepLevels: number): void {
    if (this.of.length > keepLevels) this.of.length = keepLevels
    for (const steps of this.of) {
      const length = steps.row.lowerBound(keepRows)
      for (const list of [steps.at, steps.value, steps.row, steps.peak]) list.truncate(length)
    }
  }

  valueAt(level: number, t: number): number {
    const steps = this.of[level]
    if (steps === undefined) return 0
    const index = steps.at.upperBound(t) - 1
    return index < 0 ? 0 : steps.value.at(index)
  }

  peakUntil(level: number, t: number): number {
    const steps = this.of[level]
    if (steps === undefined) return 0
    const index = steps.at.upperBound(t) - 1
    return index < 0 ? 0 : steps.peak.at(index)
  }
}
