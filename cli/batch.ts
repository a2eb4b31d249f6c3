import { dirname } from 'node:path'
import { Refusal, type Io } from './io'

/** Lines joined before they are written: a write a line would be slower than the work. */
const WRITE_EVERY = 1_000

/**
 * Answers the cases of a JSONL file (`-`: standard input) in order, one JSON line each. Empty lines are skipped. A line that is no
 * JSON object, or a case that cannot be answered, gets `{result: "error", reason}`; then the exit code is 2.
 * `answer` is given the folder that relative paths of a case start from.
 */
export function batch(io: Io, path: string, answer: (given: Case, folder: string) => object): number {
  const folder = path === '-' ? '.' : dirname(path)
  let exit = 0
  let lines: string[] = []
  const flush = (): void => {
    if (lines.length > 0) io.write(`${lines.join('\n')}\n`)
    lines = []
  }
  for (const line of io.read(path).split('\n')) {
    if (line.trim() === '') continue
    let result: object
    try {
      result = answer(caseOf(line), folder)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      result = { result: 'error', reason: error.message }
      exit = 2
    }
    lines.push(JSON.stringify(result))
    if (lines.length === WRITE_EVERY) flush()
  }
  flush()
  return exit
}

export type Case = { readonly [key: string]: unknown }

function caseOf(line: string): Case {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Refusal('the line is not JSON')
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Refusal('the line is no JSON object')
  return value as Case
}

/** A text of a case. Throws Refusal when it is something else. */
export function textOf(given: Case, key: string): string {
  const value = given[key]
  if (typeof value !== 'string') throw new Refusal(`${key} must be a string`)
  return value
}
