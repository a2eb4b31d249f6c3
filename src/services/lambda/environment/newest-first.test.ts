import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Table } from '../../../kernel/columns'
import { INTS } from './environment-row'
import { NewestFirst } from './newest-first'

const step = fc.record({
  op: fc.constantFrom('born', 'born', 'idle', 'idle', 'take', 'take', 'died', 'reload'),
  fn: fc.nat(1),
  which: fc.nat(),
})

test('hands out the idle environment that was created last, whatever came and went', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const table = new Table(512)
      const ints = table.kept(0, INTS)
      let pools = new NewestFirst(2, ints)
      // by function, in order of creation
      const alive: { environment: number; idle: boolean }[][] = [[], []]
      for (const { op, fn, which } of steps) {
        const mine = alive[fn]!
        const one = mine[which % Math.max(1, mine.length)]
        if (op === 'born') {
          const environment = table.add()
          pools.born(fn, environment)
          mine.push({ environment, idle: false })
        } else if (op === 'reload') {
          const image = pools.save()
          pools = new NewestFirst(2, ints)
          pools.load(image)
        } else if (op === 'take') {
          const newest = mine.findLast(({ idle }) => idle)
          expect(pools.take(fn)).toBe(newest?.environment ?? -1)
          if (newest !== undefined) newest.idle = false
        } else if (one === undefined) continue
        else if (op === 'died') {
          pools.died(fn, one.environment)
          mine.splice(mine.indexOf(one), 1)
          table.remove(one.environment)
        } else if (!one.idle) {
          pools.add(fn, one.environment)
          one.idle = true
        }
        expect(pools.size(fn)).toBe(mine.filter(({ idle }) => idle).length)
      }
    }),
    { numRuns: 200 },
  )
})
