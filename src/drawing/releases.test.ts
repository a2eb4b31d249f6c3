import { describe, expect, test } from 'vitest'
import type { Resource, Scenario } from '../model/scenario'
import { KINDS } from '../services/kinds'
import { CONNECTORS } from '../services/connectors'
import { drawing } from './drawing'
import { MOST_ALIASES } from './faces'
import { nameIn, poolsOf, releaseOf } from './releases'
import type { NetworkView } from './types'

const NO_NETWORK: NetworkView = { interfaces: () => [], publicSubnets: () => new Map(), paths: () => () => [] }
const fn = (more: Resource['Properties'] = {}): Resource => ({ Type: 'AWS::Lambda::Function', Properties: { ...more } })
const version = (number: number): Resource => ({
  Type: 'AWS::Lambda::Version',
  Properties: { FunctionName: 'Fn' },
  Behavior: { number },
})
const alias = (Name: string, more: Resource['Properties'] = {}): Resource => ({
  Type: 'AWS::Lambda::Alias',
  Properties: { FunctionName: 'Fn', Name, FunctionVersion: 'V1', ...more },
})
const canary = { RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: 'V2', FunctionWeight: 0.25 }] } }
const client = (to: string): Resource => ({ Type: 'Coldstart::Client', Behavior: { call: 'lambda:Invoke', to } })

function scenario(resources: Scenario['resources'], layout?: Scenario['layout']): Scenario {
  const base: Scenario = { coldstart: 1, name: 'T', profile: 'teaching', seed: 1, duration: 60, resources }
  return layout === undefined ? base : { ...base, layout }
}
const draw = (given: Scenario) => drawing(given, { kinds: KINDS, connectors: CONNECTORS }, NO_NETWORK)
const released = { Fn: fn(), V1: version(1), V2: version(2), Live: alias('live', canary), Shop: client('Live') }

describe('versions and aliases', () => {
  test('are named after their function', () => {
    const given = { ...scenario(released), labels: { Fn: 'Checkout', V2: 'the new one' } }
    expect(['Live', 'V1', 'V2', 'Fn', 'Shop'].map((id) => nameIn(id, given))).toEqual([
      'Checkout:live',
      'Checkout:1',
      'the new one',
      'Checkout',
      'Shop',
    ])
  })

  test('say where calls go, in shares that add up to 1', () => {
    const given = scenario({ ...released, Dev: alias('dev', { FunctionVersion: '$LATEST' }) })
    expect(releaseOf('Live', given)).toMatchObject({
      kind: 'alias',
      name: 'live',
      to: [
        { id: 'V1', name: '1', share: 0.75 },
        { id: 'V2', name: '2', share: 0.25 },
      ],
    })
    expect(releaseOf('Dev', given)?.to).toEqual([{ id: 'Fn', name: '$LATEST', share: 1 }])
    expect(releaseOf('Fn', given)).toBeNull()
  })

  test('make their function taller, and only theirs', () => {
    const height = (resources: Scenario['resources']) => draw(scenario(resources)).nodeById.get('Fn')!.rect.h
    const plain = height({ Fn: fn() })
    const one = height({ Fn: fn(), V1: version(1) })
    const two = height({ Fn: fn(), V1: version(1), Live: alias('live') })
    expect(plain).toBe(152)
    expect(one).toBeGreaterThan(plain)
    expect(two).toBeGreaterThan(one)
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`A${i}`, alias(`a${i}`)]))
    const most = Object.fromEntries(Object.entries(many).slice(0, MOST_ALIASES))
    expect(height({ Fn: fn(), V1: version(1), ...many })).toBe(height({ Fn: fn(), V1: version(1), ...most }))
  })

  test('take the wires of their callers: at the row of the alias, into the function', () => {
    const { edges, nodeById } = draw(scenario(released, { Shop: { x: 0, y: 0 }, Fn: { x: 300, y: 0 } }))
    expect(edges).toHaveLength(1)
    expect(edges[0]).toMatchObject({ from: 'Shop', to: 'Fn', toPort: 'Live' })
    const { rect, ports } = nodeById.get('Fn')!
    const port = ports.find(({ id }) => id === 'Live')!
    expect(port.at).toBeGreaterThan(152)
    expect(port.at).toBeLessThan(rect.h)
    expect(edges[0]!.wire.points.at(-1)).toMatchObject({ x: rect.x, y: rect.y + port.at })
  })

  test('a folded function has no rows to end at', () => {
    const { edges } = draw(scenario(released, { Shop: { x: 0, y: 0 }, Fn: { x: 300, y: 0, w: 148 } }))
    expect(edges[0]).toMatchObject({ to: 'Fn', toPort: 'in' })
  })
})

test('unreserved functions share what reserved ones leave of the account (LAM-41, LAM-42)', () => {
  const given = scenario({ ...released, Kept: fn({ ReservedConcurrentExecutions: 100 }), Free: fn() })
  const poolOf = poolsOf(given)
  expect(poolOf('Kept')).toMatchObject({ reserved: 100, own: ['Kept'] })
  expect(poolOf('Fn')).toEqual({
    reserved: null,
    own: ['Fn', 'V1', 'V2'],
    shared: 900,
    sharers: ['Fn', 'Free', 'V1', 'V2'],
  })
  expect(poolOf('Shop')).toBeNull()
})
