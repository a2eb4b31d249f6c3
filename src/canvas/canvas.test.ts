import { describe, expect, test } from 'vitest'
import { drawing } from '../drawing/drawing'
import { NETWORK, REGISTRY, shop } from '../drawing/drawing.fixture'
import type { Attachment, Release } from '../drawing'
import { Token } from '../model/recording'
import { KINDS } from '../services/kinds'
import { cellsOf, scaleFor } from './faces/QueueFace'
import { laneCells } from './faces/StreamFace'
import { createTokenBuffer, edgeFinder, pushToken } from './tokens/token-buffer'
import { alongWire, neighbour } from './travel'
import type { FaceData } from './types'
import { alertOf, edgeName, nameOf } from './words'

const picture = drawing(shop(), REGISTRY, NETWORK)
const node = (id: string) => {
  const found = picture.nodeById.get(id)
  if (found === undefined) throw new Error(`${id} is not drawn`)
  return found
}
const attached = (label: string, release?: Release): Attachment => ({
  id: label,
  type: '',
  kind: KINDS['AWS::IAM::Role']!,
  label,
  ...(release && { release }),
})
const face = (more: Partial<FaceData>): FaceData => ({ levels: {}, badges: [], ...more })

describe('names', () => {
  test('a function tells its environments, a queue its messages, badges their reason', () => {
    const slots = (['busy', 'init', 'idle', 'reclaimed'] as const).map((state, i) => ({
      state,
      label: `e${i}`,
      progress: 0,
    }))
    expect(nameOf(node('Worker'), face({ slots }), [attached('WorkerRole')])).toBe(
      'Worker, function, 2 of 3 environments in use, with WorkerRole',
    )
    const badges = [{ kind: 'dead' as const, count: 3, reason: '3 messages dead-lettered.' }]
    expect(nameOf(node('OrdersDlq'), face({ levels: { visible: 3 }, badges }))).toBe(
      'OrdersDlq, dead-letter queue, 3 waiting, 0 in flight, 3 messages dead-lettered',
    )
  })

  test('a queue tells when it gets messages back, a stream which shard is stuck, a bus each of its rules', () => {
    const levels = { visible: 2, inFlight: 3, delayed: 4 }
    expect(nameOf(node('Orders'), face({ levels, back: 'back in 12 s', groups: '2 groups blocked' }))).toBe(
      'Orders, queue, 2 waiting, 3 in flight, 4 delayed, back in 12 s, 2 groups blocked',
    )
    const lane = { label: '2', done: 4, inHand: 1, waiting: 9, words: 'tried 3× 41 s', says: 'shard 2, blocked' }
    const lanes = [{ ...lane, state: 'blocked' as const }]
    expect(nameOf(node('Orders'), face({ lanes, moreLanes: '+12 shards' }))).toBe(
      'Orders, queue, shard 2, blocked, +12 shards',
    )
    expect(alertOf(face({ lanes }))).toBe('shard 2, blocked')
    const rows = { Placed: { value: '18' } }
    const kind = KINDS['AWS::Events::Rule']!
    const rule = (id: string, more = {}): Attachment => ({
      id,
      type: '',
      kind,
      label: id,
      row: { line: 'shop', ...more },
    })
    expect(nameOf(node('Bus'), face({ rows, unmatched: 1 }), [rule('Placed'), rule('Audit', { off: true })])).toBe(
      'Bus, event bus, rule Placed, shop: 18, rule Audit, disabled, shop, 1 matched no rule',
    )
  })

  test('hidden results are not told', () => {
    const name = nameOf(node('Orders'), face({ levels: { visible: 214 }, hidden: true }))
    expect(name).not.toContain('214')
  })

  test('a wire tells both ends and what it does', () => {
    const edge = picture.edges.find((candidate) => candidate.id === 'Bus->Orders:rule')
    expect(edge && edgeName(edge, picture)).toBe('from Bus to Orders, rule, asynchronous')
  })
})

describe('travel', () => {
  test('arrows go to the nearest node that way, and stop at the edge', () => {
    expect(neighbour(picture, node('Shoppers'), 'right')?.id).toBe('Bus')
    expect(neighbour(picture, node('Shoppers'), 'left')).toBeNull()
  })

  test('brackets follow wires', () => {
    expect(alongWire(picture, 'Shoppers', true)).toEqual({ kind: 'edge', id: 'Shoppers->Bus:call' })
    expect(alongWire(picture, 'Shoppers->Bus:call', true)).toEqual({ kind: 'node', id: 'Bus' })
    expect(alongWire(picture, 'Outside', true)).toBeNull()
  })
})

describe('tokens', () => {
  test('recorded wires find their edge', () => {
    const find = edgeFinder(picture)
    expect(picture.edges[find('Orders', 'Worker', 'call')]?.id).toBe('Orders->Worker:call')
    expect(find('Orders', 'Nobody', 'call')).toBe(-1)
  })

  test('a full buffer takes no more', () => {
    const buffer = createTokenBuffer(2)
    expect([1, 2, 3].map((row) => pushToken(buffer, 0, 0.5, Token.event, 1, row))).toEqual([true, true, false])
    expect(buffer.length).toBe(2)
  })
})

test('cells of a queue stand for 1, 2, 5, 10, ... messages', () => {
  expect([0, 20, 21, 40, 41, 264, 1_000_000].map(scaleFor)).toEqual([1, 1, 2, 2, 5, 20, 50_000])
})

test('what a queue holds has a cell at least, in flight before waiting before delayed', () => {
  const count = (cells: readonly (string | undefined)[], cell: string) => cells.filter((it) => it === cell).length
  const cells = cellsOf(500, 1, 3)
  expect(cells).toHaveLength(20)
  expect([count(cells, 'flight'), count(cells, 'waiting'), count(cells, 'delayed')]).toEqual([10, 1, 1])
  expect(cellsOf(2, 3, 1).slice(0, 7)).toEqual([
    'flight',
    'flight',
    'waiting',
    'waiting',
    'waiting',
    'delayed',
    undefined,
  ])
})

test('records of a shard stand before and behind its reader', () => {
  expect(laneCells({ done: 1, inHand: 2, waiting: 1 }).slice(0, 5)).toEqual([
    'done',
    'flight',
    'flight',
    'waiting',
    undefined,
  ])
  const backlog = laneCells({ done: 90, inHand: 10, waiting: 5_000 })
  expect(backlog.slice(0, 5)).toEqual(['done', 'done', 'done', 'flight', 'waiting'])
  expect(backlog.at(-1)).toBe('waiting')
})
