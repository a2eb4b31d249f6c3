import { compilePattern } from '../../src/events/compile-pattern'
import { matchEvent } from '../../src/events/match-event'
import { parsePattern } from '../../src/events/parse-pattern'
import type { EventPattern } from '../../src/events/pattern'
import { compileRules } from '../../src/events/rule-set'
import type { Json, JsonObject } from '../../src/model/scenario'

const RULES = 100
/** Different events; far too many for anything to be remembered by what an event is. */
const EVENTS = 4_000
const ROUNDS = 6
const PASSES = 20

const SERVICES = ['orders', 'billing', 'stock', 'parcels', 'users', 'search', 'mail', 'refunds', 'carts', 'audit']
const STATES = ['created', 'paid', 'packed', 'shipped', 'returned', 'cancelled', 'failed', 'archived']
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2', 'ap-south-1']

/** What a bus with many readers has: mostly exact values, and each operator now and then. */
export function benchRules(): JsonObject[] {
  return Array.from({ length: RULES }, (_, n): JsonObject => {
    const source = [`shop.${SERVICES[n % 10]!}`]
    const state = STATES[n % 8]!
    const kinds: JsonObject[] = [
      { source, 'detail-type': [`Order ${state}`] },
      { source, detail: { state: [state, STATES[(n + 3) % 8]!] } },
      { source, detail: { region: [{ prefix: n % 2 === 0 ? 'eu-' : 'us-' }], state: [state] } },
      { source, detail: { total: [{ numeric: ['>', 10 * n, '<=', 10 * n + 500] }] } },
      { source, detail: { state: [{ 'anything-but': [state, 'failed'] }], vip: [true] } },
      { detail: { file: [{ wildcard: `*/${SERVICES[n % 10]!}/*.png` }] } },
      { source, detail: { coupon: [{ exists: n % 2 === 0 }], state: [state] } },
      { 'detail-type': [{ suffix: state }], detail: { customer: { country: ['DE', 'BA', 'US'] } } },
      { source, detail: { items: { sku: [`sku-${n}`] } } },
      { source, $or: [{ detail: { state: ['failed'] } }, { detail: { total: [{ numeric: ['>=', 900] }] } }] },
    ]
    // six of ten ask for plain values alone
    return kinds[[0, 1, 0, 3, 4, 5, 6, 7, 1, 9, 2, 8][n % 12]!]!
  })
}

export function benchEvents(): JsonObject[] {
  let random = 7
  const next = (below: number): number => {
    random = (random * 48_271) % 2_147_483_647
    return random % below
  }
  return Array.from({ length: EVENTS }, (_, n) => {
    const state = STATES[next(8)]!
    const service = SERVICES[next(10)]!
    const event: JsonObject = {
      version: '0',
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      'detail-type': `Order ${state}`,
      source: `shop.${service}`,
      account: '123456789012',
      time: '2026-11-20T08:00:00Z',
      region: 'us-east-1',
      resources: [`arn:aws:s3:::${service}-${next(50)}`],
      detail: {
        order: n,
        state,
        region: REGIONS[next(5)]!,
        total: next(1_000) + next(100) / 100,
        vip: next(10) === 0,
        file: `/img/${SERVICES[next(10)]!}/${next(1_000)}.${next(2) === 0 ? 'png' : 'jpg'}`,
        ...(next(3) === 0 ? { coupon: `C${next(100)}` } : {}),
        customer: { id: next(10_000), country: ['DE', 'BA', 'US', 'FR', 'JP'][next(5)]! },
        ...(next(4) === 0
          ? {
              items: [
                { sku: `sku-${next(120)}`, count: 1 },
                { sku: `sku-${next(120)}`, count: 2 },
              ],
            }
          : {}),
      },
    }
    // as an event arrives: an object of its own, not one that shares a shape by construction
    return JSON.parse(JSON.stringify(event)) as JsonObject
  })
}

function parsed(source: Json): EventPattern {
  const found = parsePattern(source)
  if (!found.ok) throw new Error(`a pattern of the bench is refused: ${found.path} ${found.reason}`)
  return found.pattern
}

/** Events per second of wall clock that are matched against all rules of a bus, the best of six rounds after one to warm up. */
export function matching(): number {
  const patterns = benchRules().map(parsed)
  const events = benchEvents()
  const rules = compileRules(patterns)
  const found: number[] = []
  let expected = 0
  for (const pattern of patterns) {
    const alone = compilePattern(pattern)
    for (const event of events) if (matchEvent(alone, event)) expected++
  }
  let most = 0
  for (let round = 0; round <= ROUNDS; round++) {
    const since = performance.now()
    let matched = 0
    for (let pass = 0; pass < PASSES; pass++) for (const event of events) matched += rules.match(event, found)
    const took = performance.now() - since
    if (matched !== expected * PASSES)
      throw new Error(`the rules of the bench match ${matched / PASSES} times, not ${expected}`)
    if (round > 0) most = Math.max(most, (EVENTS * PASSES * 1_000) / took)
  }
  return Math.round(most)
}
