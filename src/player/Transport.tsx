import { use, useEffect, useRef } from 'react'
import { Glyph } from '../ui/glyphs'
import { IconButton } from '../ui/IconButton'
import { Menu, type MenuEntry } from '../ui/Menu'
import { clockParts } from '../state/run/clock'
import type { Mark, MarkKind } from '../state/run/marks'
import type { RunStore } from '../state/run/runStore'
import { markFrom } from './jump'
import { SPEEDS, paceText } from './paceText'
import type { Player } from './player'
import { usePace } from './usePlayer'
import { usePlayerState, type PlayerState } from './usePlayerState'
import './transport.css'

interface TransportProps {
  player: Player
  store: RunStore
  /** A lesson waits for a prediction: playing and stepping are off, and this says why. */
  locked?: string | undefined
  /** The moment a jump from the menu leads to: the place to show what happened there. */
  onMark?: ((mark: Mark) => void) | undefined
}

/** To start, step back, play, step forward, the clock, smart time and jumps. Waits for the chart that plays. */
export default function Transport({ player, store, locked, onMark }: TransportProps) {
  const state = usePlayerState(use(player.actor))
  const off = state.mode === 'empty' || locked !== undefined
  const playing = state.mode === 'playing'
  const { send } = player
  return (
    <div className="transport" role="group" aria-label="Playback">
      <IconButton
        glyph="to-start"
        label="To the start"
        shortcut="Home"
        disabled={off}
        onClick={() => send({ type: 'toStart' })}
      />
      <IconButton
        glyph="step-back"
        label="Step back"
        shortcut=","
        disabled={off}
        onClick={() => send({ type: 'step', direction: -1 })}
      />
      <IconButton
        className="transport-play"
        variant="play"
        glyph={playing ? 'pause' : 'play'}
        label={locked ?? (playing ? 'Pause' : 'Play')}
        shortcut="Space"
        disabled={off}
        onClick={() => send({ type: 'toggle' })}
      />
      <IconButton
        glyph="step-forward"
        label="Step forward"
        shortcut="."
        disabled={off}
        onClick={() => send({ type: 'step', direction: 1 })}
      />
      <Clock player={player} />
      <SmartTime player={player} state={state} />
      <Menu
        align="end"
        disabled={off}
        trigger={<IconButton glyph="more" label="Jump to" />}
        entries={() => jumpEntries(player, store, onMark)}
      />
    </div>
  )
}

/** Writes its text every frame without React. */
function Clock({ player }: { player: Player }) {
  const main = useRef<HTMLSpanElement>(null)
  const fraction = useRef<HTMLElement>(null)
  const { playhead } = player
  useEffect(() => {
    const write = (): void => {
      const parts = clockParts(playhead.get())
      if (main.current) main.current.textContent = parts.main
      if (fraction.current) fraction.current.textContent = parts.fraction
    }
    write()
    return playhead.subscribe(write)
  }, [playhead])
  return (
    <div className="transport-clock" role="timer" aria-label="Simulated time" aria-live="off">
      <span ref={main}>00:00</span>
      <small ref={fraction}>.000</small>
    </div>
  )
}

function SmartTime({ player, state }: { player: Player; state: PlayerState }) {
  const { pace, reason } = usePace(player)
  const { smart, speed, stepped } = state
  const shown = stepped ? 'steps' : paceText(smart ? pace : speed)
  const entries = (): MenuEntry[] => [
    {
      kind: 'check',
      label: 'Smart time',
      shortcut: '\\',
      checked: smart,
      onChange: (on) => player.send({ type: 'smart', on }),
    },
    {
      kind: 'check',
      label: 'Play by steps',
      checked: stepped,
      onChange: (on) => player.send({ type: 'stepped', on }),
    },
    { kind: 'separator' },
    {
      kind: 'choice',
      label: 'Simulated seconds per second',
      value: smart ? '' : String(speed),
      options: SPEEDS.map((value) => ({ value: String(value), label: paceText(value) })),
      onChange: (value) => player.send({ type: 'speed', pace: Number(value) }),
    },
  ]
  return (
    <Menu
      entries={entries}
      trigger={
        <button
          type="button"
          className="transport-smart"
          aria-label={`Pace ${shown}${reason ? `, ${reason}` : ''}. Change`}
        >
          <Glyph name="smart-time" />
          <b>{smart ? 'Smart time' : 'Pace'}</b>
          <span className="transport-rate mono">{shown}</span>
          <span className="transport-reason truncate">{smart ? reason : ''}</span>
          <Glyph name="chevron-down" size={12} />
        </button>
      }
    />
  )
}

const JUMPS: readonly {
  kind: MarkKind
  label: string
  glyph: 'snow' | 'retry' | 'throttle' | 'error' | 'dead-letter' | 'eni'
}[] = [
  { kind: 'coldStart', label: 'cold start', glyph: 'snow' },
  { kind: 'refused', label: 'refusal', glyph: 'throttle' },
  { kind: 'error', label: 'error', glyph: 'error' },
  { kind: 'retry', label: 'retry', glyph: 'retry' },
  { kind: 'deadLetter', label: 'dead letter', glyph: 'dead-letter' },
  { kind: 'eni', label: 'ENI change', glyph: 'eni' },
]

function jumpEntries(player: Player, store: RunStore, onMark: TransportProps['onMark']): MenuEntry[] {
  const t = player.playhead.get()
  const entries: MenuEntry[] = []
  for (const direction of [1, -1] as const) {
    const which = direction > 0 ? 'Next' : 'Previous'
    if (direction < 0) entries.push({ kind: 'separator' })
    for (const { kind, label, glyph } of JUMPS) {
      const mark = markFrom(store, kind, t, direction)
      const parts = mark && clockParts(mark.at)
      entries.push({
        label: `${which} ${label}`,
        glyph,
        note: parts ? parts.main + parts.fraction : 'none',
        disabled: mark === null,
        onSelect: () => {
          player.send({ type: 'jump', kind, direction })
          if (mark) onMark?.(mark)
        },
      })
    }
  }
  entries.push({ kind: 'separator' })
  entries.push({
    label: 'To the end',
    glyph: 'to-end',
    shortcut: 'End',
    onSelect: () => player.send({ type: 'toEnd' }),
  })
  return entries
}
