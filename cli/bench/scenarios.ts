import type { LoopModel } from './hand-written'

/** Calls per second. Busy enough for several environments, far below every quota. */
const RATE = 100
/** Messages per second to the queue of `queued`: five pollers keep up, and find several messages at each receive. */
const QUEUE_RATE = 1_000
const SERVICE = 0.03

/** Client -> function with Poisson arrivals and an exponential handler, as a document for the gate. */
export function direct(invocations: number): object {
  return {
    coldstart: 1,
    name: 'Bench: client to function',
    profile: 'teaching',
    seed: 42,
    duration: invocations / RATE,
    resources: {
      Client: {
        Type: 'Coldstart::Client',
        Behavior: { traffic: { pattern: 'poisson', rate: RATE }, call: 'lambda:Invoke', to: 'Fn' },
      },
      Fn: fn,
      FnRole: role([]),
    },
  }
}

/** Client -> queue -> function with the mapping's defaults: batches of up to 10, no window; 1,000 messages a second. */
export const queued = (messages: number): object => behindQueue(messages, QUEUE_RATE, {})

/** The same with a batch for each message, 100 a second. */
export const queuedSingle = (messages: number): object => behindQueue(messages, RATE, { BatchSize: 1 })

function behindQueue(messages: number, rate: number, mapping: object): object {
  return {
    coldstart: 1,
    name: 'Bench: client to queue to function',
    profile: 'teaching',
    seed: 42,
    duration: messages / rate,
    resources: {
      Client: {
        Type: 'Coldstart::Client',
        Behavior: { traffic: { pattern: 'poisson', rate }, call: 'sqs:SendMessage', to: 'Queue' },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'Queue', FunctionName: 'Fn', ...mapping },
      },
      Fn: fn,
      FnRole: role([
        {
          Effect: 'Allow',
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          Resource: ['Queue'],
        },
      ]),
    },
  }
}

/** Client -> bus -> three rules -> a function each: 1,000 events a second for ten minutes, or as long as the events last. */
export function bus(events = 600_000): object {
  const rule = (to: string, pattern: object): object => ({
    Type: 'AWS::Events::Rule',
    Properties: { EventBusName: 'Bus', EventPattern: pattern, Targets: [{ Id: to, Arn: to }] },
  })
  const allowed = (to: string, by: string): object => ({
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: to,
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: by,
    },
  })
  return {
    coldstart: 1,
    name: 'Bench: client to bus to three functions',
    profile: 'teaching',
    seed: 42,
    duration: events / 1_000,
    resources: {
      Client: {
        Type: 'Coldstart::Client',
        Behavior: {
          traffic: { pattern: 'poisson', rate: 1_000 },
          call: 'events:PutEvents',
          to: 'Bus',
          body: {
            source: 'shop.orders',
            'detail-type': 'Order paid',
            detail: { state: 'paid', total: 42, region: 'eu-west-1' },
          },
        },
      },
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
      Paid: rule('Fn', { source: ['shop.orders'], detail: { state: ['paid'] } }),
      European: rule('Stock', { detail: { region: [{ prefix: 'eu-' }] } }),
      Large: rule('Mail', { source: [{ 'anything-but': 'shop.test' }], detail: { total: [{ numeric: ['>', 10] }] } }),
      PaidMay: allowed('Fn', 'Paid'),
      EuropeanMay: allowed('Stock', 'European'),
      LargeMay: allowed('Mail', 'Large'),
      Fn: fn,
      Stock: fn,
      Mail: fn,
      FnRole: role([]),
    },
  }
}

/** The same system for the hand-written loop; teaching's constants. */
export function model(invocations: number): LoopModel {
  return {
    seed: 42,
    duration: invocations / RATE,
    rate: RATE,
    service: SERVICE,
    coldStart: 0.1,
    overhead: 0.001,
    idle: 600,
    concurrencyLimit: 1_000,
  }
}

const fn = {
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize: 1_769, Timeout: 5, Role: 'FnRole' },
  Behavior: { steps: [{ wait: { exp: SERVICE } }] },
}

function role(statements: readonly object[]): object {
  const logs = { Effect: 'Allow', Action: ['logs:*'], Resource: ['*'] }
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [
        { PolicyName: 'Function', PolicyDocument: { Version: '2012-10-17', Statement: [logs, ...statements] } },
      ],
    },
  }
}
