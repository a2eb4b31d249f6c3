import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GLYPH_PATHS } from './glyph-paths'

const folder = import.meta.dirname
const css = (file: string) => readFileSync(join(folder, file), 'utf8')
const sheets = readdirSync(folder).filter((file) => file.endsWith('.css') && file !== 'tokens.css')
const tokens = css('tokens.css')
const defined = new Set([...tokens.matchAll(/(--[\w-]+):/g)].map((match) => match[1]))
// Set by Base UI or by a component of the kit on its own element.
const local =
  /^--(at|split-[\w-]+|level|glyph-size|glyph-stroke|ring-gap|toast-[\w-]+|anchor-width|available-(width|height))$/

describe('style sheets', () => {
  it.each(sheets)('%s holds no raw colour', (file) => {
    expect(css(file).match(/#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/gi) ?? []).toEqual([])
  })

  it.each(sheets)('%s reads only tokens that exist', (file) => {
    const read = [...css(file).matchAll(/var\((--[\w-]+)/g)].map((match) => match[1] ?? '')
    expect(read.filter((name) => !defined.has(name) && !local.test(name))).toEqual([])
  })

  it('projector restates every colour that light and dark have', () => {
    const light = new Set([...tokens.matchAll(/(--[cs]-[\w-]+): light-dark/g)].map((match) => match[1]))
    const projector = tokens.slice(tokens.indexOf("[data-theme='projector']"), tokens.indexOf('[data-canvas]'))
    const missing = [...light].filter((name) => name && !projector.includes(`${name}:`))
    expect(missing).toEqual(['--c-scrim', '--c-shade'])
  })
})

describe('glyphs', () => {
  it('are strokes and dots in currentColor, except the product mark', () => {
    for (const [name, inner] of Object.entries(GLYPH_PATHS)) {
      if (name === 'mark') continue
      expect(inner.replace(/(fill|stroke)="(currentColor|none)"/g, ''), name).not.toMatch(
        /fill=|stroke="|style=|<script/,
      )
    }
  })
})
