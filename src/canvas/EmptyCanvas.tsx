import { Button } from '../ui/Button'
import { Glyph, type GlyphName } from '../ui/glyphs'
import { Kbd } from '../ui/Kbd'
import type { EmptyActions } from './types'

const GHOSTS: readonly { silhouette: string; glyph: GlyphName; label: string; key: string }[] = [
  { silhouette: 'actor', glyph: 'client', label: 'Client', key: 'C' },
  { silhouette: 'queue', glyph: 'queue', label: 'Queue', key: 'Q' },
  { silhouette: 'plain', glyph: 'function', label: 'Function', key: 'F' },
]

/** What will appear, and three ways to make it appear. */
export function EmptyCanvas({ onPlaceThree, example, onPasteTemplate }: EmptyActions) {
  return (
    <div className="cs-empty">
      <div className="cs-ghosts" aria-hidden="true">
        {GHOSTS.map((ghost, i) => (
          <div key={ghost.key} className="cs-ghost">
            {i > 0 && (
              <svg className="cs-ghost-wire" viewBox="0 0 108 10" preserveAspectRatio="xMaxYMid slice">
                <path d="M0,5H100" className="cs-ghost-line" />
                <path d="M107 5l-7-3.5v7z" className="cs-ghost-head" />
              </svg>
            )}
            <div className="cs-node" data-silhouette={ghost.silhouette} data-ghost>
              <div className="cs-head">
                <Glyph name={ghost.glyph} />
                <div className="cs-grow">
                  <div className="cs-name">{ghost.label}</div>
                  <div className="cs-type">not placed yet</div>
                </div>
                <Kbd>{ghost.key}</Kbd>
              </div>
            </div>
          </div>
        ))}
      </div>
      <h2>Place something that sends, and something that works.</h2>
      <p>Drag from the left, or press a key. Draw a wire from one to the other and the run starts by itself.</p>
      <div className="cs-empty-actions">
        <Button variant="primary" size="lg" onClick={onPlaceThree}>
          Place these three
        </Button>
        <Button size="lg" onClick={example.onOpen}>
          Open {example.name}
        </Button>
        <Button size="lg" onClick={onPasteTemplate}>
          Write it as code
        </Button>
      </div>
    </div>
  )
}
