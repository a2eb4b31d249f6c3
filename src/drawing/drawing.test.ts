import { describe, expect, test } from 'vitest'
import type { Scenario } from '../model/scenario'
import { NETWORK, NO_NETWORK, REGISTRY, scenarioOf, shop } from './drawing.fixture'
import { drawing, withMoved } from './drawing'
import { padded } from './containers'
import { overlaps } from './rect'
import type { Drawing, DrawnNode } from './types'

const draw = (scenario: Scenario): Drawing => drawing(scenario, REGISTRY, NETWORK)
const node = (picture: Drawing, id: string): DrawnNode => {
  const found = picture.nodeById.get(id)
  if (found === undefined) throw new Error(`${id} is not drawn`)
  return found
}

describe('drawing', () => {
  test('nests VPC, zone, subnet and the function of one subnet, parents first', () => {
    const picture = draw(shop())
    expect(node(picture, 'Worker').parent).toBe('PrivateA')
    expect(node(picture, 'PrivateA').parent).toBe('zone:Vpc:a')
    expect(node(picture, 'zone:Vpc:a').parent).toBe('Vpc')
    const seen = new Set<string>()
    for (const drawn of picture.nodes) {
      if (drawn.parent !== null) expect(seen).toContain(drawn.parent)
      seen.add(drawn.id)
    }
  })

  test('containers hold their children, and relative places add up to absolute ones', () => {
    const picture = draw(shop())
    for (const drawn of picture.nodes) {
      if (drawn.parent === null) continue
      const parent = node(picture, drawn.parent)
      expect({ x: parent.rect.x + drawn.relative.x, y: parent.rect.y + drawn.relative.y }).toEqual({
        x: drawn.rect.x,
        y: drawn.rect.y,
      })
      if (drawn.shape === 'gate') continue
      const need = padded(drawn.rect)
      expect(need.x).toBeGreaterThanOrEqual(parent.rect.x)
      expect(need.y).toBeGreaterThanOrEqual(parent.rect.y)
      expect(need.x + need.w).toBeLessThanOrEqual(parent.rect.x + parent.rect.w)
      expect(need.y + need.h).toBeLessThanOrEqual(parent.rect.y + parent.rect.h)
    }
  })

  test('without a layout nothing overlaps', () => {
    const picture = draw(shop())
    for (const a of picture.nodes) {
      for (const b of picture.nodes) {
        if (a.id >= b.id || a.parent !== b.parent || a.shape === 'gate' || b.shape === 'gate') continue
        expect(overlaps(a.rect, b.rect), `${a.id} on ${b.id}`).toBe(false)
      }
    }
  })

  test('is the same for the same document', () => {
    expect(JSON.stringify(draw(shop()).nodes)).toBe(JSON.stringify(draw(shop()).nodes))
    expect(draw(shop()).edges.map((edge) => edge.wire.d)).toEqual(draw(shop()).edges.map((edge) => edge.wire.d))
  })

  test('gateways sit on the border of their VPC', () => {
    const picture = draw(shop())
    const { rect } = node(picture, 'Igw')
    const vpc = node(picture, 'Vpc').rect
    expect(rect.y + rect.h / 2).toBe(vpc.y + vpc.h)
  })

  test('a queue that only failures reach is drawn as a dead-letter queue, below its source', () => {
    const picture = draw(shop())
    expect(node(picture, 'OrdersDlq').silhouette).toBe('deadLetter')
    expect(node(picture, 'Orders').silhouette).toBe('queue')
    expect(node(picture, 'OrdersDlq').rect.y).toBeGreaterThan(node(picture, 'Orders').rect.y + 96)
  })

  test('rules are rows of their bus with a port each', () => {
    const picture = draw(shop())
    const bus = node(picture, 'Bus')
    expect(picture.attachments.get('Bus')?.map((rule) => rule.id)).toEqual(['Placed', 'Audited'])
    expect(bus.rect.h).toBe(45 + 2 * 40 + 41)
    const wire = picture.edges.find((edge) => edge.fromPort === 'Placed')
    expect(wire?.wire.points[0]).toMatchObject({ x: bus.rect.x + bus.rect.w, y: bus.rect.y + 66 })
  })

  test('calls out of a VPC pass the interface and the gateway', () => {
    const picture = draw(shop())
    const call = picture.edgeById.get('Worker->Outside:call')
    expect(call?.via).toEqual(['eni:PrivateA:', 'Igw'])
    const gate = node(picture, 'Igw').rect
    const samples = call?.wire.samples ?? new Float32Array()
    const floor = samples.some(
      (x, i) =>
        i % 2 === 0 && x > gate.x && x < gate.x + gate.w && Math.abs((samples[i + 1] ?? 0) - gate.y - gate.h / 2) < 4,
    )
    expect(floor).toBe(true)
  })

  test('a function of two subnets stays outside, tethered to an interface in each', () => {
    const scenario = shop()
    scenario.resources.Worker = {
      Type: 'T::Function',
      Properties: { VpcConfig: { SubnetIds: ['PrivateA', 'PrivateB'] } },
    }
    const picture = draw(scenario)
    expect(node(picture, 'Worker').parent).toBeNull()
    expect(picture.edges.filter((edge) => edge.style === 'tether').map((edge) => edge.to)).toEqual([
      'eni:PrivateA:',
      'eni:PrivateB:',
    ])
  })

  test('a layout is kept, containers grow around it, and what has no place gets a free one', () => {
    const scenario = {
      ...shop(),
      layout: { PrivateA: { x: 500, y: 100, w: 200, h: 100 }, Worker: { x: 400, y: 300 }, Shoppers: { x: 0, y: 0 } },
    }
    const picture = draw(scenario)
    expect(node(picture, 'Worker').rect).toMatchObject({ x: 400, y: 300 })
    expect(node(picture, 'Shoppers').rect).toMatchObject({ x: 0, y: 0 })
    const subnet = node(picture, 'PrivateA').rect
    expect([subnet.x, subnet.y]).toEqual([388, 100])
    const roots = picture.nodes.filter((drawn) => drawn.parent === null)
    for (const a of roots)
      for (const b of roots) if (a.id < b.id) expect(overlaps(a.rect, b.rect), `${a.id} on ${b.id}`).toBe(false)
  })

  test('survives circles of containers, unknown types and dangling wires', () => {
    const picture = drawing(
      scenarioOf({
        A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'B' } },
        B: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'A' } },
        C: { Type: 'Who::Knows' },
        D: { Type: 'T::Client', Properties: { Calls: 'constructor' } },
      }),
      REGISTRY,
      NO_NETWORK,
    )
    expect(picture.nodes.map((drawn) => drawn.id).sort()).toEqual(['A', 'B', 'C', 'D'])
    expect(picture.edges).toEqual([])
  })

  test('a drag shifts a container with all it holds and reroutes its wires', () => {
    const picture = draw(shop())
    const from = node(picture, 'Vpc').rect
    const moved = withMoved(picture, new Map([['Vpc', { x: from.x + 40, y: from.y + 8 }]]))
    expect(node(moved, 'Worker').rect.x).toBe(node(picture, 'Worker').rect.x + 40)
    expect(node(moved, 'Worker').relative).toEqual(node(picture, 'Worker').relative)
    expect(node(moved, 'Bus')).toBe(node(picture, 'Bus'))
    expect(moved.edges.map((edge) => edge.id)).toEqual(picture.edges.map((edge) => edge.id))
  })
})
