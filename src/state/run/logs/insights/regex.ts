import { QueryProblem } from './problem'
import { PatternReader } from './regexNode'
import { captured, compile, matches, type Step } from './regexProgram'

/**
 * Regular expressions that cannot hang: the pattern becomes a small program, and all its threads walk a text together, so time grows
 * with pattern x text and never with their powers. No back references and no look-around, as they need backtracking.
 */

const LONGEST_PATTERN = 200

function programOf(pattern: string, at: number): { program: Step[]; names: string[] } {
  if (pattern.length > LONGEST_PATTERN)
    throw new QueryProblem(`The pattern has ${pattern.length} characters. The most are ${LONGEST_PATTERN}.`, at)
  const program: Step[] = []
  const names: string[] = []
  const tooLong = () => new QueryProblem('The pattern repeats too much. Shorten it.', at)
  compile(new PatternReader(pattern, at).read(), program, names, tooLong)
  program.push({ op: 'match' })
  return { program, names }
}

/** Whether a text holds a match anywhere. Throws `QueryProblem` on patterns that are wrong, too long or need backtracking. `at`: its place in the query. */
export function compileRegex(pattern: string, at = 0): (text: string) => boolean {
  const { program } = programOf(pattern, at)
  return (text) => matches(program, text)
}

/** What the named groups of a pattern hold in the first match; null where there is none. Throws as `compileRegex` does. */
export function compileCapture(
  pattern: string,
  at = 0,
): { readonly names: readonly string[]; readonly find: (text: string) => (string | null)[] | null } {
  const { program, names } = programOf(pattern, at)
  return { names, find: (text) => captured(program, names.length, text) }
}
