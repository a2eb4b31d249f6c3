import { describe, expect, test } from 'vitest'
import type { Scenario } from '../model/scenario'
import { NETWORK, REGISTRY, shop } from './drawing.fixture'
import { drawing } from './drawing'
import { overlaps } from './rect'
import * as edit from './index'
import type { Edit, EditResult } from './edit-result'
import type { Drawing } from './types'

const draw = (scenario: Scenario): Drawing => drawing(scenario, REGISTRY, NETWORK)
const done = (result: EditResult): Edit => {
  if (edit.isRefusal(result)) throw new Error(result.refused)
  return result
}

describe('edits', () => {
  test('never change the scenario given', () => {
    const scenario = shop()
    const before = JSON.stringify(scenario)
    const picture = draw(scenario)
    edit.addResource(scenario, picture, REGISTRY, 'T::Queue', { point: { x: 0, y: 0 }, container: null })
    edit.connect(scenario, REGISTRY, 'Audit', 'Orders')
    edit.move(scenario, picture, new Map([['Vpc', { x: 1, y: 2 }]]))
    edit.duplicate(scenario, picture, REGISTRY, ['Orders', 'Worker'])
    edit.moveInto(scenario, picture, REGISTRY, ['Audit'], 'PrivateB')
    edit.rename(scenario, 'Audit', 'Ledger')
    expect(JSON.stringify(scenario)).toBe(before)
  })

  test('a new resource gets a free id and a free, snapped place near the drop', () => {
    const scenario = shop()
    const picture = draw(scenario)
    const orders = picture.nodeById.get('Orders')?.rect ?? { x: 0, y: 0, w: 0, h: 0 }
    const first = done(edit.addResource(scenario, picture, REGISTRY, 'T::Queue', { point: orders, container: null }))
    expect(first.ids).toEqual(['Queue'])
    const second = done(
      edit.addResource(first.scenario, draw(first.scenario), REGISTRY, 'T::Queue', { point: orders, container: null }),
    )
    expect(second.ids).toEqual(['Queue2'])
    const place = first.scenario.layout?.Queue
    expect(place === undefined ? NaN : place.x % 4).toBe(0)
  })

  test('a function dropped in a subnet is placed there; a subnet dropped in a zone takes its name', () => {
    const scenario = shop()
    const added = done(
      edit.addResource(scenario, draw(scenario), REGISTRY, 'T::Function', {
        point: { x: 0, y: 0 },
        container: 'PrivateB',
      }),
    )
    expect(draw(added.scenario).nodeById.get('Function')?.parent).toBe('PrivateB')
    const subnet = done(
      edit.addResource(scenario, draw(scenario), REGISTRY, 'AWS::EC2::Subnet', {
        point: { x: 0, y: 0 },
        container: 'zone:Vpc:b',
      }),
    )
    expect(subnet.scenario.resources.Subnet?.Properties?.AvailabilityZone).toBe('b')
  })

  test('what the chosen container does not take is placed beside it, not over it', () => {
    const { Vpc } = shop().resources
    const scenario = { ...shop(), resources: { Vpc: Vpc! }, layout: { Vpc: { x: 0, y: 0, w: 600, h: 400 } } }
    const { rect } = draw(scenario).nodeById.get('Vpc')!
    const point = { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 }
    const added = done(edit.addResource(scenario, draw(scenario), REGISTRY, 'T::Queue', { point, container: 'Vpc' }))
    const after = draw(added.scenario)
    const queue = after.nodeById.get('Queue')!
    expect(queue.parent).toBeNull()
    expect(overlaps(queue.rect, after.nodeById.get('Vpc')!.rect)).toBe(false)
  })

  test('connect and disconnect are inverse', () => {
    const scenario = shop()
    const connected = done(edit.connect(scenario, REGISTRY, 'Audit', 'Orders'))
    expect(connected.said).toBe('Connected Audit to Orders.')
    const wire = draw(connected.scenario).edgeById.get('Audit->Orders:call')?.connection
    if (!wire) throw new Error('no wire')
    const back = done(edit.disconnect(connected.scenario, REGISTRY, wire))
    expect(draw(back.scenario).edgeById.has('Audit->Orders:call')).toBe(false)
  })

  test('refusals are the connector’s own, or name both ends', () => {
    const scenario = shop()
    expect(edit.canConnect(scenario, REGISTRY, 'Worker', 'Shoppers')).toEqual({ refused: 'A client only sends.' })
    expect(edit.canConnect(scenario, REGISTRY, 'Bus', 'Worker')).toEqual({
      refused: 'No wire leads from Bus (event bus) to Worker (function).',
    })
    expect(edit.canConnect(scenario, REGISTRY, 'Worker', 'Orders')).toBe(true)
  })

  test('moving and moving back restores the drawing', () => {
    const scenario = shop()
    const before = draw(scenario)
    const vpc = before.nodeById.get('Vpc')?.rect ?? { x: 0, y: 0 }
    const there = edit.move(scenario, before, new Map([['Vpc', { x: vpc.x + 100, y: vpc.y - 40 }]])).scenario
    expect(draw(there).nodeById.get('Worker')?.rect.x).toBe((before.nodeById.get('Worker')?.rect.x ?? 0) + 100)
    const back = edit.move(there, draw(there), new Map([['Vpc', { x: vpc.x, y: vpc.y }]])).scenario
    expect(draw(back).nodes.map((node) => [node.id, node.rect])).toEqual(
      before.nodes.map((node) => [node.id, node.rect]),
    )
  })

  test('a copy brings what belongs to it, keeps references inside, and leaves those outside', () => {
    const scenario = shop()
    const copied = done(edit.duplicate(scenario, draw(scenario), REGISTRY, ['Orders', 'Worker']))
    expect(copied.ids).toEqual(['Orders2', 'Mapping2', 'Worker2'])
    expect(copied.scenario.resources.Mapping2?.Properties).toEqual({ Queue: 'Orders2', Function: 'Worker2' })
    expect(copied.scenario.resources.Orders2?.Properties).toEqual({ Dead: 'OrdersDlq', Calls: 'Worker2' })
    const alone = done(edit.duplicate(scenario, draw(scenario), REGISTRY, ['Worker']))
    expect(alone.ids).toEqual(['Worker2'])
  })

  test('text that is no fragment is refused', () => {
    const scenario = shop()
    const hostile = [
      '',
      'hello',
      '{"coldstartFragment":1}',
      '{"coldstartFragment":1,"resources":{}}',
      '{"coldstartFragment":1,"resources":{"__proto__":{"Type":"T::Queue"}}}',
      '{"coldstartFragment":1,"resources":{"A":{"Type":3}}}',
      `{"coldstartFragment":1,"resources":{"A":{"Type":"T::Queue","Properties":{"a":${'['.repeat(200)}${']'.repeat(200)}}}}}`,
    ]
    for (const text of hostile) expect(edit.paste(scenario, text, null)).toHaveProperty('refused')
  })

  test('removal says what went with it and forgets places and labels', () => {
    const scenario: Scenario = {
      ...shop(),
      layout: { Orders: { x: 0, y: 0 }, Bus: { x: 0, y: 0 } },
      labels: { Orders: 'Shop orders' },
    }
    const result = done(
      edit.remove(scenario, ['Orders', 'zone:Vpc:a'], (document, ids) => {
        const { Orders: _orders, Mapping: _mapping, ...resources } = document.resources
        return { scenario: { ...document, resources }, removed: [...ids, 'Mapping'] }
      }),
    )
    expect(result.said).toBe('Removed Shop orders, and with it Mapping.')
    expect(result.scenario.layout).toEqual({ Bus: { x: 0, y: 0 } })
    expect(result.scenario.labels).toEqual({})
    expect(edit.remove(scenario, ['zone:Vpc:a'], () => ({ scenario, removed: [] }))).toHaveProperty('refused')
  })

  test('a name equal to the id, or none, is no label', () => {
    const named = edit.rename(shop(), 'Audit', '  Ledger \n book ')
    expect(named.scenario.labels).toEqual({ Audit: 'Ledger book' })
    expect(edit.rename(named.scenario, 'Audit', 'Audit').scenario.labels).toBeUndefined()
  })
})
