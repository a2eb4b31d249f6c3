import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './canonical'
import { DICTIONARIES } from './dictionaries/all'
import { decodeLink, encodeLink, MAX_LINK_CHARS, packLink, sealLink } from './link'
import { largeScenario, ordersScenario, reversedKeys } from './samples'

/** Made on 2026-11-20 with dictionary 1. It must open for ever. */
const RELEASED_LINK =
  '1B8ZCrw2FyQGZVVaICpJWg8KhhssKRntSyxKSUo_uALbLkRIUP83unUmQvsBimtGSE7LWDFo1g44gsGYFn3hAsGL0zgbVEah6WwhEmA9lhQUyxCOoRYBaLoN2BZJaL4NhBLhwRvid6ZI_MUSUMJxHoE6M4lYx-sZI7qMFHvVIf7B5Y24Wokh8YT5CVXLAEQZVNL9kQ45B21kAtgG0GQU1mVN_xZIi5sQi7AyjY7QW0AbLbCzJ_DAx4l5xCPI1JmCqqtvGA_UKMJh5KIkBr5kHKJbiLoW1pajeA4aGBpf1rgr39awKazkLOT1Se4qekcQPM2YhaGl6yA2s9M9DoD7gutkDJy0ApS-B-aLgMamID1rngShxY54KrTVC1bQIs6-EVK3JiAtX4psDKBlSng2t81HhDkoZYhRqCoGrfDGI0SLq2FgA'

function codeOf(text: string): string {
  const result = decodeLink(text)
  return result.ok ? 'ok' : result.code
}

describe('links', () => {
  test('a released link still opens, and its dictionary has not changed', () => {
    expect(decodeLink(RELEASED_LINK)).toEqual({ ok: true, json: ordersScenario() })
    expect(
      createHash('sha256')
        .update(DICTIONARIES[1] ?? '')
        .digest('hex'),
    ).toBe('efa6a72e1303aee297a81d2abf88aa3a445f7cff49d969acf8b98881d298fb3c')
    expect(DICTIONARIES[0]).toHaveLength(0)
  })

  test('equal scenarios give equal links, whatever their key order', () => {
    expect(encodeLink(reversedKeys(ordersScenario()))).toBe(encodeLink(ordersScenario()))
    expect(encodeLink({ ...ordersScenario(), seed: 43 })).not.toBe(encodeLink(ordersScenario()))
  })

  test('the dictionary keeps ten resources well inside what chats keep', () => {
    const json = canonicalJson(ordersScenario())
    expect(encodeLink(ordersScenario()).length).toBeLessThan(500)
    expect(encodeLink(ordersScenario()).length).toBeLessThan(packLink(json, 1, 0).length / 2)
    expect(decodeLink(packLink(json, 1, 0))).toEqual({ ok: true, json: ordersScenario() })
  })

  test('a link cut anywhere says so', () => {
    for (const scenario of [ordersScenario(), largeScenario(2)]) {
      const link = encodeLink(scenario)
      for (let length = 1; length < link.length; length++) {
        const result = decodeLink(link.slice(0, length))
        expect(result).toMatchObject({ ok: false, code: 'truncated' })
        expect(!result.ok && result.message).toContain(`probably cut it after ${length} characters`)
      }
      expect(codeOf('')).toBe('not-a-link')
    }
  })

  test('one changed character is never taken for the scenario', () => {
    const link = encodeLink(ordersScenario())
    for (let i = 0; i < link.length; i++) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64]) {
        const changed = link.slice(0, i) + String.fromCharCode(link.charCodeAt(i) ^ bit) + link.slice(i + 1)
        expect(decodeLink(changed).ok).toBe(false)
      }
    }
  })

  test('punctuation and space a chat put after the link are ignored', () => {
    const link = encodeLink(ordersScenario())
    for (const tail of ['.', ').', ' ', '\n', '>,', '**']) expect(codeOf(link + tail)).toBe('ok')
    expect(codeOf(`${link.slice(0, 20)} ${link.slice(20)}`)).toBe('alphabet')
  })

  test('a bomb is refused: 100 MB by its length, 30 MB of zeros by what comes out', () => {
    const hundred = sealLink(1, 0, deflateRawSync(Buffer.alloc(100_000_000)))
    expect(hundred.length).toBeGreaterThan(MAX_LINK_CHARS)
    expect(codeOf(hundred)).toBe('too-long')
    const thirty = sealLink(1, 0, deflateRawSync(Buffer.alloc(30_000_000)))
    expect(thirty.length).toBeLessThan(MAX_LINK_CHARS)
    expect(codeOf(thirty)).toBe('too-big')
  })

  test('deep nesting and text that is not JSON are refused', () => {
    expect(codeOf(packLink('['.repeat(500_000) + ']'.repeat(500_000), 1, 1))).toBe('too-deep')
    expect(codeOf(packLink('{"coldstart":1', 1, 1))).toBe('damaged')
    expect(codeOf(packLink(`{"a":"${'[{'.repeat(500)}\\""}`, 1, 1))).toBe('ok')
  })

  test('a newer format says so, and gives what can be read', () => {
    const newer = { ...ordersScenario(), coldstart: 2, hazards: [], weather: 'rain' }
    const json = JSON.stringify(newer)
    for (const link of [packLink(json, 2, 1), packLink(json, 1, 1)]) {
      expect(decodeLink(link)).toEqual({
        ok: false,
        code: 'newer',
        message: 'This link was made by a newer version. Reload to update, or open it read-only.',
        json: newer,
        unknownKeys: ['hazards', 'weather'],
      })
    }
    const unreadable = decodeLink('3abcdefghijk')
    expect(unreadable).toMatchObject({ ok: false, code: 'newer', unknownKeys: [] })
    expect(unreadable).not.toHaveProperty('json')
  })

  test('a dictionary this version does not have means a newer link', () => {
    const payload = deflateRawSync(canonicalJson(ordersScenario()))
    expect(codeOf(sealLink(1, 0, payload))).toBe('ok')
    expect(decodeLink(sealLink(1, 9, payload))).toMatchObject({ code: 'newer', unknownKeys: [] })
  })
})
