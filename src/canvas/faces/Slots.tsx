import type { CSSProperties } from 'react'
import { slotWord } from '../../state/run/machines'
import { Glyph } from '../../ui/glyphs'
import type { SlotData, SlotState } from '../types'

/** Up to this many stand in one labelled row; up to twice as many in two; more become one bar. */
const ROW = { normal: 6, wide: 10 }

interface SlotsProps {
  slots: readonly SlotData[]
  wide: boolean
  hidden: boolean
  onChoose: (slot: SlotData) => void
}

/** The cross-section of the timeline at the playhead: one slot per execution environment. */
export function Slots({ slots, wide, hidden, onChoose }: SlotsProps) {
  const row = wide ? ROW.wide : ROW.normal
  // a countable row of blanks would give the answer away
  if (hidden) return <div className="cs-slotbar" data-hidden aria-hidden="true" />
  if (slots.length > (wide ? 4 : 2) * row) return <SlotBar slots={slots} counted />
  const compact = slots.length > row
  return (
    <div className="cs-slots nodrag" data-compact={compact || undefined} aria-hidden="true">
      {slots.map((slot) => (
        <button
          key={slot.entity ?? slot.label}
          type="button"
          tabIndex={-1}
          className="cs-slot"
          data-state={slot.state}
          data-chosen={slot.chosen || undefined}
          data-kept={slot.provisioned || undefined}
          title={titleOf(slot)}
          onClick={() => onChoose(slot)}
        >
          <i style={progressOf(slot)}>
            {slot.state === 'throttled' && <Glyph name="throttle" />}
            {slot.state === 'error' && <Glyph name="error" />}
          </i>
          {!compact && (
            <span>
              {slot.version !== undefined && <b>v{slot.version}</b>}
              {slot.label}
            </span>
          )}
        </button>
      ))}
    </div>
  )
}

function progressOf(slot: SlotData): CSSProperties & Record<'--v', number> {
  return { '--v': Math.round(slot.progress * 200) / 200 }
}

/** `e3 of version 2, idle, provisioned` */
function titleOf({ label, version, state, provisioned, entity }: SlotData): string | undefined {
  if (entity === undefined) return undefined
  const of = version === undefined ? '' : ` of version ${version}`
  const word = wordOf(state, label)
  return `${label}${of}, ${word}${provisioned === true ? ', provisioned' : ''}`
}

/** Instances of a group (i1, i2, ...) are busy, environments invoke. */
const wordOf = (state: SlotState, label: string | undefined): string =>
  state === 'busy' && label?.startsWith('i') ? 'busy' : slotWord(state)

const ORDER: readonly SlotState[] = ['busy', 'init', 'restore', 'cold', 'pending', 'error', 'idle', 'reset']

/** Environments by state as one bar; with `counted`, the numbers beneath. */
export function SlotBar({ slots, counted = false }: { slots: readonly SlotData[]; counted?: boolean }) {
  const shares = ORDER.map((state) => ({
    state,
    n: slots.filter((slot) => slot.state === state).length,
  })).filter((share) => share.n > 0)
  return (
    <div className="cs-slotstack" aria-hidden="true">
      <div className="cs-slotbar">
        {shares.map((share) => (
          <i key={share.state} data-state={share.state} style={{ flexGrow: share.n }} />
        ))}
      </div>
      {counted && (
        <div className="cs-facts num">
          {shares.slice(0, 4).map((share) => (
            <span key={share.state}>
              <b>{share.n}</b>
              {` ${wordOf(share.state, slots[0]?.label)}`}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
