import { describe, expect, test } from 'vitest'
import { gate } from '../../../gate/text'
import type { Scenario } from '../../../model/scenario'
import { Flag } from './traceIndex'
import { outline, tracesOf } from './traces.fixture'

interface Given {
  readonly traffic?: string
  readonly steps: string
  readonly mapping?: string
  readonly reports?: boolean
  readonly profile?: string
  readonly facts?: string
  readonly poison?: string
  /** Batches time out. */
  readonly late?: boolean
}

/** A client, a queue with a dead-letter queue, a function and a table. */
function queued({
  traffic = '{ pattern: burst, count: 4, at: 1 }',
  steps,
  mapping = 'BatchSize: 10',
  ...it
}: Given): Scenario {
  const gated = gate(`
coldstart: 1
profile: ${it.profile ?? 'teaching'}
seed: 42
duration: 100
facts: ${it.facts ?? '{}'}
resources:
  Shop: { Type: Coldstart::Client, Behavior: { traffic: ${traffic}, call: sqs:SendMessage, to: Orders, poison: ${it.poison ?? '[]'} } }
  Orders: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 30, RedrivePolicy: { deadLetterTargetArn: Dead, maxReceiveCount: 2 } } }
  Dead: { Type: AWS::SQS::Queue }
  Mapping: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: Orders, FunctionName: Worker, ${mapping}${it.reports === true ? ', FunctionResponseTypes: [ReportBatchItemFailures]' : ''} } }
  Worker:
    Type: AWS::Lambda::Function
    Properties: { Runtime: nodejs24.x, Timeout: 5, Role: WorkerRole }
    Behavior: { steps: ${steps}${it.reports === true ? ', reportFailures: true' : ''} }
  Done: { Type: AWS::DynamoDB::Table }
  WorkerRole:
    Type: AWS::IAM::Role
    Properties: { Policies: [{ PolicyName: P, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: '*', Resource: '*' }] } }] }
`)
  if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
  return gated.normalised
}

const WINDOW = 'BatchSize: 10, MaximumBatchingWindowInSeconds: 1'
const EACH = '[{ wait: 0.1, perMessage: true }, { call: dynamodb:PutItem, to: Done, perMessage: true }]'

describe('messages that travel in one batch', () => {
  test('all show the invocation, each its own calls', () => {
    const { trees, names, index } = tracesOf(queued({ steps: EACH, mapping: WINDOW }))
    expect(trees.length).toBe(4)
    trees.forEach((tree, n) => {
      expect(outline(tree)).toEqual(outlineOfEach(n))
      expect(index.resourcesOf(n).map((it) => names[it])).toEqual(['Shop', 'Orders', 'Worker', 'Done'])
    })
    const requests = trees.map(({ segments }) => segments.find(({ look }) => look === 'busy')!.requestId)
    expect(new Set(requests).size).toBe(1)
    expect(new Set(trees.map(({ id }) => id)).size).toBe(4)
  })

  test('fail together, come back together and are dead-lettered', () => {
    const steps = '[{ wait: 0.1 }, { fail: { poison: true } }]'
    const { trees, index } = tracesOf(queued({ steps, mapping: WINDOW, poison: '[2]' }))
    for (const tree of trees) {
      expect(outline(tree).filter((line) => /Hidden|Waiting|Queue|fault/.test(line))).toEqual(
        outline(trees[0]!).filter((line) => /Hidden|Waiting|Queue|fault/.test(line)),
      )
    }
    for (let place = 0; place < 4; place++) {
      expect([Flag.error, Flag.deadLetter].map((flag) => index.has(place, flag))).toEqual([true, true])
      expect(index.end.at(place)).toBe(index.end.at(0))
    }
  })

  test('but one that is reported alone comes back alone', () => {
    const steps = '[{ wait: 0.1, perMessage: true }, { fail: { poison: true }, perMessage: true }]'
    const { trees } = tracesOf(queued({ steps, mapping: WINDOW, poison: '[2]', reports: true }))
    const hidden = trees.map((tree) => outline(tree).flatMap((line) => /(Hidden|Dead) .*/.exec(line)?.[0] ?? []))
    expect(hidden).toEqual([
      ['Hidden 1000-2501 receive 1'],
      ['Hidden 1000-31000 receive 1', 'Hidden 31000-61000 receive 2', 'Dead 61000- not over'],
      ['Hidden 1000-2501 receive 1'],
      ['Hidden 1000-2501 receive 1'],
    ])
  })

  test.each<[string, Given]>([
    ['one by one', { steps: EACH, mapping: 'BatchSize: 1', traffic: '{ pattern: poisson, rate: 5, until: 30 }' }],
    ['as they come', { steps: EACH, traffic: '{ pattern: poisson, rate: 40, until: 30 }' }],
    ['in a window', { steps: EACH, mapping: WINDOW, traffic: '{ pattern: poisson, rate: 40, until: 30 }' }],
    [
      'in large batches',
      {
        steps: EACH.replace('0.1', '0.01'),
        mapping: 'BatchSize: 100, MaximumBatchingWindowInSeconds: 3',
        traffic: '{ pattern: poisson, rate: 40, until: 20 }',
      },
    ],
    [
      'that time out',
      {
        steps: EACH,
        late: true,
        mapping: 'BatchSize: 100, MaximumBatchingWindowInSeconds: 3',
        traffic: '{ pattern: poisson, rate: 40, until: 20 }',
      },
    ],
    [
      'with measured times',
      { steps: EACH, profile: 'aws-2026-11', traffic: '{ pattern: poisson, rate: 20, until: 20 }' },
    ],
    [
      'that overtake one another',
      {
        steps: EACH,
        mapping: WINDOW,
        facts: '{ sqs.disorder: 0.4 }',
        traffic: '{ pattern: poisson, rate: 40, until: 20 }',
      },
    ],
  ])('are followed whatever the batches: %s', (_, it) => {
    const { trees } = tracesOf(queued(it))
    expect(trees.length).toBeGreaterThan(100)
    // a call of a message's own turn tells in which invocation it truly was
    for (const tree of trees) {
      const told = outline(tree).join('\n')
      expect(tree.segments.filter(({ parent }) => parent < 0).length, told).toBe(1)
      const calls = tree.segments.filter(({ resource }) => resource === 'Done')
      // a batch that times out leaves some without a turn
      if (it.late !== true) expect(calls.length, told).toBe(1)
      for (const call of calls) {
        const work = tree.segments[call.parent]!
        expect(work.name, told).toBe('Invocation')
        expect(work.start <= call.start && call.end! <= work.end!, told).toBe(true)
      }
      for (const { look, end } of tree.segments) if (look === 'busy') expect(end, told).not.toBe(null)
    }
  })
})

/** The trace of message `n` of four that are worked on in turn, each for 0.1 s and a call of 5 ms. */
const outlineOfEach = (n: number): string[] => [
  'Coldstart::Client: Shop 1000-1000',
  '  sqs:SendMessage Orders 1000-1000',
  '    AWS::SQS::Queue: Orders 1000-2521',
  '      Hidden 1000-2521 receive 1',
  '        lambda:Invoke Worker 2000-2521 200 batch of 4',
  '          AWS::Lambda: Worker 2000-2521 200',
  '            Provisioning 2000-2050',
  '            AWS::Lambda::Function: Worker 2050-2521 cold start',
  '              Initialization 2050-2100',
  '              Overhead 2100-2101',
  '              Invocation 2101-2521',
  `                dynamodb:PutItem Done ${2_201 + n * 105}-${2_206 + n * 105}`,
]
