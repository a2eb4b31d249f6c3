import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { announce } from '../../ui/announce'
import { Button } from '../../ui/Button'
import { Glyph } from '../../ui/glyphs'
import { IconButton } from '../../ui/IconButton'
import { useReducedMotion } from '../../ui/theme'
import { gateGlyph, gatePlace, gateTitle } from './gates'
import type { WalkProps } from './Walk'

/** Time at each gate while playing (ms): enough to read a rule. */
const DWELL = 2_200

/** Steps, and the rule of the present gate in words. */
export function WalkBar({ verdict, query, hop: wanted, onHop, propertyOf, nameOf }: WalkProps) {
  const { hops } = verdict
  const last = hops.length - 1
  const hop = Math.min(wanted, last)
  const now = hops[hop]
  const [playing, setPlaying] = useState(false)
  const reduced = useReducedMotion()
  const bar = useRef<HTMLDivElement>(null)
  const plays = playing && hop < last && !reduced
  useEffect(() => {
    if (!plays) return
    const timer = setTimeout(() => onHop(hop + 1), DWELL)
    return () => clearTimeout(timer)
  }, [plays, hop, onHop])
  // the keyboard comes here, and goes back to where it was
  useEffect(() => {
    const before = document.activeElement
    bar.current?.focus({ preventScroll: true })
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus()
    }
  }, [])
  const words = now === undefined ? '' : `${gateTitle(now.gate)}: ${now.passed ? 'pass' : 'blocked'}. ${now.rule}`
  useEffect(() => announce(words), [words])
  const step = (by: number): void => {
    setPlaying(false)
    onHop(Math.min(last, Math.max(0, hop + by)))
  }
  const play = (): void => {
    if (hop === last) onHop(0)
    setPlaying(!plays && !reduced)
  }
  const press = (event: Pick<KeyboardEvent, 'key' | 'preventDefault' | 'stopPropagation'>): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -last, End: last }[event.key]
    if (by !== undefined) step(by)
    else if (event.key === 'Escape') onHop(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  // where nothing else wants the keys, they are the walk's
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const { target } = event
      if (target === document.body || (target instanceof Element && target.matches('.cs-canvas, .bench'))) press(event)
    }
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  })
  if (now === undefined) return null
  const property = propertyOf(now)
  const count = `${hop + 1} of ${hops.length}`
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys bubble up from the buttons
    <div
      ref={bar}
      className="walk-bar nodrag nopan nowheel"
      role="group"
      aria-label="Packet walk"
      data-blocked={!now.passed || undefined}
      tabIndex={-1}
      onKeyDown={press}
    >
      <div className="walk-steps">
        <IconButton
          glyph="step-back"
          label="Previous hop"
          shortcut="←"
          aria-disabled={hop === 0}
          onClick={() => step(-1)}
        />
        <IconButton
          glyph={plays ? 'pause' : 'play'}
          label={plays ? 'Pause the walk' : 'Walk'}
          disabled={reduced}
          onClick={play}
        />
        <IconButton
          glyph="step-forward"
          label="Next hop"
          shortcut="→"
          aria-disabled={hop === last}
          onClick={() => step(1)}
        />
        <span className="walk-count num">
          <span className="visually-hidden">Hop </span>
          {count}
        </span>
        <span className="walk-route truncate">
          {nameOf(query.from)} <Glyph name="reachable" size={12} label="to" /> {nameOf(query.to)}
          {now.direction === 'return' && ', way back'}
        </span>
        <IconButton glyph="close" size="sm" label="End the walk" shortcut="Esc" onClick={() => onHop(null)} />
      </div>
      <div className="walk-caption">
        <Glyph name={gateGlyph(now.gate)} />
        <div className="grow">
          <p className="strong">
            {gateTitle(now.gate)}
            <span className="dim"> {nameOf(now.resource)}</span>
            <span className="faint">{gatePlace(now, nameOf)}</span>
          </p>
          <p className="walk-rule">{now.passed ? now.rule : verdict.explanation}</p>
          {!now.passed && <p className="mono xxs dim">{verdict.code}</p>}
        </div>
        <span className="walk-word" data-state={now.passed ? 'passed' : 'blocked'}>
          <Glyph name={now.passed ? 'ok' : 'blocked'} size={14} />
          {now.passed ? 'pass' : 'blocked'}
        </span>
        {property !== null && (
          <Button size="sm" onClick={property}>
            Property
          </Button>
        )}
      </div>
    </div>
  )
}
