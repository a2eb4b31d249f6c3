/** Sets of resources by number. Traces take few ways through a drawing, so few sets are ever made. */
export class ResourceSets {
  readonly #members: number[][] = [[]]
  readonly #with: Map<number, number>[] = [new Map()]

  with(set: number, resource: number): number {
    const known = this.#with[set]!.get(resource)
    if (known !== undefined) return known
    let next = set
    if (!this.#members[set]!.includes(resource)) {
      next = this.#members.length
      this.#members.push([...this.#members[set]!, resource])
      this.#with.push(new Map())
    }
    this.#with[set]!.set(resource, next)
    return next
  }
  members(set: number): readonly number[] {
    return this.#members[set]!
  }
}
