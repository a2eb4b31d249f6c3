const listeners = new Set<() => void>()
let current = ''
let turn = 0

/** Says one sentence to assistive technology when it is next idle. Callable from anywhere; needs one `LiveRegion` on the page. */
export function announce(text: string): void {
  current = text
  turn += 1
  for (const listener of listeners) listener()
}

export function subscribeToAnnouncements(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** `turn` grows with every call, so the same sentence twice is still two announcements. */
export function announcementTurn(): number {
  return turn
}

export function announcement(): string {
  return current
}
