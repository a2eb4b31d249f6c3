import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gate } from '../gate/text'
import { simulate } from './simulate'
import { traceText } from './trace-text.fixture'

const scenarios = join(import.meta.dirname, '../../public/scenarios')
const traces = join(import.meta.dirname, 'traces')
/** Rows of a trace; totals cover the whole run. */
const MOST = 400

describe('golden traces: every gallery scenario does what it did (npm run test:golden:update rewrites them)', () => {
  for (const file of readdirSync(scenarios).filter((name) => name.endsWith('.yaml'))) {
    const slug = file.replace(/\.yaml$/, '')
    test(`${slug} leaves the same trace`, () => {
      const gated = gate(readFileSync(join(scenarios, file), 'utf8'))
      if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
      // the eleven-day run is checked for its figures elsewhere; here a piece of it is enough
      const scenario = { ...gated.normalised, duration: Math.min(gated.normalised.duration, 3_600) }
      const text = traceText(simulate(scenario), MOST)
      const path = join(traces, `${slug}.trace.txt`)
      if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(path, text)
      expect(text).toBe(readFileSync(path, 'utf8'))
    })
  }
})
