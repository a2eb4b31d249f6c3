import type { CSSProperties } from 'react'
import { GLYPH_PATHS, type GlyphName } from './glyph-paths'

export { GLYPH_PATHS, glyphSvg, type GlyphName } from './glyph-paths'

const SYMBOL_STYLE = { strokeWidth: 'var(--glyph-stroke, 1.5)' }
const NAMES = Object.keys(GLYPH_PATHS) as GlyphName[]

/** The `<symbol id="g-NAME">` sprite every `<Glyph>` refers to. Render it once, at the root of the app. */
export function GlyphSprite() {
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      {NAMES.map((name) => (
        <symbol
          key={name}
          id={`g-${name}`}
          viewBox="0 0 24 24"
          fill="none"
          stroke="currentColor"
          strokeLinecap="round"
          strokeLinejoin="round"
          style={SYMBOL_STYLE}
          dangerouslySetInnerHTML={{ __html: GLYPH_PATHS[name] }}
        />
      ))}
    </svg>
  )
}

interface GlyphProps {
  name: GlyphName
  /** Edge in px. Draw at 12, 14, 16, 20 or 24; from 32 up the stroke stays 1.5 px. */
  size?: number | undefined
  /** Only where no text says it; without a label the glyph is hidden from assistive technology. */
  label?: string | undefined
  className?: string | undefined
}

export function Glyph({ name, size = 16, label, className }: GlyphProps) {
  const style: CSSProperties & Record<`--glyph-${string}`, string | number> = { '--glyph-size': `${size}px` }
  if (size >= 32) style['--glyph-stroke'] = 36 / size
  return (
    <svg
      className={className ? `ui-glyph ${className}` : 'ui-glyph'}
      width={size}
      height={size}
      style={style}
      focusable="false"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <use href={`#g-${name}`} />
    </svg>
  )
}
