import { GLYPH_PATHS, type GlyphName } from '../ui/glyphs'

/** Services name glyphs as text, because they know no UI; a name that does not exist becomes a file. */
export function glyphName(name: string): GlyphName {
  return Object.hasOwn(GLYPH_PATHS, name) ? (name as GlyphName) : 'file'
}
