import { describe, expect, it } from 'vitest'
import { Agenda } from './agenda'

const drain = (agenda: Agenda): number[] => {
  const popped: number[] = []
  for (let slot = agenda.pop(); slot >= 0; slot = agenda.pop()) popped.push(agenda.a[slot]!)
  return popped
}

describe('Agenda', () => {
  it('keeps insertion order at equal times, negative orders first', () => {
    const agenda = new Agenda()
    for (const a of [1, 2, 3]) agenda.push(5, 0, a, 0, -1, -1)
    agenda.insert(5, 0, 0, -1e9)
    expect(drain(agenda)).toEqual([0, 1, 2, 3])
  })

  it('grows beyond its first capacity', () => {
    const agenda = new Agenda()
    for (let a = 0; a < 2_000; a++) agenda.push((a * 7919) % 2_000, 0, (a * 7919) % 2_000, 0, -1, -1)
    expect(drain(agenda)).toEqual(Array.from({ length: 2_000 }, (_, i) => i))
  })

  it('removes by order', () => {
    const agenda = new Agenda()
    for (let a = 0; a < 20; a++) {
      if (a % 2 === 0) agenda.insert(20 - a, 0, a, a - 100)
      else agenda.push(20 - a, 0, a, 0, -1, -1)
    }
    agenda.removeWhere((order) => order < 0)
    expect(drain(agenda)).toEqual([19, 17, 15, 13, 11, 9, 7, 5, 3, 1])
  })

  it('holds a suspended entry back without losing it', () => {
    const agenda = new Agenda()
    const timer = agenda.push(1, 0, 1, 0, -1, -1)
    agenda.suspend(timer)
    expect([agenda.next, agenda.pop(), agenda.size]).toEqual([Infinity, -1, 1])
    agenda.push(3, 0, 3, 0, -1, -1)
    agenda.reschedule(timer, 2, 7, 8)
    expect(agenda.next).toBe(2)
    const slot = agenda.pop()
    expect([slot, agenda.cause[slot], agenda.trace[slot]]).toEqual([timer, 7, 8])
    expect(drain(agenda)).toEqual([3])
  })
})
