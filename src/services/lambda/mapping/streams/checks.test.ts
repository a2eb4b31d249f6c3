import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../../../model/scenario'
import { gateJson } from '../../../../gate'
import { mapping as connector } from '../../connectors/mapping'
import { executionRole } from '../../../roles'
import { mapped } from '../mapping.fixture'
import { mappingChecks } from '../checks'
import { streamed, withDestination, type Streamed } from './streams.fixture'

const found = (scenario: Scenario) => mappingChecks.flatMap((check) => check(scenario))
const said = (it: Streamed): string[] => found(streamed(it)).map(({ message }) => message)

describe('what AWS refuses', () => {
  test('nothing of a sound mapping', () => {
    expect(said({})).toEqual([])
    expect(said({ table: true, ...withDestination() })).toEqual([])
  })
  test('no starting position', () => {
    const scenario = streamed({})
    const { StartingPosition: _, ...rest } = scenario.resources['Mapping']!.Properties!
    const resources = { ...scenario.resources, Mapping: { ...scenario.resources['Mapping']!, Properties: rest } }
    expect(found({ ...scenario, resources })[0]!.message).toContain("Value null at 'startingPosition'")
  })
  test.each<[string, Streamed, RegExp]>([
    [
      'a time for a table',
      { table: true, mapping: { StartingPosition: 'AT_TIMESTAMP' } },
      /Unsupported starting position/,
    ],
    ['AT_TIMESTAMP without a time', { mapping: { StartingPosition: 'AT_TIMESTAMP' } }, /StartingPositionTimestamp/],
    ['a time without AT_TIMESTAMP', { mapping: { StartingPositionTimestamp: 5 } }, /goes with AT_TIMESTAMP/],
    ['an age below a minute', { mapping: { MaximumRecordAgeInSeconds: 59 } }, /60 to 604800/],
    [
      'what only queues have',
      { mapping: { ScalingConfig: { MaximumConcurrency: 2 } } },
      /Unsupported ScalingConfig parameter for given event source mapping type/,
    ],
    ['a table without a stream', { table: true, stream: { StreamSpecification: undefined as never } }, /has no stream/],
    [
      'a FIFO destination',
      { ...withDestination(), more: { Failed: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } } },
      /destination ARN/,
    ],
    ['a role that may not read', { more: { Role: executionRole() } }, /Cannot access stream Stream.*GetRecords/],
  ])('%s', (_, it, words) => {
    expect(said(it).join('\n')).toMatch(words)
  })
  test('what only streams have, on a queue', () => {
    for (const property of [
      { StartingPosition: 'LATEST' },
      { MaximumRetryAttempts: 3 },
      { DestinationConfig: { OnFailure: { Destination: 'Queue' } } },
    ] as JsonObject[]) {
      const [problem] = found(mapped({ mapping: property }))
      expect(problem!.message).toMatch(/Unsupported (starting position|\w+ parameter) for/)
      expect(problem!.fix!.patches[0]!.op).toBe('remove')
    }
  })
  test('a starting position on a queue is said once, not what it completes', () => {
    const gated = gateJson(mapped({ mapping: { StartingPosition: 'LATEST' } }))
    const errors = gated.problems.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ path }) => path)).toEqual(['/resources/Mapping/Properties/StartingPosition'])
    const both = gateJson(mapped({ mapping: { StartingPosition: 'LATEST', ParallelizationFactor: 2 } }))
    expect(both.problems.filter(({ severity }) => severity === 'error')).toHaveLength(2)
  })
  test('a role that may not read a queue is warned of (LAM-66)', () => {
    expect(found(mapped({}))).toEqual([])
    const [problem, ...more] = found(mapped({ more: { Role: executionRole() } }))
    expect(more).toEqual([])
    expect(problem!.severity).toBe('warning')
    expect(problem!.message).toMatch(
      /Mapping reads nothing from Queue.*lacks sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes/,
    )
  })
  test('a third reader of a table is warned of', () => {
    const base = streamed({ table: true }).resources
    const more = Object.fromEntries(
      [2, 3].flatMap((n): [string, Resource][] => [
        [`Fn${n}`, base['Fn']!],
        [
          `Mapping${n}`,
          { ...base['Mapping']!, Properties: { ...base['Mapping']!.Properties, FunctionName: `Fn${n}` } },
        ],
      ]),
    )
    expect(said({ table: true, more }).join()).toMatch(/Mapping3 is reader 3/)
  })
})

describe('through the gate', () => {
  const defaults = (scenario: Scenario): JsonObject => {
    const gated = gateJson(scenario)
    if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
    return gated.normalised.resources['Mapping']!.Properties!
  }
  test('defaults follow from the source', () => {
    expect(defaults(streamed({}))).toMatchObject({
      BatchSize: 100,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: -1,
      ParallelizationFactor: 1,
      BisectBatchOnFunctionError: false,
      TumblingWindowInSeconds: 0,
    })
    const queue = defaults(mapped({}))
    expect(queue).toMatchObject({ BatchSize: 10 })
    expect(queue).not.toHaveProperty('ParallelizationFactor')
    expect(defaults(streamed({ mapping: { BatchSize: 7 } }))['BatchSize']).toBe(7)
  })
  test.each([
    ['a stream', {}],
    ['a table, which gets a stream', { table: true, stream: { StreamSpecification: undefined as never } }],
  ])('a wire drawn from %s writes what passes', (_, it: Streamed) => {
    const { Mapping: _mapping, ...rest } = streamed({ ...it, more: { Role: executionRole() } }).resources
    const drawing = JSON.parse(JSON.stringify({ ...streamed(it), resources: rest })) as Scenario
    expect(connector.accepts('Stream', 'Fn', drawing)).toBe(true)
    const { resources, said: told } = connector.connect('Stream', 'Fn', drawing)
    const wired = { ...drawing, resources: { ...rest, ...resources } as Scenario['resources'] }
    const gated = gateJson(wired)
    expect(gated.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(told).toMatch(/GetRecords/)
    const [wire] = connector.derive(wired)
    expect(wire).toMatchObject({ from: 'Stream', to: 'Fn', label: 'batch 100' })
    const taken = connector.disconnect(wire!, wired).resources
    expect(taken['Mapping']).toBeNull()
    expect(JSON.stringify(taken['Role'])).not.toMatch(/GetRecords|GetShardIterator/)
  })
  test('a destination is drawn, and taken away again', () => {
    const scenario = streamed(withDestination())
    const wire = connector.derive(scenario).find(({ port }) => port === 'failure')!
    expect(wire).toMatchObject({ from: 'Fn', to: 'Failed', label: 'discarded', resource: 'Mapping' })
    const { resources } = connector.disconnect(wire, scenario)
    expect(resources['Mapping']!.Properties).not.toHaveProperty('DestinationConfig')
  })
})
