import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { compileFilter, type RowFilter } from '../../../state/run/rowFilter'
import type { RunStore } from '../../../state/run/runStore'
import { FilteredRows } from './filteredRows'

/** Rows judged per slice: about 5 ms. */
const SLICE = 200_000

/** The list for a filter, found in slices and continued as the run grows. */
export function useFilteredRows(
  store: RunStore,
  filter: RowFilter,
  reasonText: (code: number) => string,
): FilteredRows {
  const status = useSyncExternalStore(store.subscribe, store.status)
  const legend = `${status.run}/${store.wires.length}/${store.entities.length}`
  // Names are compared when the filter is made, so a longer legend needs a new one; without names to compare it does not.
  const names = filter.text || filter.resources ? legend : String(status.run)
  const list = useMemo(
    () => new FilteredRows(store, compileFilter(store, filter, reasonText), names),
    [store, filter, reasonText, names],
  )
  const [, setSeen] = useState(0)
  const { rows } = status
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const slice = (): void => {
      list.scan(SLICE)
      // counted, because two lists may end at the same row
      setSeen((seen) => seen + 1)
      if (!list.complete) timer = setTimeout(slice, 0)
    }
    if (!list.complete) slice()
    return () => clearTimeout(timer)
  }, [list, rows])
  return list
}
