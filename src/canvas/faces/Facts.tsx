import { Glyph } from '../../ui/glyphs'
import type { FactData } from '../types'

const GLYPH = { throttled: 'throttle', error: 'error' } as const

/** A row of numbers with their units; each keeps its place while it changes. */
export function Facts({ facts, hidden }: { facts: readonly FactData[]; hidden: boolean }) {
  return (
    <div className="cs-facts num">
      {facts.map((fact, i) => (
        <span key={i} data-state={fact.state}>
          {fact.state && <Glyph name={GLYPH[fact.state]} size={12} />}
          {fact.before && `${fact.before} `}
          <b>{hidden ? '?' : fact.value}</b>
          {fact.after && (fact.after.startsWith('/') ? fact.after : ` ${fact.after}`)}
        </span>
      ))}
    </div>
  )
}
