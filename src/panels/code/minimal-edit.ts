export interface TextEdit {
  /** Offsets in the old text. */
  readonly from: number
  readonly to: number
  readonly text: string
}

/** The one stretch that differs between two texts, widened to no line borders; null when they are equal. */
export function minimalEdit(before: string, after: string): TextEdit | null {
  if (before === after) return null
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head++
  let tail = 0
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++
  }
  // half of a surrogate pair is no character
  if (head > 0 && isHigh(before.charCodeAt(head - 1))) head--
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail--
  return { from: head, to: before.length - tail, text: after.slice(head, after.length - tail) }
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff
