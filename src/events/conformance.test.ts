import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../model/scenario'
import { compilePattern } from './compile-pattern'
import { explainMatch } from './explain-match'
import { matchEvent } from './match-event'
import { oracle } from './oracle.fixture'
import { parsePattern } from './parse-pattern'

interface Case {
  name: string
  pattern: Json
  patternRaw?: string
  event: Json
  eventRaw?: string
  expected?: boolean | 'error'
  valid?: boolean
}

const folder = fileURLToPath(new URL('../../../shared/conformance/eventbridge-patterns/', import.meta.url))
const present = existsSync(folder)
if (!present) console.info('conformance cases of event patterns skipped: ../shared/conformance is absent')

function rows(file: string): Case[] {
  const lines = readFileSync(`${folder}${file}`, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Case)
}

function answer({ pattern, patternRaw, event, eventRaw }: Case): boolean | 'error' {
  const parsed = parsePattern(patternRaw ?? pattern)
  if (!parsed.ok) return 'error'
  const compiled = compilePattern(parsed.pattern)
  const value = eventRaw === undefined ? event : (JSON.parse(eventRaw) as Json)
  const matched = matchEvent(compiled, value)
  expect(explainMatch(compiled, value).matched).toBe(matched)
  return matched
}

describe.skipIf(!present)('event patterns against recorded answers', () => {
  it.each(['aws_recorded.jsonl', 'event_ruler_unit_tests.jsonl'])('%s', (file) => {
    const wrong = rows(file).filter((row) => answer(row) !== row.expected)
    expect(wrong.map((row) => [row.name, row.patternRaw ?? JSON.stringify(row.pattern), row.expected])).toEqual([])
  })

  it('event_ruler_pattern_validity.jsonl', () => {
    const wrong = rows('event_ruler_pattern_validity.jsonl').filter(
      (row) => parsePattern(row.patternRaw ?? row.pattern).ok !== row.valid,
    )
    expect(wrong.map((row) => [row.name, row.patternRaw ?? JSON.stringify(row.pattern), row.valid])).toEqual([])
  })

  it('every pattern on every event, against a plain reading of the rules', () => {
    const files = ['aws_recorded.jsonl', 'event_ruler_unit_tests.jsonl', 'event_ruler_pattern_validity.jsonl']
    const all = files.flatMap(rows)
    const events = new Set(all.map(({ eventRaw, event }) => eventRaw ?? JSON.stringify(event ?? null)))
    // where "$or" is a field name of an old pattern, the oracle would read alternatives
    const patterns = new Set(all.map((row) => row.patternRaw ?? JSON.stringify(row.pattern)))
    const objects = [...events].map((text) => JSON.parse(text) as JsonObject | null).filter((event) => event !== null)
    const wrong: unknown[] = []
    let pairs = 0
    for (const text of patterns) {
      const parsed = parsePattern(text)
      if (!parsed.ok || parsed.pattern.branches.some((fields) => fields.some(({ path }) => path.includes('$or'))))
        continue
      const compiled = compilePattern(parsed.pattern)
      const pattern = JSON.parse(text) as JsonObject
      for (const event of objects) {
        pairs++
        if (matchEvent(compiled, event) !== oracle(pattern, event)) wrong.push([text, event])
      }
    }
    expect(wrong).toEqual([])
    expect(pairs).toBeGreaterThan(50_000)
  })
})
