import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'
import { databaseProblems } from './checks'
import { kinds } from './kinds'
import { DATABASE, homeOf, memoryOf } from './settings'

const database = (behavior: JsonObject, properties: JsonObject = {}): Resource => ({
  Type: DATABASE,
  Properties: { Engine: 'mysql', DBInstanceClass: 'db.t4g.micro', ...properties },
  Behavior: behavior,
})
const subnet = (zone: string): Resource => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: 'Vpc', CidrBlock: '10.0.1.0/24', AvailabilityZone: zone },
})

describe('a database', () => {
  it('refuses queries beyond its connections', () => {
    const C = client('rds:Query', 'Db', { pattern: 'burst', count: 10, at: 0 })
    const ran = runOf(scenarioOf({ C, Db: database({ maxConnections: 4 }) }))
    expect(ran.total('C', 'Successes')).toBe(4)
    expect(ran.total('C', 'Failures')).toBe(6)
    expect(ran.max('Db', 'DatabaseConnections')).toBe(4)
    expect(ran.total('Db', 'RefusedConnections')).toBe(6)
    expect(ran.level('Db', 'connections').at(-1)).toEqual([0.01, 0])
    expect(ran.reasons('rds.tooManyConnections')).toHaveLength(6)
  })

  it('allows what its class has memory for (RDS-1)', () => {
    const C = client('rds:Query', 'Db', { pattern: 'burst', count: 200, at: 0 })
    expect(runOf(scenarioOf({ C, Db: database({}) })).max('Db', 'DatabaseConnections')).toBe(85)
    expect(runOf(scenarioOf({ C, Db: database({}, { Engine: 'postgres' }) })).max('Db', 'DatabaseConnections')).toBe(
      112,
    )
    expect(memoryOf('db.r6g.large')).toBe(16 * 2 ** 30)
  })

  it('is placed and moved through its subnet group', () => {
    let scenario = scenarioOf({ Vpc: { Type: 'AWS::EC2::VPC' }, A: subnet('a'), B: subnet('b') })
    const made = kinds[DATABASE]!.create!('Db', { container: 'A', taken: new Set() }, scenario)
    scenario = { ...scenario, resources: { ...scenario.resources, ...made } }
    expect(homeOf(scenario.resources['Db']!, scenario)).toBe('A')
    expect(databaseProblems(scenario).map(({ severity }) => severity)).toEqual(['info'])
    const moved = kinds[DATABASE]!.moveInto!('Db', 'B', scenario) as Scenario['resources']
    scenario = { ...scenario, resources: { ...scenario.resources, ...moved } }
    expect(homeOf(scenario.resources['Db']!, scenario)).toBe('B')
    expect(databaseProblems(scenario)).toEqual([])
    expect(kinds[DATABASE]!.moveInto!('Db', null, scenario)).toHaveProperty('refused')
  })
})
