import { useEffect, useRef } from 'react'
import type { Hop } from '../../../network'
import { gateGlyph, gatePlace, gateTitle } from '../../../canvas/walk/gates'
import { Glyph } from '../../../ui/glyphs'
import { IconButton } from '../../../ui/IconButton'

export interface HopsProps {
  hops: readonly Hop[]
  /** Index where the walk stands; null while nobody walks. */
  at: number | null
  onWalk: (hop: number) => void
  propertyOf: (hop: Hop) => (() => void) | null
  nameOf: (id: string) => string
}

/** The walk as text: the request's gates, then the reply's. */
export function Hops({ direction, empty, ...props }: HopsProps & { direction: Hop['direction']; empty: string }) {
  const { hops, at, onWalk, propertyOf, nameOf } = props
  const title = direction === 'forward' ? 'Request' : 'Reply'
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[data-at]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const own = hops.flatMap((hop, index) => (hop.direction === direction ? [{ hop, index }] : []))
  return (
    <section className="rc-hops" aria-label={`${title}, gate by gate`}>
      <h3>
        {title}
        <span className="faint num">{own.length > 0 && `${own.length} ${own.length === 1 ? 'gate' : 'gates'}`}</span>
      </h3>
      {own.length === 0 ? (
        <p className="rc-none dim">{empty}</p>
      ) : (
        <ol ref={list}>
          {own.map(({ hop, index }) => {
            const property = propertyOf(hop)
            return (
              <li key={index} className="rc-hop" data-passed={hop.passed} data-at={index === at || undefined}>
                <button
                  type="button"
                  className="rc-hop-walk"
                  aria-current={index === at ? 'step' : undefined}
                  onClick={() => onWalk(index)}
                >
                  <Glyph name={hop.passed ? 'ok' : 'blocked'} label={hop.passed ? 'Pass:' : 'Blocked:'} />
                  <Glyph name={gateGlyph(hop.gate)} size={14} className="dim" />
                  <span className="grow">
                    <span className="rc-hop-name">
                      <span className="medium">{gateTitle(hop.gate)}</span>{' '}
                      <span className="dim">{nameOf(hop.resource)}</span>
                      <span className="faint">{gatePlace(hop, nameOf)}</span>
                    </span>
                    <span className="rc-rule">{hop.rule}</span>
                  </span>
                </button>
                {property !== null && (
                  <IconButton
                    glyph="chevron"
                    size="sm"
                    label={`Property of ${gateTitle(hop.gate).toLowerCase()}`}
                    onClick={property}
                  />
                )}
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}
