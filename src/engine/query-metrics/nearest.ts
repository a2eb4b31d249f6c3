/** Edits (insert, delete, replace, swap neighbours) that make one text of another; case does not count. */
function distance(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  let before: number[] = []
  let last = Array.from({ length: y.length + 1 }, (_, j) => j)
  for (let i = 1; i <= x.length; i++) {
    const row = [i]
    for (let j = 1; j <= y.length; j++) {
      const same = x[i - 1] === y[j - 1] ? 0 : 1
      let least = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + same)
      const swapped = i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1]
      if (swapped) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[y.length]!
}

const words = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The known names that a mistyped one may mean, best first, three at most: near in spelling, or one holding the other. */
export function nearest(name: string, known: readonly string[]): string[] {
  const asked = words(name)
  return known
    .map((one) => {
      const it = words(one)
      const holds = asked.length > 3 && it.length > 3 && (it.includes(asked) || asked.includes(it))
      return { one, far: Math.min(distance(asked, it), holds ? 2 : Infinity) }
    })
    .filter(({ one, far }) => far <= Math.max(1, Math.floor(Math.max(asked.length, words(one).length) / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ one }) => one)
}

/** ` Did you mean a or b?`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const names = nearest(name, known)
  return names.length === 0 ? '' : ` Did you mean ${names.join(' or ')}?`
}
