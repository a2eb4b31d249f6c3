import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Json, LogicalId } from '../../model/scenario'
import type { RunStore } from '../../state/run/runStore'
import type { Subject } from './subject'
import { arrivals, recorded, samples, type Tested } from './tested'

export interface Recorded {
  readonly events: readonly Tested[]
  /** How many arrived in all. */
  readonly of: number
}

/** ms without news of the run before its events are read again. */
const QUIET = 250

/** Events of the run that arrived where the pattern looks, around `now` (µs); null until they are read. `subject` is kept by the caller. */
export function useRecorded(run: RunStore, subject: Subject, now: number, seed: number): Recorded | null {
  const version = useSyncExternalStore(run.subscribe, run.version)
  const [found, setFound] = useState<(Recorded & { readonly subject: Subject }) | null>(null)
  const first = found?.subject !== subject
  useEffect(() => {
    let over = false
    const read = async (): Promise<void> => {
      const { rows, of } = arrivals(run, subject, now)
      const events = rows.length === 0 ? [] : await recorded(run, subject, rows, seed)
      if (!over) setFound({ events, of, subject })
    }
    const timer = setTimeout(() => void read(), first ? 0 : QUIET)
    return () => {
      over = true
      clearTimeout(timer)
    }
    // what was found says how long to wait, it is no reason to read again
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [run, version, subject, now, seed])
  return first ? null : found
}

/** The event a hop brought to a bus: undefined until it is read, null when there is none to ask about. */
export function useAsked(run: RunStore, bus: LogicalId, row: number | null, seed: number): Json | null | undefined {
  const [found, setFound] = useState<Json | null | undefined>(row === null ? null : undefined)
  useEffect(() => {
    if (row === null) return
    let over = false
    const read = async (): Promise<void> => {
      const [event] = await recorded(run, { as: 'event', at: bus }, [row], seed)
      if (!over) setFound(event?.event ?? null)
    }
    void read()
    return () => {
      over = true
    }
  }, [run, bus, row, seed])
  return found
}

/** The library; null while it loads. */
export function useSamples(subject: Subject): readonly Tested[] | null {
  const [found, setFound] = useState<readonly Tested[] | null>(null)
  useEffect(() => {
    let over = false
    void samples(subject).then((list) => over || setFound(list))
    return () => {
      over = true
    }
  }, [subject])
  return found
}
