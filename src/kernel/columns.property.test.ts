import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Table } from './columns'

const build = (): { table: Table; columns: { data: { [index: number]: number } }[] } => {
  const table = new Table(2)
  return { table, columns: [table.i32(-1), table.f64(Infinity), table.u8(7), table.i32()] }
}
const FILLS = [-1, Infinity, 7, 0]

describe('Table', () => {
  it('agrees with a map of rows: fresh rows hold fill values, rows keep theirs, ids are reused last freed first', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            op: fc.constantFrom('add', 'add', 'remove', 'write', 'reload'),
            which: fc.nat(),
            value: fc.nat(200),
          }),
          { maxLength: 200 },
        ),
        (steps) => {
          let { table, columns } = build()
          const rows = new Map<number, number[]>()
          const free: number[] = []
          let size = 0
          for (const { op, which, value } of steps) {
            const id = [...rows.keys()][which % Math.max(1, rows.size)]
            if (op === 'add') {
              const added = table.add()
              expect(added).toBe(free.pop() ?? size++)
              rows.set(added, [...FILLS])
            } else if (op === 'reload') {
              const image = table.save()
              ;({ table, columns } = build())
              for (let i = 0; i < 5; i++) columns[0]!.data[table.add()] = 99
              table.load(image)
            } else if (id !== undefined) {
              if (op === 'remove') {
                table.remove(id)
                rows.delete(id)
                free.push(id)
              } else {
                columns.forEach((column) => (column.data[id] = value))
                rows.set(
                  id,
                  FILLS.map(() => value),
                )
              }
            }
            for (const [row, values] of rows) expect(columns.map((column) => column.data[row])).toEqual(values)
            expect([table.size, table.live]).toEqual([size, rows.size])
          }
        },
      ),
    )
  })

  it('gives wide columns one block per row, which stays when the row is given back', () => {
    const table = new Table(1)
    const wide = table.kept(-1, 3)
    const [a, b] = [table.add(), table.add()]
    wide.data.set([1, 2, 3], a * 3)
    wide.data.set([4, 5, 6], b * 3)
    table.remove(a)
    expect([...wide.data.subarray(0, 6)]).toEqual([1, 2, 3, 4, 5, 6])
  })
})
