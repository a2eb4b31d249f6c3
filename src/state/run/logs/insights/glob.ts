/** What stands for each * of a glob; null when the text does not fit. Each * takes as little as it can, the last all that is left. */
export function globbed(text: string, glob: readonly string[]): string[] | null {
  const first = text.indexOf(glob[0]!)
  if (first < 0) return null
  let at = first + glob[0]!.length
  const found: string[] = []
  for (let n = 1; n < glob.length; n++) {
    const next = glob[n]!
    const end = next === '' ? text.length : text.indexOf(next, at)
    if (end < 0) return null
    found.push(text.slice(at, end))
    at = end + next.length
  }
  return found
}
