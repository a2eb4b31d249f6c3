import { useMemo, useSyncExternalStore } from 'react'
import type { Scenario } from '../../../model/scenario'
import { Documents } from '../../../state/run/logs/documents'
import { LineWriter } from '../../../state/run/logs/lines'
import { LogIndex } from '../../../state/run/logs/logIndex'
import type { RunStore } from '../../../state/run/runStore'
import { useScan } from './useScan'

/** The documents behind a run; null before the first. */
export function useDocuments(scenario: Scenario | null): Documents | null {
  return useMemo(() => (scenario === null ? null : new Documents(scenario)), [scenario])
}

/** The log lines of what is known in detail where the playhead is, found in slices and continued as the run grows. */
export function useRunLogs(store: RunStore, documents: Documents): LineWriter {
  const status = useSyncExternalStore(store.subscribe, store.status)
  const shown = useSyncExternalStore(store.subscribe, () => store.shown)
  const { run } = status
  const writer = useMemo(
    () => new LineWriter(new LogIndex(shown, documents)),
    // a resumed run has the number of a new one and the rows of the old in the same place
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [shown, documents, run],
  )
  useScan(writer.index, status.rows)
  return writer
}
