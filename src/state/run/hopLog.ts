import { bytes, floats, ints, type NumberList } from './numberList'

/** Everything that travels, by departure, over all wires and per wire. */
export class HopLog {
  readonly at = floats()
  readonly until = floats()
  readonly wire = ints()
  readonly token = bytes()
  /** How many travel as one. */
  readonly count = ints()
  readonly row = ints()
  /** Positions in the log, by wire. */
  readonly of: NumberList<Int32Array>[] = []

  add(at: number, until: number, wire: number, token: number, count: number, row: number): void {
    while (this.of.length <= wire) this.of.push(ints())
    this.of[wire]!.push(this.at.length)
    this.at.push(at)
    this.until.push(until)
    this.wire.push(wire)
    this.token.push(token)
    this.count.push(count)
    this.row.push(row)
  }

  truncate(keepRows: number, keepWires: number): void {
    const length = this.row.lowerBound(keepRows)
    for (const list of [this.at, this.until, this.wire, this.token, this.count, this.row]) list.truncate(length)
    if (this.of.length > keepWires) this.of.length = keepWires
    for (const own of this.of) own.truncate(own.lowerBound(length))
  }
}
