import type { CSSProperties, ReactNode } from 'react'
import { Glyph, type GlyphName } from './glyphs'
import './data.css'

/** The states of visual.md 5; each has `--s-<state>` and `--s-<state>-fill`. */
export type SimState =
  | 'cold'
  | 'init'
  | 'busy'
  | 'idle'
  | 'reclaimed'
  | 'throttled'
  | 'error'
  | 'retry'
  | 'dead'
  | 'flight'
  | 'pending'
  | 'ok'
  | 'reachable'
  | 'blocked'
  | 'public'
  | 'private'

interface TagProps {
  state?: SimState | undefined
  glyph?: GlyphName | undefined
  children: ReactNode
}

/** A short fact beside a name. With a `state` give it that state's glyph or word too: colour alone says nothing. */
export function Tag({ state, glyph, children }: TagProps) {
  return (
    <span className="ui-tag num" style={state && stateColors(state)}>
      {glyph && <Glyph name={glyph} size={12} />}
      {children}
    </span>
  )
}

function stateColors(state: SimState): CSSProperties {
  return { background: `var(--s-${state}-fill)`, color: state === 'busy' ? 'var(--s-on-busy)' : `var(--s-${state})` }
}
