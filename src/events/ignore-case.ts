/**
 * Text folded letter by letter. Upper and lower case may differ in length (`ß`, `SS`), so each letter keeps both
 * spellings and the comparison walks instead of comparing lengths.
 */
export interface Folded {
  readonly lower: readonly string[]
  readonly upper: readonly string[]
}

export function fold(text: string): Folded {
  const letters = text.split('')
  return { lower: letters.map((letter) => letter.toLowerCase()), upper: letters.map((letter) => letter.toUpperCase()) }
}

/** Index after the folded text when `value` has it at `start`; -1 when not. */
function endOf(folded: Folded, value: string, start: number): number {
  let at = start
  for (let i = 0; i < folded.lower.length; i++) {
    const lower = folded.lower[i] ?? ''
    const upper = folded.upper[i] ?? ''
    if (value.startsWith(lower, at)) at += lower.length
    else if (value.startsWith(upper, at)) at += upper.length
    else return -1
  }
  return at
}

export function equalsFolded(folded: Folded, value: string): boolean {
  return endOf(folded, value, 0) === value.length
}

export function startsFolded(folded: Folded, value: string): boolean {
  return endOf(folded, value, 0) >= 0
}

export function endsFolded(folded: Folded, value: string): boolean {
  let at = value.length
  for (let i = folded.lower.length - 1; i >= 0; i--) {
    const lower = folded.lower[i] ?? ''
    const upper = folded.upper[i] ?? ''
    if (value.endsWith(lower, at)) at -= lower.length
    else if (value.endsWith(upper, at)) at -= upper.length
    else return false
  }
  return true
}
