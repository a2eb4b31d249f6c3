/**
 * Whether `value` fits an IAM pattern: `*` stands for any run of characters, `?` for exactly one (IAM-5). Linear in
 * practice: only the last asterisk is ever tried again.
 */
export function matchesGlob(pattern: string, value: string, ignoreCase: boolean): boolean {
  let p = 0
  let v = 0
  let star = -1
  let resume = 0
  while (v < value.length) {
    const wanted = pattern[p]
    if (wanted === '*') {
      star = p++
      resume = v
    } else if (wanted !== undefined && (wanted === '?' || sameLetter(wanted, value[v] ?? '', ignoreCase))) {
      p++
      v++
    } else if (star >= 0) {
      p = star + 1
      v = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

function sameLetter(a: string, b: string, ignoreCase: boolean): boolean {
  return a === b || (ignoreCase && a.toLowerCase() === b.toLowerCase())
}
