import { describe, expect, test } from 'vitest'
import { drawing } from '../drawing/drawing'
import { NETWORK, REGISTRY, shop } from '../drawing/drawing.fixture'
import type { Attachment, Release } from '../drawing'
import { Token } from '../model/recording'
import { KINDS } from '../services/kinds'
import { scaleFor } from './faces/QueueFace'
import { createTokenBuffer, edgeFinder, pushToken } from './tokens/token-buffer'
import { alongWire, neighbour } from './travel'
import type { FaceData } from './types'
import { edgeName, nameOf } from './words'

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
