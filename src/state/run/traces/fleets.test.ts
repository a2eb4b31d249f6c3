import { expect, test } from 'vitest'
import { gate } from '../../../gate/text'
import { outline, tracesOf } from './traces.fixture'

test('a worker of a fleet works while the message is hidden, calls, and ends the message', () => {
  const gated = gate(`
coldstart: 1
profile: teaching
seed: 42
duration: 100
resources:
  Shop: { Type: Coldstart::Client, Behavior: { traffic: { pattern: burst, count: 3, at: 1 }, call: sqs:SendMessage, to: Orders, poison: [2] } }
  Orders: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 30, RedrivePolicy: { deadLetterTargetArn: Dead, maxReceiveCount: 2 } } }
  Dead: { Type: AWS::SQS::Queue }
  W: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: 1, MaxSize: 1 }, Behavior: { worker: { queue: Orders, duration: 2, batch: 3, call: dynamodb:PutItem, to: Done } } }
  Done: { Type: AWS::DynamoDB::Table }
`)
  if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
  const { trees } = tracesOf(gated.normalised)
  const done = (from: number, to: number): string[] => [
    'Coldstart::Client: Shop 1000-1000',
    '  sqs:SendMessage Orders 1000-1000',
    `    AWS::SQS::Queue: Orders 1000-${to}`,
    `      Hidden 1000-${to} receive 1`,
    `        AWS::AutoScaling::AutoScalingGroup: W ${from}-${to}`,
    `          dynamodb:PutItem Done ${to - 5}-${to}`,
  ]
  expect(outline(trees[0]!)).toEqual(done(1_000, 3_005))
  expect(outline(trees[2]!)).toEqual(done(5_005, 7_010))
  expect(outline(trees[1]!)).toEqual([
    'Coldstart::Client: Shop 1000-1000',
    '  sqs:SendMessage Orders 1000-1000',
    '    AWS::SQS::Queue: Orders 1000-61000',
    '      Hidden 1000-31000 receive 1',
    '        AWS::AutoScaling::AutoScalingGroup: W 3005-5005 fault',
    '      Hidden 31000-61000 receive 2',
    '        AWS::AutoScaling::AutoScalingGroup: W 31000-33000 fault',
    '      AWS::SQS::Queue: Dead 61000- not over',
    '        Waiting 61000- not over',
  ])
})
