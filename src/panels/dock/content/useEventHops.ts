import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Scenario } from '../../../model/scenario'
import { contentOf } from '../../../state/run/content'
import type { RunStore } from '../../../state/run/runStore'
import { TraceIndex } from '../../../state/run/traces/traceIndex'
import { useScan } from '../logs/useScan'
import { hopsOf, toldOf, traceOfRow, type Told } from './hops'

export interface EventWay {
  readonly hops: readonly Told[]
  /** Root event; -1 for what belongs to none. */
  readonly trace: number
  /** Rows read so far, while more are read. */
  readonly reading: number | null
  /** The answer is there. */
  readonly known: boolean
}

/** What travelled on the way of the event a row belongs to. */
export function useEventHops(store: RunStore, scenario: Pick<Scenario, 'resources'>, row: number): EventWay {
  const status = useSyncExternalStore(store.subscribe, store.status)
  const shown = useSyncExternalStore(store.subscribe, () => store.shown)
  const { run, rows, stale } = status
  const index = useMemo(
    () => new TraceIndex(shown, scenario),
    // a resumed run has the number of a new one and the rows of the old in the same place
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [shown, scenario, run],
  )
  useScan(index, rows)
  const trace = traceOfRow(index.source, row)
  const { complete, scanned } = index
  const hops = useMemo(
    () => hopsOf(index, trace, row),
    // the index grows in place; until it is complete the event itself is enough
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [index, trace, row, complete],
  )
  const [answer, setAnswer] = useState<{ key: string; told: readonly Told[] }>()
  const wanted = hops.map((hop) => hop.row)
  const key = `${run}/${stale}/${row}/${wanted.join()}`
  useEffect(() => {
    let over = false
    void contentOf(wanted).then((contents) => {
      if (!over) setAnswer({ key, told: toldOf(hops, contents, row) })
    })
    return () => {
      over = true
    }
    // `key` stands for what is wanted
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  // what was shown stays until the next is there
  return { hops: answer?.told ?? [], trace, reading: complete ? null : scanned, known: answer?.key === key }
}
