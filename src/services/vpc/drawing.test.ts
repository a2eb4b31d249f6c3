import { describe, expect, it } from 'vitest'
import type { Resource, Scenario } from '../../model/scenario'
import { buildNetwork, reach } from '../../network'
import { scenarioOf } from '../run.fixture'
import { addressProblems, checks } from './checks'
import { endpointConnector, routeConnector } from './connectors'
import { kinds } from './kinds'
import { ENDPOINT, INTERNET_GATEWAY, NAT, SECURITY_GROUP, SUBNET, VPC } from './topology'

/** A document that is drawn step by step. */
class Drawing {
  scenario: Scenario = scenarioOf({})
  place(type: string, id: string, container: string | null = null): this {
    return this.write(
      kinds[type]!.create!(id, { container, taken: new Set(Object.keys(this.scenario.resources)) }, this.scenario),
    )
  }
  wire(from: string, to: string): this {
    if (routeConnector.accepts(from, to, this.scenario) !== true) throw new Error(`${from} -> ${to} is refused`)
    return this.write(routeConnector.connect(from, to, this.scenario).resources)
  }
  write(changes: { [id: string]: Resource | null }): this {
    const resources = { ...this.scenario.resources }
    for (const [id, resource] of Object.entries(changes)) {
      if (resource === null) delete resources[id]
      else resources[id] = resource
    }
    this.scenario = { ...this.scenario, resources }
    return this
  }
  problems(): string[] {
    return checks.flatMap((check) => check(this.scenario)).map(({ severity, message }) => `${severity}: ${message}`)
  }
}

const fn = (subnet: string): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { VpcConfig: { SubnetIds: [subnet], SecurityGroupIds: ['Group'] } },
})

const exit = (): Drawing =>
  new Drawing()
    .place(VPC, 'Vpc')
    .place(SUBNET, 'Public', 'Vpc')
    .place(SUBNET, 'Private', 'Vpc')
    .place(INTERNET_GATEWAY, 'Igw', 'Vpc')
    .place(NAT, 'Nat', 'Public')
    .place(SECURITY_GROUP, 'Group', 'Vpc')
    .write({ Fn: fn('Private') })

const online = (drawing: Drawing): boolean =>
  reach(buildNetwork(drawing.scenario), { from: 'Fn', to: 'internet' }).reachable

describe('drawing a way out', () => {
  it('needs the gateway, the NAT gateway and both routes (11.6)', () => {
    const drawing = exit()
    expect(online(drawing)).toBe(false)
    drawing.wire('Public', 'Igw')
    expect(online(drawing)).toBe(false)
    drawing.wire('Private', 'Nat')
    expect(online(drawing)).toBe(true)
    expect(drawing.problems()).toEqual([])
    expect(routeConnector.derive(drawing.scenario).map(({ from, to, label }) => [from, to, label])).toEqual([
      ['Public', 'Igw', '0.0.0.0/0'],
      ['Private', 'Nat', '0.0.0.0/0'],
    ])
  })

  it('warns of a NAT gateway in a private subnet and of a function in a public one', () => {
    expect(exit().problems()).toEqual([
      expect.stringContaining('warning: Nat stands in Public, which has no route to an internet gateway'),
      expect.stringContaining('info: Private has no route out'),
    ])
    expect(
      exit()
        .wire('Public', 'Igw')
        .write({ Fn: fn('Public') })
        .problems(),
    ).toEqual([expect.stringContaining('warning: Fn is in public subnet Public')])
  })

  it('refuses routes that cannot work', () => {
    const drawing = exit().wire('Public', 'Igw')
    expect(routeConnector.accepts('Public', 'Nat', drawing.scenario)).toHaveProperty('refused')
    expect(routeConnector.accepts('Public', 'Igw', drawing.scenario)).toEqual({
      refused: expect.stringContaining('already'),
    })
    drawing.place(INTERNET_GATEWAY, 'Loose')
    expect(routeConnector.accepts('Private', 'Loose', drawing.scenario)).toEqual({
      refused: expect.stringContaining('not attached'),
    })
    expect(kinds[INTERNET_GATEWAY]!.moveInto!('Loose', 'Vpc', drawing.scenario)).toEqual({
      refused: expect.stringContaining('A VPC has one'),
    })
  })

  it('removes only the route of a wire', () => {
    const before = exit().wire('Public', 'Igw')
    const drawn = { ...before.scenario }
    before.wire('Private', 'Nat')
    const wire = routeConnector.derive(before.scenario).find(({ to }) => to === 'Nat')!
    before.write(routeConnector.disconnect(wire, before.scenario).resources)
    expect(online(before)).toBe(false)
    expect(routeConnector.derive(before.scenario)).toEqual(routeConnector.derive(drawn))
  })

  it('leads to DynamoDB through an endpoint, without NAT (11.10)', () => {
    const drawing = exit().place(ENDPOINT, 'Endpoint', 'Vpc')
    drawing.write({ Table: { Type: 'AWS::DynamoDB::Table' } })
    const reaches = (): boolean => reach(buildNetwork(drawing.scenario), { from: 'Fn', to: 'Table' }).reachable
    expect(reaches()).toBe(false)
    expect(endpointConnector.accepts('Private', 'Endpoint', drawing.scenario)).toBe(true)
    drawing.write(endpointConnector.connect('Private', 'Endpoint', drawing.scenario).resources)
    expect(reaches()).toBe(true)
    const [wire] = endpointConnector.derive(drawing.scenario)
    drawing.write(endpointConnector.disconnect(wire!, drawing.scenario).resources)
    expect(reaches()).toBe(false)
  })
})

describe('address ranges', () => {
  it('are chosen free, in the next zone', () => {
    const drawing = new Drawing().place(SUBNET, 'One')
    for (const id of ['Two', 'Three', 'Four']) drawing.place(SUBNET, id, 'Vpc')
    const of = (id: string) => drawing.scenario.resources[id]!.Properties!
    expect(['One', 'Two', 'Three', 'Four'].map((id) => [of(id)['CidrBlock'], of(id)['AvailabilityZone']])).toEqual([
      ['10.0.1.0/24', 'a'],
      ['10.0.2.0/24', 'b'],
      ['10.0.3.0/24', 'c'],
      ['10.0.4.0/24', 'a'],
    ])
    expect(addressProblems(drawing.scenario)).toEqual([])
  })

  it('are checked for size, place and overlap, with a free range as remedy', () => {
    const subnet = (CidrBlock: string): Resource => ({ Type: SUBNET, Properties: { VpcId: 'Vpc', CidrBlock } })
    const drawing = new Drawing().place(VPC, 'Vpc')
    const messages = (): string[] => addressProblems(drawing.scenario).map(({ message }) => message)
    drawing.write({ S: subnet('10.0.1.0/30') })
    expect(messages()).toEqual(['A prefix is 16 to 28. Try 10.0.1.0/24.'])
    drawing.write({ S: subnet('172.16.0.0/24') })
    expect(messages()).toEqual(['172.16.0.0/24 of S lies outside 10.0.0.0/16 of Vpc. 10.0.1.0/24 is free.'])
    drawing.write({ S: subnet('10.0.1.0/24'), T: subnet('10.0.1.128/25') })
    expect(messages()).toEqual(['10.0.1.128/25 of T overlaps 10.0.1.0/24 of S. 10.0.2.0/24 is free.'])
    expect(addressProblems(drawing.scenario)[0]!.fix!.patches).toEqual([
      { op: 'replace', path: '/resources/T/Properties/CidrBlock', value: '10.0.2.0/24' },
    ])
  })
})
