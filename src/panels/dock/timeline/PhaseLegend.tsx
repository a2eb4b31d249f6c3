import { Outcome } from '../../../model/recording'
import type { RunStore } from '../../../state/run/runStore'
import { slotWord, type SlotState } from '../../../state/run/machines'
import { Glyph, type GlyphName } from '../../../ui/glyphs'
import { Swatch } from '../../../ui/Swatch'
import type { LaneModel } from './lanes'

/** Phases of an environment in the order of its life; those in brackets only where the run has them. */
const PHASES = ['cold', 'init', 'restore', 'busy', 'idle', 'reset', 'reclaimed'] as const
const MARKS: readonly { kind: 'error' | 'refused' | 'retry'; glyph: GlyphName; word: string; timeout?: boolean }[] = [
  { kind: 'error', glyph: 'error', word: 'error or crash', timeout: false },
  { kind: 'error', glyph: 'pending', word: 'timeout', timeout: true },
  { kind: 'refused', glyph: 'throttle', word: 'refused' },
  { kind: 'retry', glyph: 'retry', word: 'retry' },
]
const ALWAYS: ReadonlySet<SlotState> = new Set(['cold', 'init', 'busy', 'idle'])
/** States looked at in each lane. */
const LOOKED = 400

/** States that environments of the run are in at some time, and the usual ones; null without environments. */
export function phasesOf(store: RunStore, model: LaneModel): ReadonlySet<SlotState> | null {
  const lanes = model.groups.flatMap((group) => (group.subtitle === 'environments' ? group.lanes : []))
  if (lanes.length === 0) return null
  const seen = new Set(ALWAYS)
  const { states } = store.shown
  for (const lane of lanes) {
    const own = lane.type === 'bars' ? states.of[lane.entity] : undefined
    if (lane.type !== 'bars' || own === undefined) continue
    const looks = store.look(lane.entity)?.looks
    for (let i = 0; i < Math.min(own.length, LOOKED); i++) seen.add(looks?.[states.code.at(own.at(i))] ?? 'idle')
  }
  return seen
}

/** What the patterns and marks of the environment lanes mean; only what the run has, beyond the usual. */
export function PhaseLegend({ store, model }: { store: RunStore; model: LaneModel }) {
  const seen = phasesOf(store, model)
  if (seen === null) return null
  const { lists } = store.shown.marks
  const shown = MARKS.filter(({ kind, timeout }) => {
    const { row } = lists[kind]
    if (timeout === undefined) return row.length > 0
    for (let i = 0; i < Math.min(row.length, LOOKED); i++)
      if ((store.rowAt(row.at(i))?.code === Outcome.timeout) === timeout) return true
    return false
  })
  return (
    <div className="tl-legend" role="note" aria-label="Phases of an environment">
      {PHASES.filter((state) => seen.has(state)).map((state) => (
        <span key={state}>
          <Swatch state={state} />
          {slotWord(state)}
        </span>
      ))}
      {shown.map(({ kind, glyph, word }) => (
        <span key={word} data-mark={kind}>
          <Glyph name={glyph} size={12} />
          {word}
        </span>
      ))}
    </div>
  )
}
