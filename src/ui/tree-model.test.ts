import { describe, expect, it } from 'vitest'
import { moveFor, typeaheadTarget, visibleRows, type TreeNode } from './tree-model'

const nodes: TreeNode[] = [
  {
    id: 'vpc',
    text: 'shop-vpc',
    children: [
      { id: 'a', text: 'private-a', children: [{ id: 'w', text: 'Worker' }] },
      { id: 'b', text: 'public-a' },
    ],
  },
  { id: 'o', text: 'Orders' },
  { id: 'odlq', text: 'OrdersDLQ' },
]
const open = visibleRows(nodes, () => true)

describe('visibleRows', () => {
  it('lists an open tree from top to bottom with its levels and places', () => {
    expect(open.map((row) => [row.node.id, row.level, row.position, row.setSize])).toEqual([
      ['vpc', 1, 1, 3],
      ['a', 2, 1, 2],
      ['w', 3, 1, 1],
      ['b', 2, 2, 2],
      ['o', 1, 2, 3],
      ['odlq', 1, 3, 3],
    ])
  })

  it('leaves out what stands under a closed node', () => {
    expect(visibleRows(nodes, (id) => id !== 'vpc').map((row) => row.node.id)).toEqual(['vpc', 'o', 'odlq'])
  })
})

describe('moveFor', () => {
  it('walks up and down and stops at the ends', () => {
    expect(moveFor('ArrowDown', open, 'w')).toEqual({ kind: 'focus', id: 'b' })
    expect(moveFor('ArrowUp', open, 'vpc')).toBeUndefined()
    expect(moveFor('ArrowDown', open, 'odlq')).toBeUndefined()
    expect(moveFor('End', open, 'vpc')).toEqual({ kind: 'focus', id: 'odlq' })
  })

  it('opens, enters, leaves and closes with left and right', () => {
    const shut = visibleRows(nodes, () => false)
    expect(moveFor('ArrowRight', shut, 'vpc')).toEqual({ kind: 'open', ids: ['vpc'] })
    expect(moveFor('ArrowRight', open, 'vpc')).toEqual({ kind: 'focus', id: 'a' })
    expect(moveFor('ArrowLeft', open, 'w')).toEqual({ kind: 'focus', id: 'a' })
    expect(moveFor('ArrowLeft', open, 'a')).toEqual({ kind: 'close', ids: ['a'] })
    expect(moveFor('ArrowRight', open, 'o')).toBeUndefined()
  })

  it('opens all siblings with a star', () => {
    const shut = visibleRows(nodes, (id) => id === 'vpc')
    expect(moveFor('*', shut, 'b')).toEqual({ kind: 'open', ids: ['a'] })
  })
})

describe('typeaheadTarget', () => {
  it('finds the next row by its first letters and wraps', () => {
    expect(typeaheadTarget(open, 'vpc', 'pu')).toBe('b')
    expect(typeaheadTarget(open, 'odlq', 's')).toBe('vpc')
  })

  it('walks through the rows of one repeated letter', () => {
    expect(typeaheadTarget(open, 'vpc', 'o')).toBe('o')
    expect(typeaheadTarget(open, 'o', 'oo')).toBe('odlq')
    expect(typeaheadTarget(open, 'odlq', 'ooo')).toBe('o')
  })

  it('stays on a row that a longer word still matches', () => {
    expect(typeaheadTarget(open, 'o', 'ord')).toBe('o')
  })

  it('finds nothing without a match', () => {
    expect(typeaheadTarget(open, 'o', 'zz')).toBeUndefined()
  })
})
