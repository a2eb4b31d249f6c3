import { useSyncExternalStore } from 'react'

/** How much room there is (visual.md 2): all panels; the inspector as a sheet; a drawing that is only looked at. */
export type Width = 'wide' | 'sheet' | 'phone'

const QUERIES = ['(max-width: 639.9px)', '(max-width: 899.9px)'] as const

export function widthNow(): Width {
  if (typeof matchMedia !== 'function') return 'wide'
  if (matchMedia(QUERIES[0]).matches) return 'phone'
  return matchMedia(QUERIES[1]).matches ? 'sheet' : 'wide'
}

function subscribe(listener: () => void): () => void {
  if (typeof matchMedia !== 'function') return () => undefined
  const queries = QUERIES.map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    for (const query of queries) query.removeEventListener('change', listener)
  }
}

export function useWidth(): Width {
  return useSyncExternalStore(subscribe, widthNow)
}
