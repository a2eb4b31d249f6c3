import { describe, expect, it } from 'vitest'
import { createRun, resumeRun, type Run } from '../engine/run'
import { RowKind, Token, type EventContent, type Rows } from '../model/recording'
import type { JsonObject, Resource, Scenario } from '../model/scenario'
import { client, mayAll, openToAll, scenarioOf } from '../services/run.fixture'
import { ContentJob } from './content-job'
import { HandHost } from './port.fixture'
import type { FromWorker } from './protocol'

const fn = (steps: JsonObject[], more: JsonObject = {}, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3, Role: 'Role', ...properties },
  Behavior: { steps, ...more },
})
const mapping = (source: string, more: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: source, FunctionName: 'Fn', BatchSize: 10, ...more },
})
const ORDER = { source: 'shop', 'detail-type': 'order.placed', detail: { total: 42 } }

/** Events through a bus to a queue, polled in batches by a function that fails, with a dead-letter queue; and through another to a table. */
const SHOP = scenarioOf(
  openToAll({
    Shop: client('events:PutEvents', 'Bus', { pattern: 'constant', rate: 5 }, { body: ORDER }),
    Bus: { Type: 'AWS::Events::EventBus' },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: 'Bus',
        EventPattern: { source: ['shop'] },
        State: 'ENABLED',
        Targets: [
          { Id: 'a', Arn: 'Queue' },
          { Id: 'b', Arn: 'Saver' },
        ],
      },
    },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: { VisibilityTimeout: 5, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 2 } },
    },
    Dead: { Type: 'AWS::SQS::Queue' },
    Mapping: mapping('Queue', { MaximumBatchingWindowInSeconds: 1 }),
    Fn: fn([{ wait: 0.1 }, { fail: { rate: 0.3 } }]),
    Saver: fn([
      { call: 'dynamodb:PutItem', to: 'Table', key: 'k', set: { total: 1 } },
      { call: 'dynamodb:GetItem', to: 'Table', key: 'k' },
    ]),
    Table: { Type: 'AWS::DynamoDB::Table' },
    Caller: client('lambda:Invoke', 'Answers', { pattern: 'constant', rate: 1 }, { body: { question: 1 } }),
    Answers: fn([{ wait: 0.01 }], { response: { answer: 42 } }),
    Role: mayAll,
  }),
  { duration: 60 },
)

interface Hop {
  readonly row: number
  readonly action: string
  readonly token: number
  readonly count: number
}

/** The run as the worker keeps it, with few events between keyframes, and its hops. */
function ran(scenario: Scenario, keyframeEvery = 500): { run: Run; hops: Hop[]; others: number[] } {
  const run = createRun(scenario, { keyframeEvery })
  const hops: Hop[] = []
  const others: number[] = []
  run.kernel.recorder.sink = (rows: Rows) => {
    for (let i = 0; i < rows.length; i++) {
      const row = rows.first + i
      if (rows.kind[i] !== RowKind.hop) others.push(row)
      else
        hops.push({
          row,
          action: run.legend.wires[rows.subject[i]!]!.action,
          token: rows.code[i]!,
          count: rows.value[i]!,
        })
    }
  }
  while (!run.advance(1_000_000));
  return { run, hops, others }
}

function contentsOf(scenario: Scenario, run: Run, rows: readonly number[]): (EventContent | null)[] {
  const job = new ContentJob(scenario, run, rows)
  while (!job.step(1_000));
  return job.answer()
}

describe('content of hops', () => {
  const { run, hops, others } = ran(SHOP)
  const contents = contentsOf(
    SHOP,
    run,
    hops.map(({ row }) => row),
  )
  const first = (action: string, token: number): EventContent =>
    contents[hops.findIndex((hop) => hop.action === action && hop.token === token)]!

  it('is there for every hop and for nothing else', () => {
    expect(hops.length).toBeGreaterThan(1_000)
    expect(run.keyframes.all.length).toBeGreaterThan(5)
    expect(contents.filter((content) => content === null)).toEqual([])
    expect(contentsOf(SHOP, run, others.slice(0, 300)).every((content) => content === null)).toBe(true)
    expect(contentsOf(SHOP, run, [-1, run.kernel.recorder.count, 1e9])).toEqual([null, null, null])
  })

  it('is what was put, an event at its rule, a message in a queue', () => {
    expect(first('events:PutEvents', Token.event)).toEqual({ body: ORDER, count: 1 })
    expect(first('sqs:SendMessage', Token.message).body).toMatchObject(ORDER)
    expect(first('lambda:InvokeAsync', Token.event).body).toMatchObject(ORDER)
    expect(first('dynamodb:PutItem', Token.request).body).toEqual({ key: 'k', set: { total: 1 } })
  })

  it('is the batch a function gets: Records, and their bodies taken apart', () => {
    const at = hops.findIndex(({ action, token }) => action === 'lambda:Invoke' && token === Token.batch)
    const { body, count, items } = contents[at]!
    const { Records } = body as { Records: JsonObject[] }
    expect(Records).toHaveLength(count)
    expect(count).toBe(hops[at]!.count)
    expect(Records[0]).toMatchObject({
      body: JSON.stringify(items![0]),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:Queue',
      attributes: { ApproximateReceiveCount: '1' },
    })
    expect(items![0]).toMatchObject(ORDER)
    const ids = Records.map(({ messageId }) => messageId)
    expect(new Set(ids).size).toBe(count)
    // what is received is what is handed on, and what is deleted
    const received = contents.findLast(
      (content, i) => i < at && hops[i]!.action === 'sqs:ReceiveMessage' && content!.items !== undefined,
    )!
    const messages = (received.body as { Messages: JsonObject[] }).Messages
    expect(ids).toContain(messages[0]!['MessageId'])
  })

  it('is the answer, where one carries something', () => {
    expect(first('lambda:Invoke', Token.response)).toEqual({ body: { answer: 42 }, count: 1 })
    expect(first('dynamodb:GetItem', Token.response)).toEqual({ body: { Item: { total: 1 } }, count: 1 })
    expect(first('dynamodb:PutItem', Token.response)).toEqual({ body: null, count: 1 })
    expect(first('lambda:Invoke', Token.error)).toEqual({ body: null, count: 1 })
  })

  it('stays with a message that goes to the dead-letter queue', () => {
    expect(first('sqs:Redrive', Token.deadLetter)).toMatchObject({ body: ORDER, count: 1 })
  })

  it('is the same from any keyframe, whatever is asked with it, and in a run that was resumed', () => {
    const picked = hops.filter((_, i) => i % 37 === 0)
    const asked = picked.map(({ row }) => row)
    const expected = picked.map((hop) => contents[hops.indexOf(hop)]!)
    expect(contentsOf(SHOP, ran(SHOP, 1e9).run, asked)).toEqual(expected)
    expect(asked.map((row) => contentsOf(SHOP, run, [row])[0])).toEqual(expected)
    const { keyframes } = run
    const frame = keyframes.all[5]!
    const resumed = resumeRun(SHOP, frame, keyframes.until(frame.at + 1), { keyframeEvery: 500 })
    while (!resumed.advance(1_000_000));
    expect(contentsOf(SHOP, resumed, asked.toReversed())).toEqual(expected.toReversed())
  })

  it('does not change the run it looks into', () => {
    const bare = ran(SHOP)
    expect(bare.run.series()).toEqual(run.series())
    expect(bare.hops).toEqual(hops)
  })
})

describe('content of streams and records', () => {
  it('of a shard: records with the sequence numbers and times they were read with', () => {
    const scenario = scenarioOf(
      {
        Sensor: client(
          'kinesis:PutRecord',
          'Stream',
          { pattern: 'constant', rate: 20 },
          { body: { c: 21 }, group: 'a' },
        ),
        Stream: {
          Type: 'AWS::Kinesis::Stream',
          Properties: { ShardCount: 2, StreamModeDetails: { StreamMode: 'PROVISIONED' } },
        },
        Mapping: mapping('Stream', { StartingPosition: 'TRIM_HORIZON', BatchSize: 100 }),
        Fn: fn([{ wait: 0.01 }]),
        Role: mayAll,
      },
      { duration: 20 },
    )
    const { run, hops } = ran(scenario)
    const contents = contentsOf(
      scenario,
      run,
      hops.map(({ row }) => row),
    )
    const of = (action: string, token: number): EventContent =>
      contents.find((content, i) => hops[i]!.action === action && hops[i]!.token === token && content!.items?.length)!
    const read = of('kinesis:GetRecords', Token.response)
    const invoked = of('lambda:Invoke', Token.batch)
    expect(invoked.items![0]).toEqual({ c: 21 })
    expect(invoked.count).toBe(read.count)
    const records = (it: EventContent): JsonObject[] => (it.body as { Records: JsonObject[] }).Records
    expect(records(invoked).map(({ kinesis }) => kinesis)).toEqual(records(read).map(({ kinesis }) => kinesis))
    expect(records(invoked)[0]).toMatchObject({ kinesis: { partitionKey: 'a' }, eventSource: 'aws:kinesis' })
  })

  it('of what a destination is told: request id and time stand in it', () => {
    const scenario = scenarioOf(
      {
        C: client('lambda:InvokeAsync', 'Fn', { pattern: 'once' }, { body: { a: 1 } }),
        Fn: fn([{ fail: {} }]),
        Async: {
          Type: 'AWS::Lambda::EventInvokeConfig',
          Properties: {
            FunctionName: 'Fn',
            Qualifier: '$LATEST',
            MaximumRetryAttempts: 0,
            DestinationConfig: { OnFailure: { Destination: 'Failed' } },
          },
        },
        Failed: { Type: 'AWS::SQS::Queue' },
        Role: mayAll,
      },
      { duration: 60 },
    )
    const { run, hops } = ran(scenario)
    const { row } = hops.find(({ action }) => action === 'sqs:SendMessage')!
    const [content] = contentsOf(scenario, run, [row])
    const stored = run.contents().find(({ resource }) => resource === 'Failed')!.value as JsonObject
    expect(content!.body).toEqual(stored['body'])
    expect(JSON.stringify(content)).not.toMatch(/\$(requestId|timestamp)/)
  })
})

describe('the simulator host', () => {
  const contents = (messages: readonly FromWorker[]) => messages.filter((message) => message.type === 'content')
  const settle = async (worker: HandHost): Promise<void> => {
    for (let i = 0; i < 50; i++) {
      await new Promise((done) => setTimeout(done, 2))
      worker.turn()
    }
  }

  it('answers every request in order, of the run under way alone', async () => {
    const { hops } = ran(SHOP)
    const rows = hops.slice(10, 15).map(({ row }) => row)
    const worker = new HandHost()
    worker.host.receive({ type: 'run', run: 1, scenario: SHOP })
    worker.turn()
    worker.host.receive({ type: 'content', run: 1, rows })
    worker.host.receive({ type: 'content', run: 1, rows: [0] })
    await settle(worker)
    const answers = contents(worker.take())
    expect(answers.map((answer) => answer.rows)).toEqual([rows, [0]])
    expect(answers[0]!.contents.every((content) => content !== null)).toBe(true)

    worker.host.receive({ type: 'content', run: 1, rows })
    worker.host.receive({ type: 'run', run: 2, scenario: SHOP })
    worker.host.receive({ type: 'content', run: 1, rows })
    await settle(worker)
    expect(contents(worker.take())).toEqual([])
  })
})
