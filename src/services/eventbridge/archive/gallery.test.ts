import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { drawing } from '../../../drawing'
import { NETWORK_VIEW } from '../../../drawing/network'
import { gate } from '../../../gate/text'
import { CONNECTORS } from '../../connectors'
import { KINDS } from '../../kinds'
import { runOf } from '../../run.fixture'

test('replay-after-the-fix: what the bug lost arrives, and nothing else happens twice', () => {
  const gated = gate(readFileSync('public/scenarios/replay-after-the-fix.yaml', 'utf8'))
  expect(gated.problems).toEqual([])
  if (!gated.ok) throw new Error('invalid')
  const ran = runOf(gated.scenario)
  const item = (table: string) => ran.contents().find(({ resource }) => resource === table)!.value
  expect(item('Ledger')).toEqual({ orders: 15, total: 630 })
  expect(item('Shelf')).toEqual({ left: 85 })
  expect(ran.total('Book', 'Errors')).toBe(45)
  const { nodes } = drawing(gated.scenario, { kinds: KINDS, connectors: CONNECTORS }, NETWORK_VIEW)
  for (const { id, rect } of nodes)
    for (const other of nodes.filter((node) => node.id > id).map((node) => node.rect)) {
      const apart =
        rect.x + rect.w < other.x ||
        other.x + other.w < rect.x ||
        rect.y + rect.h < other.y ||
        other.y + other.h < rect.y
      expect(apart, id).toBe(true)
    }
})
