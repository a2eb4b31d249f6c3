import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CostLine, Entity, Progress, Rows, Series } from '../model/recording'
import type { Intervention, JsonObject, Resource, Scenario } from '../model/scenario'
import { toMicros } from '../model/units'
import { mayAll } from '../services/run.fixture'
import { createRun, resumeRun, type Run } from './run'

const DURATION = 12

/** Times on a coarse grid, so that interventions meet other events and each other. */
const second = fc.integer({ min: 0, max: 2 * DURATION }).map((half) => half / 2)
const duration = fc.constantFrom<JsonObject[string]>(
  0.05,
  0.5,
  2,
  { exp: 0.3 },
  { uniform: [0.1, 0.6] },
  { lognormal: { p50: 0.2, p90: 0.9 } },
)
const traffic = fc.constantFrom<JsonObject>(
  { pattern: 'burst', count: 15 },
  { pattern: 'constant', rate: 12, until: 8 },
  { pattern: 'poisson', rate: 15 },
  { pattern: 'ramp', from: 0, to: 20, over: 6 },
  { pattern: 'repeat', every: 0.5, times: 12, count: 3 },
)
const target = fc.constantFrom(
  { call: 'lambda:Invoke', to: 'Fn' },
  { call: 'lambda:InvokeAsync', to: 'Fn' },
  { call: 'lambda:Invoke', to: 'Live' },
  { call: 'lambda:InvokeAsync', to: 'Live' },
  { call: 'sqs:SendMessage', to: 'Queue' },
  { call: 'dynamodb:UpdateItem', to: 'Table' },
  { call: 'events:PutEvents', to: 'Bus' },
)
const step = fc.oneof(
  duration.map((wait): JsonObject => ({ wait })),
  duration.map((wait): JsonObject => ({ wait, perMessage: true })),
  fc.constantFrom<JsonObject>(
    { call: 'dynamodb:PutItem', to: 'Table' },
    { call: 'dynamodb:UpdateItem', to: 'Table', key: 'k', add: { n: 1 } },
    { call: 'dynamodb:UpdateItem', to: 'Table', key: 'q', set: { m: 2 } },
    { call: 'dynamodb:PutItem', to: 'Table', key: 'z', body: { a: 1 } },
    { call: 'sqs:SendMessage', to: 'Other', optional: true },
    { fail: { rate: 0.3 } },
    { fail: { poison: true } },
    { fail: { attempts: [1] } },
    { fail: { rate: 0.3, crash: true }, perMessage: true },
    { call: 'dynamodb:UpdateItem', to: 'Table', key: 'k', add: { n: 1 }, idempotent: true, perMessage: true },
    { call: 'sqs:SendMessage', to: 'Queue', optional: true },
    { state: 'n', scope: 'global', add: 1 },
    { state: 'm', scope: 'tmp', add: 1 },
    { connect: 0.1, scope: 'global', name: 'c' },
    { memory: 30, scope: 'global' },
    { write: 'f', size: 10 },
    { read: 'f' },
    { log: 'line' },
  ),
)
const client = fc
  .record({ traffic, target, timeout: fc.constantFrom(null, 0.2, 1), retries: fc.nat(2) })
  .map(({ traffic, target, timeout, retries }): Resource => ({
    Type: 'Coldstart::Client',
    Behavior: {
      traffic,
      ...target,
      ...(target.call === 'events:PutEvents'
        ? { body: { source: 'shop', 'detail-type': 'order', detail: { total: 3 } } }
        : {}),
      ...(timeout === null ? {} : { timeout }),
      retries: { max: retries, base: 0.2 },
      poison: [3],
    },
  }))
const fn = fc
  .record({
    steps: fc.array(step, { maxLength: 3 }),
    timeout: fc.constantFrom(1, 3),
    reserved: fc.constantFrom(null, 0, 2, 5),
    idle: fc.constantFrom(0.5, 300),
    errors: fc.constantFrom(0, 0.3),
    dead: fc.boolean(),
    report: fc.boolean(),
    maxAge: fc.constantFrom(0, 3),
  })
  .map(({ steps, timeout, reserved, idle, errors, dead, report, maxAge }): Resource => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      MemorySize: 128,
      Timeout: timeout,
      Role: 'Role',
      ...(reserved === null ? {} : { ReservedConcurrentExecutions: reserved }),
      ...(dead ? { DeadLetterConfig: { TargetArn: 'Dead' } } : {}),
    },
    Behavior: { steps, idle, maxAge, reportFailures: report, errors: { rate: errors } },
  }))
const queue = fc
  .record({ hidden: fc.constantFrom(1, 4, 30), delay: fc.constantFrom(0, 1), redrive: fc.boolean() })
  .map(({ hidden, delay, redrive }): Resource => ({
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: hidden,
      DelaySeconds: delay,
      ...(redrive ? { RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 2 } } : {}),
    },
  }))
const mapping = fc
  .record({ batch: fc.constantFrom(1, 4, 10), window: fc.constantFrom(0, 1), most: fc.constantFrom(2, 5) })
  .map(({ batch, window, most }): Resource => ({
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: 'Queue',
      FunctionName: 'Fn',
      BatchSize: batch,
      MaximumBatchingWindowInSeconds: window,
      ScalingConfig: { MaximumConcurrency: most },
    },
  }))
const intervention: fc.Arbitrary<Intervention> = fc.oneof(
  fc.record({ at: second, send: fc.constantFrom('C', 'D'), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    at: second,
    fault: fc.constant('resource-down' as const),
    resource: fc.constantFrom('Fn', 'Table', 'Queue'),
  }),
  fc.record({
    at: second,
    repair: fc.constant('resource-down' as const),
    resource: fc.constantFrom('Fn', 'Table', 'Queue'),
  }),
  fc.record({
    at: second,
    set: fc.constant('/resources/Fn/Properties/ReservedConcurrentExecutions'),
    value: fc.constantFrom(0, 1, 8),
  }),
  fc.record({ at: second, set: fc.constant('/resources/Fn/Behavior/steps'), value: step.map((it) => [it]) }),
  fc.record({ at: second, set: fc.constant('/resources/Fn/Behavior/revision'), value: fc.constantFrom(2, 3) }),
  fc.record({
    at: second,
    set: fc.constant('/resources/Live/Properties/FunctionVersion'),
    value: fc.constantFrom('V1', 'V2'),
  }),
  fc.record({
    at: second,
    set: fc.constant('/resources/Live/Properties/ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions'),
    value: fc.constantFrom(1, 3),
  }),
  fc.record({ at: second, set: fc.constant('/resources/Fn/Behavior/idle'), value: fc.constantFrom(0.2, 5) }),
  fc.record({
    at: second,
    set: fc.constant('/resources/Queue/Properties/VisibilityTimeout'),
    value: fc.constantFrom(1, 10),
  }),
  fc.record({ at: second, set: fc.constant('/resources/Mapping/Properties/BatchSize'), value: fc.constantFrom(1, 7) }),
  fc.record({
    at: second,
    set: fc.constant('/resources/C/Behavior/retries'),
    value: fc.constantFrom({ max: 0 }, { max: 3 }),
  }),
)
const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    seed: fc.nat(1_000),
    profile: fc.constantFrom('teaching', 'aws-2026-11'),
    resources: fc.record({
      C: client,
      D: client,
      Fn: fn,
      Queue: queue,
      Mapping: mapping,
    }),
    weight: fc.constantFrom(0, 0.5),
    partial: fc.boolean(),
    updateTime: fc.constantFrom(0, 2),
    interventions: fc.array(intervention, { maxLength: 5 }),
  })
  .map(({ resources, weight, partial, updateTime, ...rest }) => ({
    coldstart: 1,
    name: 'x',
    duration: DURATION,
    resources: {
      ...resources,
      Mapping: {
        ...resources.Mapping,
        Properties: {
          ...resources.Mapping.Properties,
          ...(partial ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {}),
        },
      },
      V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' } },
      V2: {
        Type: 'AWS::Lambda::Version',
        Properties: { FunctionName: 'Fn' },
        Behavior: { snapshot: { Behavior: { steps: [{ wait: 0.3 }, { fail: { rate: 0.5 } }] } } },
      },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: 'Fn',
          FunctionVersion: 'V1',
          RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: 'V2', FunctionWeight: weight }] },
          ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
        },
      },
      Config: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: 'Fn',
          MaximumRetryAttempts: 1,
          DestinationConfig: { OnFailure: { Destination: 'Dead' }, OnSuccess: { Destination: 'Bus' } },
        },
      },
      Role: mayAll,
      Dead: { Type: 'AWS::SQS::Queue' },
      Other: { Type: 'AWS::SQS::Queue' },
      Table: { Type: 'AWS::DynamoDB::Table' },
      Bus: { Type: 'AWS::Events::EventBus' },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventBusName: 'Bus',
          EventPattern: { source: ['shop'] },
          State: 'ENABLED',
          Targets: [
            { Id: 'a', Arn: 'Queue' },
            { Id: 'b', Arn: 'Fn' },
          ],
        },
      },
    },
    facts: {
      'lambda.updateTime': updateTime,
      'lambda.provisionedDelay': 1,
      'lambda.retryFirst': 1,
      'lambda.asyncDuplicates': 0.1,
    },
    ...rest,
  }))

const COLUMNS = ['at', 'until', 'value', 'kind', 'code', 'resource', 'subject', 'trace', 'cause'] as const

interface Result {
  /** Rows from index `from`, as plain arrays of COLUMNS. */
  readonly rows: number[][]
  readonly series: Series[]
  readonly costs: CostLine[]
  readonly progress: Progress
  readonly entities: Entity[]
}

function finish(run: Run, from: number): Result {
  const rows: number[][] = []
  run.kernel.recorder.sink = (chunk: Rows) => {
    for (let i = 0; i < chunk.length; i++)
      if (chunk.first + i >= from) rows.push([chunk.first + i, ...COLUMNS.map((column) => chunk[column][i]!)])
  }
  while (!run.advance(1_000));
  return {
    rows,
    series: run.series(),
    costs: run.costs(),
    progress: run.progress(),
    entities: run.legend.entities.slice(),
  }
}

/** Rows are compared one by one, in a plain loop: `toEqual` takes most of the time of a test with so many. */
function expectRows(found: readonly number[][], expected: readonly number[][]): void {
  const differs = found.findIndex((row, i) => row.some((value, column) => !Object.is(value, expected[i]?.[column])))
  if (differs >= 0) expect(found[differs]).toEqual(expected[differs])
  expect(found.length).toBe(expected.length)
}

describe('resumeRun', () => {
  it('equals a run from 0, from every keyframe, when later interventions are added', () => {
    fc.assert(
      fc.property(
        scenario,
        fc.array(intervention, { maxLength: 3 }),
        fc.integer({ min: 1, max: 60 }),
        (before, added, keyframeEvery) => {
          const past = createRun(before, { keyframeEvery })
          finish(past, 0)
          // keyframes strictly before what was added
          const parting = Math.min(...added.map(({ at }) => toMicros(at)), Infinity)
          const after: Scenario = { ...before, interventions: [...(before.interventions ?? []), ...added] }
          const whole = finish(createRun(after, { keyframeEvery: 1e9 }), 0)
          const frames = past.keyframes.all.filter(({ at }) => at < parting)
          // a handful of keyframes of each run, spread over it
          const apart = Math.ceil(frames.length / 4)
          frames
            .filter((_, index) => index % apart === 0)
            .forEach((frame, index) => {
              const { rows, ...rest } = finish(
                // taking keyframes is most of the work: one resumed run of each scenario does
                resumeRun(after, frame, past.keyframes.until(frame.at), {
                  keyframeEvery: index === 0 ? keyframeEvery : 1e9,
                }),
                frame.rows,
              )
              expectRows(rows, whole.rows.slice(frame.rows))
              const { rows: _, ...expected } = whole
              expect(rest).toEqual(expected)
            })
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('createRun', () => {
  it('gives the same rows whatever the slices and whether keyframes are taken', () => {
    fc.assert(
      fc.property(scenario, fc.integer({ min: 1, max: 50 }), (it, slice) => {
        const sliced = createRun(it, { keyframeEvery: 7 })
        const rows: number[][] = []
        sliced.kernel.recorder.sink = (chunk) => {
          for (let i = 0; i < chunk.length; i++)
            rows.push([chunk.first + i, ...COLUMNS.map((column) => chunk[column][i]!)])
        }
        while (!sliced.advance(slice));
        const whole = finish(createRun(it), 0)
        expectRows(rows, whole.rows)
        expect(sliced.series()).toEqual(whole.series)
      }),
      { numRuns: 30 },
    )
  })

  it('counts the same without recording', () => {
    fc.assert(
      fc.property(scenario, (it) => {
        const { rows, ...counted } = finish(createRun(it, { record: false }), 0)
        const { rows: all, ...recorded } = finish(createRun(it), 0)
        expect(counted).toEqual(recorded)
        expect([rows.length, counted.progress.rows]).toEqual([0, all.length])
      }),
      { numRuns: 30 },
    )
  })
})
