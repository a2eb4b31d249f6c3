import type { QueryProblem } from './problem'
import { word, type Edge, type Node, type Test } from './regexNode'

const LONGEST_PROGRAM = 4_000

/** A step of a pattern's program. Of a split `a` comes first, of a lazy one `b`. */
export type Step =
  | { readonly op: 'char'; readonly test: Test }
  | { readonly op: 'edge'; readonly edge: Edge }
  | { readonly op: 'split'; readonly a: number; b: number; readonly lazy: boolean }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'match' }

/** Appends what a node does to a program. `names`: groups met so far; group n saves its ends in slots 2n and 2n + 1. */
export function compile(node: Node, program: Step[], names: string[], tooLong: () => QueryProblem): void {
  if (program.length > LONGEST_PROGRAM) throw tooLong()
  switch (node.kind) {
    case 'char':
      program.push({ op: 'char', test: node.test })
      return
    case 'edge':
      program.push({ op: 'edge', edge: node.edge })
      return
    case 'group': {
      // a part that repeats is compiled more than once
      const known = names.indexOf(node.name)
      const n = known >= 0 ? known : names.push(node.name) - 1
      program.push({ op: 'save', slot: 2 * n })
      compile(node.of, program, names, tooLong)
      program.push({ op: 'save', slot: 2 * n + 1 })
      return
    }
    case 'all':
      for (const part of node.parts) compile(part, program, names, tooLong)
      return
    case 'any': {
      const ends: { op: 'jump'; to: number }[] = []
      node.parts.forEach((part, n) => {
        if (n === node.parts.length - 1) {
          compile(part, program, names, tooLong)
          return
        }
        const split: Step = { op: 'split', a: program.length + 1, b: 0, lazy: false }
        program.push(split)
        compile(part, program, names, tooLong)
        const end = { op: 'jump' as const, to: 0 }
        program.push(end)
        ends.push(end)
        split.b = program.length
      })
      for (const end of ends) end.to = program.length
      return
    }
    case 'repeat': {
      for (let n = 0; n < node.min; n++) compile(node.of, program, names, tooLong)
      if (node.max === Infinity) {
        const start = program.length
        const split: Step = { op: 'split', a: start + 1, b: 0, lazy: node.lazy }
        program.push(split)
        compile(node.of, program, names, tooLong)
        program.push({ op: 'jump', to: start })
        split.b = program.length
        return
      }
      const splits: (Step & { op: 'split' })[] = []
      for (let n = node.min; n < node.max; n++) {
        const split = { op: 'split' as const, a: program.length + 1, b: 0, lazy: node.lazy }
        program.push(split)
        splits.push(split)
        compile(node.of, program, names, tooLong)
      }
      for (const split of splits) split.b = program.length
    }
  }
}

/** Whether a text holds a match anywhere. */
export function matches(program: readonly Step[], text: string): boolean {
  /** Round in which a step was last reached, so that no step is walked twice at one place of the text. */
  const seen = new Int32Array(program.length).fill(-1)
  const stack: number[] = []
  let threads: number[] = []
  for (let i = 0; i <= text.length; i++) {
    const round = i
    const reached: number[] = []
    // every place may be the beginning of a match
    for (const start of [...threads, 0]) {
      stack.push(start)
      while (stack.length > 0) {
        const at = stack.pop()!
        if (seen[at] === round) continue
        seen[at] = round
        const step = program[at]!
        if (step.op === 'match') return true
        if (step.op === 'char') reached.push(at)
        else if (step.op === 'save') stack.push(at + 1)
        else if (step.op === 'jump') stack.push(step.to)
        else if (step.op === 'split') stack.push(step.b, step.a)
        else if (atEdge(step.edge, text, i)) stack.push(at + 1)
      }
    }
    if (i === text.length) break
    const code = text.charCodeAt(i)
    threads = reached.filter((at) => (program[at] as Step & { op: 'char' }).test(code)).map((at) => at + 1)
  }
  return false
}

interface Thread {
  readonly at: number
  /** Where groups begin and end, by slot; -1 where they have not. */
  readonly saved: readonly number[]
}

/** What the groups of the first match in a text hold, and null for those that took no part; null when there is no match. */
export function captured(program: readonly Step[], groups: number, text: string): (string | null)[] | null {
  const seen = new Int32Array(program.length).fill(-1)
  const none: readonly number[] = Array.from({ length: 2 * groups }, () => -1)
  let best: readonly number[] | null = null
  let threads: Thread[] = []
  for (let i = 0; i <= text.length; i++) {
    const reached: Thread[] = []
    // a match that begins earlier is better than one that begins here
    const starts: readonly Thread[] = best === null ? [...threads, { at: 0, saved: none }] : threads
    walk: for (const start of starts) {
      const stack: Thread[] = [start]
      while (stack.length > 0) {
        const { at, saved }: Thread = stack.pop()!
        if (seen[at] === i) continue
        seen[at] = i
        const step = program[at]!
        if (step.op === 'match') {
          best = saved
          // what is left is worse
          break walk
        }
        if (step.op === 'char') reached.push({ at, saved })
        else if (step.op === 'save') stack.push({ at: at + 1, saved: saved.with(step.slot, i) })
        else if (step.op === 'jump') stack.push({ at: step.to, saved })
        else if (step.op === 'split') {
          const [first, second] = step.lazy ? [step.b, step.a] : [step.a, step.b]
          stack.push({ at: second, saved }, { at: first, saved })
        } else if (atEdge(step.edge, text, i)) stack.push({ at: at + 1, saved })
      }
    }
    if (i === text.length || (best !== null && reached.length === 0)) break
    const code = text.charCodeAt(i)
    threads = reached.flatMap(({ at, saved }) =>
      (program[at] as Step & { op: 'char' }).test(code) ? { at: at + 1, saved } : [],
    )
  }
  const found = best
  if (found === null) return null
  return Array.from({ length: groups }, (_, n) =>
    found[2 * n]! < 0 || found[2 * n + 1]! < 0 ? null : text.slice(found[2 * n], found[2 * n + 1]),
  )
}

function atEdge(edge: Edge, text: string, i: number): boolean {
  if (edge === 'start') return i === 0
  if (edge === 'end') return i === text.length
  const before = i > 0 && word(text.charCodeAt(i - 1))
  const after = i < text.length && word(text.charCodeAt(i))
  return (before !== after) === (edge === 'word')
}
