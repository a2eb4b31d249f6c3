import type { Json, JsonObject } from '../model/scenario'
import { compilePattern, type CompiledBranch, type CompiledField, type CompiledPattern } from './compile-pattern'
import type { Accepts } from './compile-test'
import { parseAddress } from './ip-address'
import { matchBranch, matchEvent } from './match-event'
import type { EventPattern, Scalar } from './pattern'

/** The rules of a bus as one structure: the time an event takes hardly grows with the number of rules. */
export interface RuleSet {
  /** Writes the indexes of the matching patterns to `found`, ascending, and returns their number. Never throws. */
  readonly match: (event: Json, found: number[]) => number
}

/** Patterns with more alternatives are matched one by one, so that the rows of bits stay short. */
const MAX_BRANCHES = 16
/** As in `matchEvent`. */
const MAX_DEPTH = 200

/** A step of a path. `next` has joined steps, too: an event may have a dot in a key. */
interface Step {
  readonly next: Map<string, Step>
  /** Index of the path that ends here; -1: none does. */
  path: number
}

/** What rules ask of a path. Rows are rows of bits, one bit a branch. */
interface Path {
  /** Row of the branches that name the path. */
  readonly named: Int32Array
  /** By plain value: row of the branches that list it. */
  readonly exact: Map<Scalar, Int32Array>
  readonly tests: Shared[]
  /** Row of the branches that take the path's absence. */
  readonly absent: Int32Array
  /** What the event has there. */
  readonly seen: Scalar[]
  count: number
  /** Some of it lies in elements of arrays, which the fields of a branch have to share. */
  inside: boolean
}

/** A test that several branches may ask: row of the branches, and the words of the row that are not empty. */
interface Shared {
  readonly accepts: Accepts
  readonly users: Int32Array
  readonly first: number
  end: number
}

interface Candidate {
  readonly pattern: number
  /** Null: a pattern of too many alternatives, matched as a whole. */
  readonly branch: CompiledBranch | null
}

/**
 * Compiles patterns for events that are asked for all of them at once; null matches nothing. Says exactly what `matchEvent` says of each
 * (a property test holds it to that): every branch is a bit, every path clears the bits of the branches it contradicts.
 */
export function compileRules(patterns: readonly (EventPattern | null)[]): RuleSet {
  const compiled = patterns.map((pattern) => (pattern === null ? null : compilePattern(pattern)))
  const candidates = compiled.flatMap((pattern, index): Candidate[] => {
    if (pattern === null) return []
    const { branches } = pattern
    return branches.length > MAX_BRANCHES || branches.some((branch) => branch.some(isEndless))
      ? [{ pattern: index, branch: null }]
      : branches.map((branch) => ({ pattern: index, branch }))
  })
  return matcher(compiled, candidates, ...pathsOf(candidates))
}

/** So many steps that they are not joined: the steps of other paths must not be, for this one. */
const isEndless = ({ keys }: CompiledField): boolean => (keys[0]?.length ?? 0) < keys.length

function pathsOf(candidates: readonly Candidate[]): [Step, Path[]] {
  const words = (candidates.length + 31) >> 5
  const root: Step = { next: new Map(), path: -1 }
  const paths: Path[] = []
  const byTest = new Map<string, Shared>()
  const set = (row: Int32Array, bit: number): void => {
    row[bit >> 5]! |= 1 << (bit & 31)
  }
  const pathOf = (field: CompiledField): number => {
    const end = stepsOf(root, field)
    if (end.path >= 0) return end.path
    const row = (): Int32Array => new Int32Array(words)
    return (end.path =
      paths.push({ named: row(), exact: new Map(), tests: [], absent: row(), seen: [], count: 0, inside: false }) - 1)
  }
  candidates.forEach(({ branch }, bit) => {
    for (const field of branch ?? []) {
      const index = pathOf(field)
      const path = paths[index]!
      set(path.named, bit)
      if (field.acceptsAbsence) set(path.absent, bit)
      for (const { test, accepts } of field.tests) {
        if (test.op === 'exists' && !test.value) continue
        // an address in a list of values stands for all its spellings
        if (test.op === 'exactly' && (typeof test.value !== 'string' || parseAddress(test.value) === null)) {
          const row = path.exact.get(test.value) ?? new Int32Array(words)
          path.exact.set(test.value, row)
          set(row, bit)
          continue
        }
        const name = `${index} ${JSON.stringify(test)}`
        let shared = byTest.get(name)
        if (shared === undefined) {
          shared = { accepts, users: new Int32Array(words), first: bit >> 5, end: 0 }
          byTest.set(name, shared)
          path.tests.push(shared)
        }
        set(shared.users, bit)
        shared.end = (bit >> 5) + 1
      }
    }
  })
  return [root, paths]
}

/** The step at the end of a field's path, made with all steps to it. */
function stepsOf(root: Step, { keys }: CompiledField): Step {
  let last = root
  const at = [root]
  for (let i = 0; i < keys.length; i++) {
    const step = at[i]!
    keys[i]!.forEach((key, n) => {
      const known = step.next.get(key) ?? at[i + n + 1]
      const next = known ?? { next: new Map(), path: -1 }
      step.next.set(key, next)
      at[i + n + 1] = next
    })
    last = at[i + 1]!
  }
  return last
}

/** Bits set in a row. */
function bits(row: Int32Array): number {
  let count = 0
  for (const word of row) for (let rest = word; rest !== 0; rest &= rest - 1) count++
  return count
}

function matcher(
  compiled: readonly (CompiledPattern | null)[],
  candidates: readonly Candidate[],
  root: Step,
  paths: readonly Path[],
): RuleSet {
  const words = (candidates.length + 31) >> 5
  const all = new Int32Array(words)
  candidates.forEach((_, bit) => (all[bit >> 5]! |= 1 << (bit & 31)))
  const alive = new Int32Array(words)
  const passed = new Int32Array(words)
  // paths that cost a look-up alone and are named by many go first, so that little is left to ask of the others
  const order = paths.toSorted((a, b) => a.tests.length - b.tests.length || bits(b.named) - bits(a.named))
  /** Branches with a field in elements of arrays, and those with several: only they can ask for one and the same element. */
  const once = new Int32Array(words)
  const twice = new Int32Array(words)
  let arrays = false

  const note = (step: Step, value: Scalar, inside: boolean): void => {
    if (step.path < 0) return
    const path = paths[step.path]!
    path.seen[path.count++] = value
    if (inside) arrays = path.inside = true
  }
  const walk = (step: Step, node: Json[] | JsonObject, depth: number, inside: boolean): void => {
    if (depth >= MAX_DEPTH) return
    if (Array.isArray(node)) {
      for (let i = 0; i < node.length; i++) {
        const item = node[i]
        if (item === undefined) continue
        if (item === null || typeof item !== 'object') note(step, item, inside)
        else walk(step, item, depth + 1, true)
      }
      return
    }
    const { next } = step
    if (next.size === 0) return
    for (const key in node) {
      const below = next.get(key)
      if (below === undefined) continue
      const child = node[key]!
      if (child === null || typeof child !== 'object') note(below, child, inside)
      else walk(below, child, depth + 1, inside)
    }
  }
  const countArrays = (): void => {
    once.fill(0)
    for (let p = 0; p < paths.length; p++) {
      const { inside, named } = paths[p]!
      if (!inside) continue
      for (let w = 0; w < words; w++) {
        twice[w]! |= once[w]! & named[w]!
        once[w]! |= named[w]!
      }
    }
  }

  /** Clears the bits of the branches that `path` contradicts; false when none is left. Loops, since rows are of few words. */
  const narrow = ({ named, exact, tests, absent, seen, count }: Path): boolean => {
    let asked = 0
    for (let w = 0; w < words; w++) asked |= named[w]! & alive[w]!
    if (asked === 0) return true
    // an element of an array may lack what another has
    for (let w = 0; w < words; w++) passed[w] = ~named[w]! | (count === 0 ? absent[w]! : absent[w]! & twice[w]!)
    for (let i = 0; exact.size > 0 && i < count; i++) {
      const row = exact.get(seen[i]!)
      if (row !== undefined) for (let w = 0; w < words; w++) passed[w]! |= row[w]!
    }
    const asks = count > 0 ? tests.length : 0
    for (let t = 0; t < asks; t++) {
      const { accepts, users, first, end } = tests[t]!
      let open = 0
      for (let w = first; w < end; w++) open |= users[w]! & alive[w]! & ~passed[w]!
      for (let i = 0; open !== 0 && i < count; i++) {
        if (!accepts(seen[i]!)) continue
        for (let w = first; w < end; w++) passed[w]! |= users[w]!
        open = 0
      }
    }
    let left = 0
    for (let w = 0; w < words; w++) left |= alive[w]! &= passed[w]!
    return left !== 0
  }

  const holds = ({ pattern, branch }: Candidate, together: boolean, event: Json): boolean => {
    if (branch === null) return matchEvent(compiled[pattern]!, event)
    return !together || matchBranch(branch, event)
  }

  const match = (event: Json, found: number[]): number => {
    let length = 0
    if (event === null || typeof event !== 'object' || Array.isArray(event)) return length
    for (let p = 0; p < paths.length; p++) {
      const path = paths[p]!
      path.count = 0
      path.inside = false
    }
    arrays = false
    walk(root, event, 0, false)
    twice.fill(0)
    if (arrays) countArrays()
    for (let w = 0; w < words; w++) alive[w] = all[w]!
    for (let p = 0; p < order.length; p++) if (!narrow(order[p]!)) return length
    let last = -1
    for (let w = 0; w < words; w++) {
      for (let rest = alive[w]!; rest !== 0; rest &= rest - 1) {
        const bit = rest & -rest
        const candidate = candidates[(w << 5) + 31 - Math.clz32(bit)]!
        if (candidate.pattern !== last && holds(candidate, (twice[w]! & bit) !== 0, event))
          found[length++] = last = candidate.pattern
      }
    }
    return length
  }
  return { match }
}
