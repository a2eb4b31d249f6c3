/** Time zones of the platform: UTC first, the given one among them. */
export function zones(present: string): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set(['UTC', present, 'Europe/Sarajevo', ...known])].sort((a, b) =>
    a === 'UTC' ? -1 : b === 'UTC' ? 1 : a < b ? -1 : 1,
  )
}

let shown: string | null = null

/** The other clock that fire times are shown on: the learner's own, until another is chosen for this visit. */
export function otherZone(): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (shown ??= own === 'UTC' || own === undefined ? 'Europe/Sarajevo' : own)
}
export function setOtherZone(zone: string): void {
  shown = zone
}
