/** Golden traces of the test vectors of aws-facts.md section 18. What the numbers must be is said in `vectors/*.test.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { simulate } from './simulate'
import { traceText } from './trace-text.fixture'
import { gated, VECTORS } from './vectors/vector.fixture'

const traces = join(import.meta.dirname, 'vectors/traces')
/** Rows of a trace; totals cover the whole run. */
const MOST = 400
/** Of long runs only the rows that the vector is about. */
const ABOUT: { readonly [slug: string]: RegExp } = {
  '02-steady-500': / Fn (lambda\.cold|environment .* enters (provisioning|init)|concurrency = )/,
  '03-request-rate': / Fn (lambda\.(cold|requestRate)|environment .* enters provisioning)| OneMore /,
  '04-scaling-rate': / Fn lambda\.scaling | Fn concurrency = \d+000$/,
  '14-weights': / Live lambda\.routed /,
  '22-forty-lanes': / Mapping lambda\.shardBatch /,
  '20-poller-ramp': / Mapping (lambda\.pollersAdded|pollers = (5|305|605|905|1205|1250)$)/,
}

/** What the gate says of a document that is refused, else the trace of its run. */
function text(slug: string): string {
  const it = gated(slug)
  if (!it.ok)
    return `${it.problems.map(({ severity, path, message }) => `${severity} ${path} ${message}`).join('\n')}\n`
  const about = ABOUT[slug]
  if (about === undefined) return traceText(simulate(it.normalised), MOST)
  const [rows = '', totals = ''] = traceText(simulate(it.normalised), Infinity).split('\n\ntotals\n')
  const kept = folded(rows.split('\n').filter((line) => about.test(line)))
  return `${kept.slice(0, MOST).join('\n')}\n\ntotals\n${totals}`
}

/** Equal lines in a row as one. */
function folded(lines: readonly string[]): string[] {
  const found: string[] = []
  for (let i = 0; i < lines.length;) {
    let times = 1
    while (lines[i + times] === lines[i]) times++
    found.push(times === 1 ? lines[i]! : `${lines[i]!} (${times} times)`)
    i += times
  }
  return found
}

describe('golden traces: every test vector does what it did (UPDATE_GOLDEN=1 rewrites them)', () => {
  test.each(VECTORS)('%s leaves the same trace', (slug) => {
    const found = text(slug)
    const path = join(traces, `${slug}.trace.txt`)
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(path, found)
    expect(found).toBe(readFileSync(path, 'utf8'))
  })
})
