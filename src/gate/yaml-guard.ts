/** Refuses YAML text that the YAML parser would need minutes or gigabytes for, in one pass over the characters. */
import { MAX_DEPTH, MAX_TEXT, MAX_YAML_INDENT, MAX_YAML_LINES, MAX_YAML_MARKS } from './limits'

const MARKS = new Set('[]{},:-?#%&*!|>"\'`@')

/** A message when the text is refused, null when it may be parsed. */
export function yamlRefusal(text: string): string | null {
  if (text.length > MAX_TEXT) return `The text has ${text.length} characters. The most is ${MAX_TEXT}.`
  let lines = 1
  let marks = 0
  let flow = 0
  let indent = 0
  let leading = true
  let nested = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (char === '\n') {
      lines++
      indent = 0
      nested = 0
      leading = true
      if (lines > MAX_YAML_LINES) return `The text has more than ${MAX_YAML_LINES} lines.`
      continue
    }
    if (leading) {
      if (char === ' ' || char === '\t') indent++
      else if ((char === '-' || char === '?' || char === ':') && /^[ \t\n]?$/.test(text[i + 1] ?? '')) nested++
      else leading = false
      if (indent > MAX_YAML_INDENT || nested > MAX_DEPTH)
        return `Line ${lines} is nested deeper than ${MAX_DEPTH} levels.`
    }
    if (!MARKS.has(char)) continue
    if (++marks > MAX_YAML_MARKS) return `The text has more than ${MAX_YAML_MARKS} marks such as { and :.`
    if (char === '[' || char === '{') flow++
    else if ((char === ']' || char === '}') && flow > 0) flow--
    // Brackets inside texts count here too, so the bound is generous; depth itself is checked on the parsed value.
    if (flow > 4 * MAX_DEPTH) return `Line ${lines} is nested deeper than ${MAX_DEPTH} levels.`
  }
  return null
}
