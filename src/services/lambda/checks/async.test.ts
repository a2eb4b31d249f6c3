import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../../model/scenario'
import { deadLetters, destinations } from './async'
import { alias, errors, fixed, fn, problems, queue, scenarioOf, version } from './gate.fixture'

const config = (properties: JsonObject): Resource => ({
  Type: 'AWS::Lambda::EventInvokeConfig',
  Properties: { FunctionName: 'F', ...properties },
})
const to = (Destination: string, when = 'OnFailure') => config({ DestinationConfig: { [when]: { Destination } } })
/** A role that may do `actions` on `resource`. */
const role = (actions: string[], resource: string): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'All',
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: 'logs:*', Resource: '*' },
            { Effect: 'Allow', Action: actions, Resource: resource },
          ],
        },
      },
    ],
  },
})

describe('dead-letter queue (INV-9, INV-12)', () => {
  const F = fn({ DeadLetterConfig: { TargetArn: 'Q' } })
  test('needs the permission; the fix grants it', () => {
    expect(errors({ F, Q: queue() })).toEqual([
      'Role does not allow sqs:SendMessage on Q, which F needs here (INV-12). Allow it. AWS: The provided execution role does not have permissions to call SendMessage on SQS',
    ])
    expect(fixed({ F, Q: queue() })).toEqual([])
    expect(problems({ F, Q: queue(), Role: role(['sqs:SendMessage'], 'Q') })).toEqual([])
  })
  test('the fix keeps what the role says already', () => {
    const other = role(['sqs:SendMessage'], 'Other')
    expect(fixed({ F, Q: queue(), Other: queue(), Role: other })).toEqual([])
  })
  test('is a standard queue', () => {
    const Q = queue({ QueueName: 'dead.fifo', FifoQueue: true })
    expect(deadLetters(scenarioOf({ F, Q, Role: role(['sqs:SendMessage'], 'Q') }))[0]?.message).toContain(
      'Invalid dead letter queue ARN: FIFO SQS queue is not supported for dead letter configuration',
    )
  })
})

describe('destinations (INV-10, INV-12)', () => {
  const F = fn()
  test.each([
    [
      'a queue',
      'Q',
      queue(),
      'sqs:SendMessage',
      "The function's execution role does not have permissions to call SendMessage on arn:aws:sqs:us-east-1:123456789012:Q",
    ],
    [
      'a function',
      'G',
      fn({ Role: 'Plain' }),
      'lambda:InvokeFunction',
      'InvokeFunction on arn:aws:lambda:us-east-1:123456789012:function:G',
    ],
    [
      'a bus',
      'B',
      { Type: 'AWS::Events::EventBus' },
      'events:PutEvents',
      'PutEvents on arn:aws:events:us-east-1:123456789012:event-bus/B',
    ],
  ])('%s needs the permission; the fix grants it', (_, id, target, action, words) => {
    const rest = { F, [id]: target, Config: to(id), Plain: role(['logs:PutLogEvents'], '*') }
    const [message] = errors(rest)
    expect(message).toContain(words)
    expect(fixed(rest).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(errors({ ...rest, Role: role([action], id) })).toEqual([])
  })
  test.each(['F', 'V', 'Live'])('the function itself as %s is refused', (id) => {
    const found = errors({ F, V: version('F'), Live: alias('F', 'V'), Config: to(id, 'OnSuccess') })
    expect(found).toHaveLength(1)
    expect(found[0]).toContain("You can't specify the function as a destination for itself.")
  })
  test('a FIFO queue is refused', () => {
    const Q = queue({ QueueName: 'records.fifo', FifoQueue: true })
    const scenario = scenarioOf({ F, Q, Config: to('Q'), Role: role(['sqs:SendMessage'], 'Q') })
    expect(destinations(scenario)[0]?.message).toContain('Q is a FIFO queue')
  })
})

describe('qualifier', () => {
  const base = { F: fn(), V: version('F', {}, { number: 7 }), Live: alias('F', 'V', { Name: 'prod' }) }
  test.each(['$LATEST', '7', 'prod'])('%s names something', (Qualifier) =>
    expect(errors({ ...base, Config: config({ Qualifier }) })).toEqual([]),
  )
  test.each(['8', 'beta'])('%s names nothing', (Qualifier) => {
    expect(errors({ ...base, Config: config({ Qualifier }) })).toEqual([
      `Config: F has no alias or version ${Qualifier}. It has $LATEST, prod, 7. AWS: The function arn:aws:lambda:us-east-1:123456789012:function:F:${Qualifier} doesn't exist.`,
    ])
    expect(fixed({ ...base, Config: config({ Qualifier }) })).toEqual([])
  })
  test('has one configuration', () => {
    expect(errors({ ...base, A: config({}), B: config({}) })[0]).toContain(
      'B and A are both the async settings of $LATEST of F',
    )
    expect(fixed({ ...base, A: config({}), B: config({}) })).toEqual([])
  })
})

describe('logs (LAM-29)', () => {
  test('a role that may not write them: a note, and a fix', () => {
    const Role: Resource = { Type: 'AWS::IAM::Role', Properties: {} }
    const [first] = problems({ F: fn(), Role })
    expect(first?.severity).toBe('info')
    expect(first?.message).toContain('logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents')
    expect(fixed({ F: fn(), Role })).toEqual([])
  })
  test('the managed policy of AWS holds them', () => {
    const arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
    expect(problems({ F: fn(), Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [arn] } } })).toEqual(
      [],
    )
  })
})
