import type { LoopModel } from './hand-written'

/** Calls per second. Busy enough for several environments, far below every quota. */
const RATE = 100
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

/** Client -> queue -> function. */
export function queued(invocations: number): object {
  return {
    coldstart: 1,
    name: 'Bench: client to queue to function',
    profile: 'teaching',
    seed: 42,
    duration: invocations / RATE,
    resources: {
      Client: {
        Type: 'Coldstart::Client',
        Behavior: { traffic: { pattern: 'poisson', rate: RATE }, call: 'sqs:SendMessage', to: 'Queue' },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'Queue', FunctionName: 'Fn', BatchSize: 1 },
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
