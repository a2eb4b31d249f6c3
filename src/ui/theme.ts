import { useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark' | 'projector'
export type ResolvedTheme = Exclude<Theme, 'system'>

const THEMES: readonly Theme[] = ['system', 'light', 'dark', 'projector']

const STORAGE_KEY = 'coldstart.theme'
const listeners = new Set<() => void>()
let chosen: Theme = read()

function read(): Theme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return THEMES.find((theme) => theme === stored) ?? 'system'
  } catch {
    return 'system'
  }
}

function matches(query: string): boolean {
  return typeof matchMedia === 'function' && matchMedia(query).matches
}

function apply(): void {
  document.documentElement.dataset.theme = chosen
  for (const listener of listeners) listener()
}

/** Stores the user's choice and applies it. A browser that refuses storage keeps it for this visit. */
export function setTheme(theme: Theme): void {
  chosen = theme
  try {
    localStorage.setItem(STORAGE_KEY, theme)
  } catch {
    // Private mode or a full store: the choice still holds until the page closes.
  }
  apply()
}

/** Call once before the first render; afterwards the page follows the system while the theme is 'system'. */
export function initTheme(): void {
  apply()
  if (typeof matchMedia === 'function') matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply)
}

/** What 'system' means right now, for code that needs one theme (Monaco, uPlot, thumbnails). */
function resolvedTheme(): ResolvedTheme {
  if (chosen !== 'system') return chosen
  return matches('(prefers-color-scheme: dark)') ? 'dark' : 'light'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useTheme(): { theme: Theme; resolved: ResolvedTheme; setTheme: (theme: Theme) => void } {
  const theme = useSyncExternalStore(subscribe, () => chosen)
  const resolved = useSyncExternalStore(subscribe, resolvedTheme)
  return { theme, resolved, setTheme }
}

const REDUCED = '(prefers-reduced-motion: reduce)'

export function prefersReducedMotion(): boolean {
  return matches(REDUCED)
}

function subscribeToMotion(listener: () => void): () => void {
  if (typeof matchMedia !== 'function') return () => undefined
  const query = matchMedia(REDUCED)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribeToMotion, prefersReducedMotion)
}
