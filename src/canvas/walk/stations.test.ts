import { describe, expect, test } from 'vitest'
import { drawing } from '../../drawing/drawing'
import { NETWORK_VIEW } from '../../drawing/network'
import type { Scenario } from '../../model/scenario'
import { buildNetwork, trace, type Query } from '../../network'
import { course, courseWith, functionIn, nat, resource } from '../../network/course.fixture'
import { CONNECTORS } from '../../services/connectors'
import { KINDS } from '../../services/kinds'
import { courseOf, type Course } from './stations'

function walk(scenario: Scenario, query: Query): Course {
  const network = buildNetwork(scenario)
  const picture = drawing(scenario, { kinds: KINDS, connectors: CONNECTORS }, NETWORK_VIEW)
  const found = courseOf(picture, network, query, trace(network, query))
  if (found === null) throw new Error('no course')
  return found
}
const forward = ({ stations }: Course) => stations.filter(({ hop }) => hop.direction === 'forward')
const back = ({ stations }: Course) => stations.filter(({ hop }) => hop.direction === 'return')

describe('the way of a packet in the drawing', () => {
  const out = walk(courseWith(nat('PublicA')), { from: 'Fn', to: 'MovieApi' })

  test('every hop has a place, and the request never goes backwards', () => {
    const places = forward(out).map(({ fraction }) => fraction)
    expect(places.length).toBeGreaterThan(6)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places.at(-1)).toBeGreaterThan(0.9)
  })

  test('gates of a subnet stand on its border, devices are themselves the gate', () => {
    const named = forward(out).map(({ hop, node, subnet }) => `${hop.gate} ${node ?? subnet ?? 'beside'}`)
    expect(named).toContain('nacl-out PrivateA')
    expect(named).toContain('route-table PrivateA')
    expect(named).toContain('nat-gateway Nat')
    expect(named).toContain('nacl-in PublicA')
    expect(named).toContain('nacl-out PublicA')
    expect(named).toContain('internet-gateway Igw')
    expect(named.at(-1)).toBe('destination MovieApi')
  })

  test('the reply crosses the same borders, last one first', () => {
    const places = back(out).map(({ fraction }) => fraction)
    expect(places.length).toBeGreaterThan(1)
    expect(places).toEqual(places.toSorted((a, b) => b - a))
    const acls = back(out).filter(({ hop }) => hop.gate.startsWith('nacl'))
    expect(acls.map(({ subnet }) => subnet)).toEqual(['PublicA', 'PublicA', 'PrivateA'])
  })

  test('a packet that is stopped has no place beyond its gate', () => {
    const stopped = walk(course(), { from: 'Fn', to: 'MovieApi' })
    expect(stopped.stations.at(-1)).toMatchObject({ hop: { gate: 'route-table', passed: false }, subnet: 'PrivateA' })
    expect(stopped.stations.at(-1)?.fraction).toBeLessThan(0.9)
  })

  test('between two subnets both borders are crossed', () => {
    const inside = walk(course(), { from: 'Fn', to: 'Db' })
    const borders = inside.stations.flatMap(({ hop, subnet }) => (subnet === null ? [] : [`${hop.gate} ${subnet}`]))
    expect(borders).toContain('nacl-out PrivateA')
    expect(borders).toContain('nacl-in PrivateB')
    expect(inside.nodes).toContain('PrivateB')
    expect(inside.nodes).not.toContain('PublicA')
  })

  test('ends that are not drawn get a place below what is', () => {
    const address = walk(courseWith(nat('PublicA')), { from: 'Fn', to: '8.8.8.8' })
    expect(address.ghosts).toHaveLength(1)
    expect(forward(address).at(-1)?.node).toBe('ghost:8.8.8.8')
  })

  test('two unknown ends, a function outside every VPC, a VPC without a gateway: always a course', () => {
    expect(walk(course(), { from: '1.1.1.1', to: '8.8.8.8' }).ghosts).toHaveLength(2)
    expect(walk(course(), { from: 'Outside', to: 'Table' }).stations.at(-1)?.node).toBe('Table')
    const without = courseWith({ Igw: undefined, IgwAttachment: undefined, PublicRoute: undefined })
    expect(walk(without, { from: 'internet', to: 'Db' }).stations.length).toBeGreaterThan(0)
    const spread = courseWith({ Fn: functionIn(['PrivateA', 'PrivateB']), Extra: resource('AWS::SQS::Queue') })
    expect(walk(spread, { from: 'Fn', to: 'Extra' }).stations.length).toBeGreaterThan(0)
  })
})
