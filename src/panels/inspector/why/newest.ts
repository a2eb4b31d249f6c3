interface Decision {
  readonly row: number
  readonly code: number
}

/** The newest of each kind, newest first, so that what happens all the time leaves room; repeats only where kinds are few. */
export function newestOfEach<T extends Decision>(newestFirst: readonly T[], most: number): T[] {
  const seen = new Set<number>()
  const first = newestFirst.filter(({ code }) => !seen.has(code) && seen.add(code))
  const chosen = new Set(first.slice(0, most))
  for (const each of newestFirst) if (chosen.size < most) chosen.add(each)
  return [...chosen].sort((a, b) => b.row - a.row)
}
