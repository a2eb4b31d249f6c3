import { describe, expect, test } from 'vitest'
import type { HyperplaneEni } from '../../../network'
import type { RunQueries } from '../types'
import { interfacesThen, shownAt, shownThen } from './interfaces'

const eni: HyperplaneEni = {
  id: 'eni:A:G',
  subnet: 'A',
  securityGroups: ['G'],
  address: '10.0.1.4',
  functions: ['F', 'H'],
}

/** A run with these interfaces in the subnet. */
const run = (entities: readonly { label: string; name: string; until?: number }[]) =>
  ({
    entitiesOf: () => entities.map((_, i) => i),
    labelOf: (i: number) => entities[i]?.label ?? '',
    stateName: (i: number) => entities[i]?.name ?? null,
    stateAt: (i: number) => ({ until: entities[i]?.until ?? Infinity }),
  }) as unknown as RunQueries

describe('an interface at an instant', () => {
  test('is found by its address and says when it will be ready', () => {
    expect(shownAt(eni, run([{ label: '10.0.1.4', name: 'inUse' }]), 0)).toMatchObject({
      state: 'active',
      words: 'active',
      shared: 'shared by 2',
    })
    expect(shownAt(eni, run([{ label: '10.0.1.4', name: 'pending', until: 90e6 }]), 28e6)).toMatchObject({
      state: 'pending',
      words: expect.stringMatching(/^pending 62/),
    })
    expect(shownAt(eni, run([{ label: '10.0.1.9', name: 'inUse' }]), 0).words).toBe('not built')
    expect(shownAt({ ...eni, address: null }, run([]), 0).words).toBe('no address left')
  })

  test('of the old model are counted', () => {
    const many = run([
      { label: '1', name: 'inUse' },
      { label: '2', name: 'pending' },
      { label: '3', name: 'pending' },
      { label: '4', name: 'deleting' },
    ])
    expect(shownThen(eni, many, 0)).toMatchObject({ state: 'active', words: '1 active, 2 pending' })
    expect(shownThen(eni, run([]), 0).words).toBe('none yet')
  })
})

test('the old model needs an interface for each 3 GB at once (NET-9, vector 36)', () => {
  expect(interfacesThen(100, 1_536, 3_072)).toBe(50)
  expect(interfacesThen(1, 128, 3_072)).toBe(1)
  expect(interfacesThen(0, 1_536, 3_072)).toBe(0)
})
