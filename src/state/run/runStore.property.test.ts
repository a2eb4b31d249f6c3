import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowKind, Token } from '../../model/recording'
import { MARK_KINDS } from './marks'
import { createRunStore, type RunStore } from './runStore'
import { compileFilter } from './rowFilter'
import { headOf, legendOf, rowsOf, type WrittenRow } from './sampleRun.fixture'

const RESOURCES = ['A', 'B', 'C']
const WIRES = [0, 1, 2].map((i) => ({ from: RESOURCES[i]!, to: RESOURCES[(i + 1) % 3]!, action: 'x:Do' }))
const ENTITIES = [0, 1, 2, 3].map((i) => ({
  owner: RESOURCES[i % 2]!,
  machine: i === 3 ? 'eni' : 'environment',
  label: `e${i}`,
}))
const LEVELS = RESOURCES.map((resource) => ({ resource, name: 'depth' }))
const LEGEND = legendOf(WIRES, ENTITIES, LEVELS)

/** A row and how long after the one before it. */
const step = fc.record({
  gap: fc.integer({ min: 0, max: 3 }),
  kind: fc.constantFrom(RowKind.hop, RowKind.state, RowKind.span, RowKind.reason, RowKind.level),
  pick: fc.nat(3),
  code: fc.nat(3),
  value: fc.nat(9),
  cause: fc.nat(30),
})

const run = fc.array(step, { maxLength: 60 }).map((steps) => {
  let at = 0
  return steps.map(({ gap, kind, pick, code, value, cause }, index): WrittenRow => {
    at += gap
    const subject = kind === RowKind.hop || kind === RowKind.level ? pick % 3 : pick
    const shared = {
      at,
      kind,
      value,
      subject,
      resource: kind === RowKind.state ? pick % 2 : pick % 3,
      cause: cause < index ? cause : -1,
    }
    if (kind === RowKind.hop)
      return {
        ...shared,
        code: [Token.message, Token.retry, Token.throttled, Token.deadLetter][code]!,
        until: at + value,
      }
    return { ...shared, code }
  })
})

function feed(store: RunStore, rows: readonly WrittenRow[], from: number, size: number): void {
  for (let i = from; i < rows.length; i += size) store.append(rowsOf(i, rows.slice(i, i + size)), legendOf())
}

function filled(rows: readonly WrittenRow[], size: number): RunStore {
  const store = createRunStore()
  store.begin(1, headOf(RESOURCES, 1_000, ['r0', 'r1', 'r2', 'r3']))
  store.append(rowsOf(0, []), LEGEND)
  feed(store, rows, 0, size)
  return store
}

const last = <T>(values: readonly T[]): T | undefined => values[values.length - 1]
const visible = (row: WrittenRow): boolean =>
  row.kind === RowKind.hop || row.kind === RowKind.state || row.kind === RowKind.reason

/** Compares every question with a walk over all rows. */
function agrees(store: RunStore, rows: readonly WrittenRow[], t: number): void {
  ENTITIES.forEach((_, entity) => {
    const own = rows.filter((row) => row.kind === RowKind.state && row.subject === entity)
    const now = last(own.filter((row) => row.at <= t))
    const state = store.stateAt(entity, t)
    expect(state?.code ?? null).toBe(now?.code ?? null)
    expect(state?.until ?? null).toBe(now ? (own[own.indexOf(now) + 1]?.at ?? Infinity) : null)
    expect(rows[state?.row ?? -1]).toBe(now)
  })
  RESOURCES.forEach((id, resource) => {
    const steps = rows.filter((row) => row.kind === RowKind.level && row.subject === resource && row.at <= t)
    expect(store.levelAt(id, 'depth', t)).toBe(last(steps)?.value ?? 0)
    for (let code = 0; code < 4; code++) {
      const spans = rows.filter(
        (row) => row.kind === RowKind.span && row.resource === resource && row.code === code && row.at <= t,
      )
      expect(store.countUntil(id, 'span', code, t)).toBe(spans.length)
    }
    const messages = rows.filter((row) => row.kind === RowKind.hop && row.code === Token.message && row.at <= t)
    const weight = (some: readonly WrittenRow[]): number => some.reduce((sum, row) => sum + Math.max(1, row.value!), 0)
    expect(store.countUntil(id, 'hop', Token.message, t)).toBe(
      weight(messages.filter((row) => row.resource === resource)),
    )
    expect(store.countUntil(id, 'sentTo', Token.message, t)).toBe(
      weight(messages.filter((row) => WIRES[row.subject!]!.to === id)),
    )
    const reasons = rows.flatMap((row, index) =>
      row.kind === RowKind.reason && row.resource === resource && row.at <= t ? [index] : [],
    )
    expect(store.lastReasons(id, t, 3).map((reason) => reason.row)).toEqual(reasons.slice(-3).reverse())
  })
  const instants = rows.filter(visible).map((row) => row.at)
  expect(store.nextEvent(t)).toBe(instants.find((at) => at > t) ?? null)
  expect(store.previousEvent(t)).toBe(last(instants.filter((at) => at < t)) ?? null)
  const found = rows.findIndex((row) => row.at >= t)
  expect(store.firstRowAt(t)).toBe(found < 0 ? rows.length : found)
  const cold = rows.filter((row, index) => isColdStart(rows, row, index)).map((row) => row.at)
  expect(store.nextMark('coldStart', t, 1)?.at ?? null).toBe(cold.find((at) => at > t) ?? null)
  expect(store.nextMark('coldStart', t, -1)?.at ?? null).toBe(last(cold.filter((at) => at < t)) ?? null)
  const departed: number[] = []
  store.hopsAt(t, 4, (position) => departed.push(store.hops.row.at(position)))
  const travelling = rows.flatMap((row, index) =>
    row.kind === RowKind.hop && row.at <= t && row.at > t - 4 ? [index] : [],
  )
  expect(departed).toEqual(travelling)
}

function isColdStart(rows: readonly WrittenRow[], row: WrittenRow, index: number): boolean {
  if (row.kind !== RowKind.state || row.subject === 3) return false
  const before = last(
    rows.slice(0, index).filter((other) => other.kind === RowKind.state && other.subject === row.subject),
  )
  return row.code === 0 || (row.code === 1 && before?.code !== 0)
}

test('indexes agree with a walk over all rows, at any time, in any chunking', () => {
  fc.assert(
    fc.property(
      run,
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: -1, max: 190 }), { minLength: 1, maxLength: 4 }),
      (rows, size, times) => {
        const store = filled(rows, size)
        for (const t of times) agrees(store, rows, t)
        rows.forEach((row, index) =>
          expect(store.rowAt(index)).toMatchObject({ at: row.at, kind: row.kind, cause: row.cause }),
        )
      },
    ),
    { numRuns: 150 },
  )
})

test('a resumed run equals the run that was never interrupted', () => {
  fc.assert(
    fc.property(run, run, fc.nat(60), fc.integer({ min: 1, max: 20 }), (before, after, keep, size) => {
      const kept = before.slice(0, keep)
      const start = last(kept)?.at ?? 0
      const rows = [
        ...kept,
        ...after.map((row) => ({ ...row, at: row.at + start, until: (row.until ?? row.at) + start, cause: -1 })),
      ]
      const store = filled(before, size)
      store.resumed(2, kept.length, ENTITIES.length, LEVELS.length, WIRES.length)
      feed(store, rows, kept.length, size)
      for (const t of [-1, start - 1, start, start + 1, start + 20, 400]) agrees(store, rows, t)
      const whole = filled(rows, 7)
      for (const kind of MARK_KINDS) {
        const { at, row } = store.marks.lists[kind]
        const other = whole.marks.lists[kind]
        expect([...at.data.subarray(0, at.length)]).toEqual([...other.at.data.subarray(0, other.at.length)])
        expect([...row.data.subarray(0, row.length)]).toEqual([...other.row.data.subarray(0, other.row.length)])
      }
      expect(store.states.activeUntil(0, 400)).toBe(whole.states.activeUntil(0, 400))
    }),
    { numRuns: 150 },
  )
})

test('paging gives what one reading gives', () => {
  fc.assert(
    fc.property(run, fc.integer({ min: 1, max: 5 }), fc.nat(60), fc.nat(60), (rows, limit, a, b) => {
      const store = filled(rows, 9)
      const filter = compileFilter(
        store,
        { kinds: new Set([RowKind.hop, RowKind.reason]), resources: new Set(['A']) },
        () => '',
      )
      const paged: number[] = []
      for (let after: number | null = 0; after !== null;) {
        const page = store.rowsBetween(Math.min(a, b), Math.max(a, b), filter, limit, after)
        paged.push(...page.rows)
        after = page.next
      }
      const expected = rows.flatMap((row, index) => {
        if (row.at < Math.min(a, b) || row.at >= Math.max(a, b)) return []
        if (row.kind === RowKind.reason) return row.resource === 0 ? [index] : []
        if (row.kind !== RowKind.hop) return []
        const wire = WIRES[row.subject!]!
        return row.resource === 0 || wire.from === 'A' || wire.to === 'A' ? [index] : []
      })
      expect(paged).toEqual(expected)
    }),
    { numRuns: 150 },
  )
})
