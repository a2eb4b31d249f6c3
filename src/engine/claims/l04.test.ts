/** Lesson 4, concurrency: claims of learning-design.md section 5. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import { gate } from '../../gate/text'
import type { JsonObject, Resource } from '../../model/scenario'
import {
  BURST,
  client,
  documentOf,
  fn,
  mapping,
  measure,
  one,
  passed,
  posts,
  queue,
  refusal,
  scenarioOf,
  sends,
  type Asked,
  type Resources,
} from './run.fixture'

const steady = (rate: number): JsonObject => ({ pattern: 'constant', rate })

describe('concurrency (LAM-40, LAM-45)', () => {
  test.each([
    [0.2, 20],
    [1, 100],
  ])('4.1 100/s of %d s keep %d busy', (wait, busy) => {
    const resources = { User: client(steady(100), 'Fn'), Fn: fn([{ wait }], {}, { overhead: 0 }) }
    expect(one(scenarioOf(resources, 40), 'concurrency.at(30s) Fn')).toBe(busy)
  })

  test('4.2 reserved 5, twenty at once of 1 s: 5 served, 15 times 429, 5 cold', () => {
    const resources = { User: client(BURST(20), 'Fn'), Fn: fn([{ wait: 1 }], { ReservedConcurrentExecutions: 5 }) }
    expect(
      measure(scenarioOf(resources, 30), {
        served: 'successes User',
        refused: 'errors User',
        throttles: 'throttles Fn',
        errors: 'errors Fn',
        cold: 'coldStarts Fn',
      }),
    ).toEqual({ served: 5, refused: 15, throttles: 15, errors: 0, cold: 5 })
  })

  test('4.3 reserving warms nothing: reserved 20, twenty at once, 20 cold', () => {
    const resources = { User: client(BURST(20), 'Fn'), Fn: fn([{ wait: 0.05 }], { ReservedConcurrentExecutions: 20 }) }
    expect(measure(scenarioOf(resources, 30), { cold: 'coldStarts Fn', throttles: 'throttles Fn' })).toEqual({
      cold: 20,
      throttles: 0,
    })
  })

  test('4.6 reserved 0 at 30 s switches it off', () => {
    const resources = { User: client(steady(10), 'Fn'), Fn: fn([{ wait: 0.05 }]) }
    const off = { interventions: [{ at: 30, set: '/resources/Fn/Properties/ReservedConcurrentExecutions', value: 0 }] }
    expect(
      measure(scenarioOf(resources, 60, off), {
        before: { m: 'throttles', of: 'Fn', during: [0, 30] },
        // those that ran at 30 s end
        starts: { m: 'invocations', of: 'Fn', during: [30.1, 'end'] },
        after: { m: 'throttles', of: 'Fn', during: [30, 60] },
      }),
    ).toEqual({ before: 0, starts: 0, after: 300 })
  })
})

describe('the account (LAM-41 to LAM-43)', () => {
  /** B floods 1,200 long calls; A wants 10 a second. */
  const shared = (reserved: JsonObject, first: 'A' | 'B') =>
    scenarioOf(
      {
        Quiet: client({ pattern: 'constant', rate: 10, at: first === 'A' ? 0 : 1, until: 20 }, 'A'),
        Flood: client(BURST(1_200, first === 'A' ? 10 : 0.5), 'B'),
        A: fn([{ wait: 0.2 }], reserved),
        B: fn([{ wait: 60 }], { Timeout: 900 }),
      },
      60,
    )
  test('4.4 the pool is shared: A gets nothing after the flood, everything with 100 reserved', () => {
    const asked = { a: 'success Quiet', b: 'throttles B' }
    expect(measure(shared({}, 'B'), asked)).toEqual({ a: 0, b: 200 })
    // A was there first and keeps what it holds, hardly ever all it needs
    const between = one(shared({}, 'A'), 'success Quiet') as number
    expect(between).toBeGreaterThan(0.5)
    expect(between).toBeLessThan(1)
    expect(measure(shared({ ReservedConcurrentExecutions: 100 }, 'B'), asked)).toEqual({ a: 1, b: 300 })
  })

  test('4.5 reserving 950 of 1,000 is refused; 900 is the most', () => {
    const reserving = (count: number) =>
      gateJson(documentOf({ Fn: fn([], { ReservedConcurrentExecutions: count }) }, 10))
    expect(reserving(900).ok).toBe(true)
    const { status, message, facts } = refusal(reserving(950))
    expect(status).toBe('refused')
    expect(message).toContain('900 is the most')
    expect(facts).toContain('LAM-42')
  })

  test('4.8 3,000 at once, limit 5,000: 1,000, 2,000 and 3,000 run after 0, 10 and 20 s', () => {
    const resources = {
      User: client({ pattern: 'repeat', every: 10, times: 3, count: 3_000 }, 'Fn'),
      Fn: fn([{ wait: 600 }], { Timeout: 900 }),
    }
    const scenario = scenarioOf(resources, 30, {
      profile: 'aws-2026-11',
      facts: { 'lambda.accountConcurrency': 5_000 },
    })
    expect(
      measure(scenario, {
        // the network takes some milliseconds
        at0: 'concurrency.at(1s) Fn',
        at10: 'concurrency.at(11s) Fn',
        at20: 'concurrency.at(21s) Fn',
      }),
    ).toEqual({ at0: 1_000, at10: 2_000, at20: 3_000 })
  })
})

describe('4.7 throttling means something else for every caller (LAM-51, INV-4, SQS-ESM-8)', () => {
  const FIVE = fn([{ wait: 1 }], { ReservedConcurrentExecutions: 5 })
  const run = (resources: Resources, asked: Asked) => one(scenarioOf({ Fn: FIVE, ...resources }, 300), asked)
  const served = (resources: Resources) => one(scenarioOf({ Fn: FIVE, ...resources }, 300), 'successes Fn')
  test('synchronous: 15 of 20 are lost', () => {
    expect(run({ User: client(BURST(20), 'Fn') }, 'lost User')).toBe(15)
  })
  test('asynchronous: none is lost, they wait', () => {
    const resources = { User: sends(BURST(20), 'Fn') }
    expect(run(resources, 'lost Fn')).toBe(0)
    expect(served(resources)).toBe(20)
    expect(run(resources, 'AsyncEventsDropped Fn')).toBe(0)
    expect(run(resources, 'throttles Fn')).toBeGreaterThanOrEqual(15)
  })
  test('from a queue: none is lost', () => {
    const resources = {
      User: posts(BURST(20), 'Queue'),
      Queue: queue({ VisibilityTimeout: 30 }),
      Mapping: mapping({ BatchSize: 1 }),
    }
    expect(run(resources, 'lost Queue')).toBe(0)
    expect(run(resources, 'NumberOfMessagesDeleted Queue')).toBe(20)
  })
  test('from a stream: none is lost, the shard waits', () => {
    const resources: Resources = {
      User: client(BURST(20), 'Stream', { call: 'kinesis:PutRecord' }),
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
      // ten lanes for five environments: a throttled batch blocks its lane until there is room
      Mapping: mapping({
        EventSourceArn: 'Stream',
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 1,
        ParallelizationFactor: 10,
      }),
    }
    expect(served(resources)).toBe(20)
    expect(run(resources, 'throttles Fn')).toBeGreaterThan(0)
    expect(run(resources, { m: 'DroppedEventCount', of: 'Mapping' })).toBe(0)
  })
  test('the gallery shows the four side by side, with the numbers its description gives', () => {
    const file = join(import.meta.dirname, '../../../public/scenarios/four-sources.yaml')
    const scenario = passed(gate(readFileSync(file, 'utf8')))
    const { async, queued, streamed, ...found } = measure(scenario, {
      lost: 'lost Visitors',
      sync: 'successes Sync',
      events: 'successes Async',
      messages: 'successes Queued',
      records: 'successes Streamed',
      async: 'ends Async',
      queued: 'ends Queued',
      streamed: 'ends Streamed',
    })
    expect(found).toEqual({ lost: 15, sync: 5, events: 20, messages: 20, records: 20 })
    // all are sent at 1 s
    const took = [async, queued, streamed].map((ends) => Math.round((ends as number[]).at(-1)! - 1))
    expect(took).toEqual([16, 4, 5])
    expect(scenario.description).toContain(`after ${took[0]}, ${took[1]} and ${took[2]} s`)
  })
})

describe('4.9 unlimited functions overload what is behind them (RDS-1)', () => {
  const subnet = (AvailabilityZone: string, CidrBlock: string): Resource => ({
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: 'Vpc', CidrBlock, AvailabilityZone },
  })
  const network: Resources = {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    A: subnet('a', '10.0.0.0/20'),
    B: subnet('b', '10.0.16.0/20'),
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        VpcId: 'Vpc',
        GroupDescription: 'All',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5_432, ToPort: 5_432, CidrIp: '10.0.0.0/16' }],
      },
    },
    Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds: ['A', 'B'] } },
    Db: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { Engine: 'postgres', DBSubnetGroupName: 'Subnets', VPCSecurityGroups: ['Group'] },
      Behavior: { maxConnections: 100, latency: 1 },
    },
  }
  const VpcConfig = { SubnetIds: ['A', 'B'], SecurityGroupIds: ['Group'] }
  const run = (properties: JsonObject) =>
    measure(
      scenarioOf(
        {
          User: client(BURST(300), 'Fn'),
          Fn: fn([{ call: 'rds:Query', to: 'Db' }], { Timeout: 30, VpcConfig, ...properties }),
          ...network,
        },
        60,
      ),
      { refused: 'errors Db', throttles: 'throttles Fn', connections: 'connections.max Db' },
    )
  test('300 at once on a database of 100 connections: 200 errors, none with 100 reserved', () => {
    expect(run({})).toEqual({ refused: 200, throttles: 0, connections: 100 })
    expect(run({ ReservedConcurrentExecutions: 100 })).toEqual({ refused: 0, throttles: 200, connections: 100 })
  })
})
