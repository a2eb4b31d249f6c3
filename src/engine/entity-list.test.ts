import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EntityList } from './entity-list'

const OWNERS = ['Fn', 'Queue']
const entity = fc.record({
  owner: fc.nat(1),
  machine: fc.constantFrom('event', 'environment'),
  label: fc.oneof(fc.integer({ min: -1, max: 1_000 }), fc.string({ maxLength: 4 })),
})

test('names are those that were added, after any keyframe and by any list', () => {
  fc.assert(
    fc.property(fc.array(entity, { minLength: 1, maxLength: 600 }), fc.nat(), fc.nat(), (entities, a, b) => {
      const expected = entities.map(({ owner, machine, label }) => ({
        owner: OWNERS[owner]!,
        machine,
        label: typeof label === 'string' ? label : `${machine} ${label}`,
      }))
      const list = new EntityList(OWNERS)
      const other = new EntityList(OWNERS)
      for (const one of [list, other]) for (const name of ['event', 'environment']) one.machine(name)
      const cuts = [a % entities.length, b % entities.length].sort((x, y) => x - y)
      const pasts = new Map<number, ReturnType<EntityList['past']>>()
      entities.forEach(({ owner, machine, label }, i) => {
        if (cuts.includes(i)) pasts.set(i, list.past())
        expect(list.add(owner, list.machine(machine), label)).toBe(i)
      })
      expect(list.all).toEqual(expected)
      for (const [cut, past] of pasts)
        for (const one of [list, other]) {
          one.restore(past)
          expect(one.all).toEqual(expected.slice(0, cut))
          entities.slice(cut).forEach(({ owner, machine, label }) => one.add(owner, one.machine(machine), label))
          expect(one.past().length).toBe(entities.length)
          expect(one.all).toEqual(expected)
        }
    }),
  )
})
