import { expect, test } from 'vitest'
import type { RunStore } from '../../../state/run/runStore'
import { heldBy, heldText } from './held'

const levels = [
  { resource: 'Fn', name: 'e10 global calls' },
  { resource: 'Fn', name: 'e2 tmp space' },
  { resource: 'Fn', name: 'e2 connection database' },
  { resource: 'Fn', name: 'e2 global calls' },
  { resource: 'Fn', name: 'e2 handler calls' },
  { resource: 'Other', name: 'e1 global calls' },
  { resource: 'Fn', name: 'visible' },
]
const values = [4, 120, 1, 3, 0, 9, 5]
const store = { levels, levelValue: (index: number) => values[index] } as unknown as RunStore

test('what environments hold, in their order; what is gone is left out', () => {
  expect(heldBy(store, 'Fn', 0).map((held) => `${held.environment} ${held.scope} ${heldText(held)}`)).toEqual([
    'e2 global calls = 3',
    'e2 connection database, open',
    'e2 tmp 120 MB taken',
    'e10 global calls = 4',
  ])
})
