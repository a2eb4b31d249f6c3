import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Agenda } from './agenda'

/** What the agenda should do, done with a sorted array. */
class SortedAgenda {
  entries: { slot: number; time: number; order: number; a: number; cause: number }[] = []
  pop(): { slot: number; time: number; a: number; cause: number } | undefined {
    const due = this.entries
      .filter((entry) => entry.time < Infinity)
      .sort((x, y) => x.time - y.time || x.order - y.order)
    if (due[0] !== undefined) this.entries.splice(this.entries.indexOf(due[0]), 1)
    return due[0]
  }
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('push' as const), time: fc.nat(9), early: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('pop' as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('remove' as const), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('reschedule' as const), which: fc.nat(), time: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('suspend' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('reload' as const) }) },
)

/** As a run goes: nearly everything is added at the present time, due at once, after the one delay most things have, or after another. */
const usual = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ op: fc.constant('later' as const), after: fc.constantFrom(0, 5, 5, 5, 5, 5, 5, 1, 900) }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('pop' as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('remove' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('reschedule' as const), which: fc.nat(), time: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('suspend' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('reload' as const) }) },
)

type Of<A> = A extends fc.Arbitrary<infer Value> ? Value : never
type Step = Of<typeof step> | Of<typeof usual>

describe('Agenda', () => {
  it.each([
    ['anything', fc.array<Step>(step, { maxLength: 300 })],
    ['what is usual', fc.array<Step>(usual, { maxLength: 600, size: 'max' })],
  ])('pops in (time, order), whatever was removed, put off, brought forward, suspended or reloaded: %s', (_, kinds) => {
    fc.assert(
      fc.property(kinds, (steps: readonly Step[]) => {
        let agenda = new Agenda()
        const sorted = new SortedAgenda()
        let sequence = 0
        let early = -1_000
        let now = 0
        const pop = (): boolean => {
          const expected = sorted.pop()
          expect(agenda.next).toBe(expected?.time ?? Infinity)
          const slot = agenda.pop()
          expect(slot).toBe(expected?.slot ?? -1)
          if (expected === undefined) return false
          now = expected.time
          expect([agenda.time[slot], agenda.a[slot], agenda.cause[slot]]).toEqual([
            expected.time,
            expected.a,
            expected.cause,
          ])
          return true
        }
        steps.forEach((it, n) => {
          const { entries } = sorted
          if (it.op === 'push') {
            const order = it.early ? early++ : sequence++
            const slot = it.early ? agenda.insert(it.time, 0, n, order) : agenda.push(it.time, 0, n, 0, n, 0)
            entries.push({ slot, time: it.time, order, a: n, cause: it.early ? -1 : n })
          } else if (it.op === 'later') {
            const slot = agenda.push(now + it.after, 0, n, 0, n, 0)
            entries.push({ slot, time: now + it.after, order: sequence++, a: n, cause: n })
          } else if (it.op === 'pop') pop()
          else if (it.op === 'reload') {
            const image = agenda.save()
            agenda = new Agenda()
            agenda.push(1, 9, 9, 9, 9, 9)
            agenda.load(image)
          } else if (entries.length > 0) {
            const entry = entries[it.which % entries.length]!
            if (it.op === 'remove') {
              agenda.remove(entry.slot)
              entries.splice(entries.indexOf(entry), 1)
            } else if (it.op === 'suspend') {
              agenda.suspend(entry.slot)
              entry.time = Infinity
            } else {
              agenda.reschedule(entry.slot, it.time, n, 0)
              Object.assign(entry, { time: it.time, order: sequence++, cause: n })
            }
          }
          expect(agenda.size).toBe(entries.length)
        })
        while (pop());
      }),
      { numRuns: 300 },
    )
  })
})
