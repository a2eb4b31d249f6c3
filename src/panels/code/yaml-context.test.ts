import { describe, expect, it } from 'vitest'
import { contextAt } from './yaml-context'

/** The context at `|`. */
const at = (text: string) => contextAt(text.replace('|', ''), text.indexOf('|'))

const HEAD = 'coldstart: 1\nresources:\n  # the queue\n  Orders:\n    Type: AWS::SQS::Queue\n'

describe('contextAt', () => {
  it.each([
    ['|', [], 'key', ''],
    ['prof|', [], 'key', 'prof'],
    ['profile: |', ['profile'], 'value', ''],
    ['profile: tea|', ['profile'], 'value', 'tea'],
    [`${HEAD}    |`, ['resources', 'Orders'], 'key', ''],
    [`${HEAD}    Properties:\n      Vis|`, ['resources', 'Orders', 'Properties'], 'key', 'Vis'],
    [`${HEAD}    Properties: { VisibilityTimeout: 30, De|`, ['resources', 'Orders', 'Properties'], 'key', 'De'],
    [
      `${HEAD}    Properties: { VisibilityTimeout: |`,
      ['resources', 'Orders', 'Properties', 'VisibilityTimeout'],
      'value',
      '',
    ],
    [`${HEAD}    Properties: { RedrivePolicy: { a: 1 }, |`, ['resources', 'Orders', 'Properties'], 'key', ''],
    [
      `${HEAD}    Properties:\n      {\n        RedrivePolicy: { deadLetterTargetArn: O|`,
      ['resources', 'Orders', 'Properties', 'RedrivePolicy', 'deadLetterTargetArn'],
      'value',
      'O',
    ],
    [`${HEAD}    Properties:\n      Tags: [ a, b|`, ['resources', 'Orders', 'Properties', 'Tags', 1], 'value', 'b'],
    [
      `${HEAD}    Behavior:\n      steps:\n        - cpu: 1\n        - wait: 2\n          co|`,
      ['resources', 'Orders', 'Behavior', 'steps', 1],
      'key',
      'co',
    ],
    [
      `${HEAD}    Behavior:\n      steps:\n        - cpu: 1\n        - |`,
      ['resources', 'Orders', 'Behavior', 'steps', 1],
      'key',
      '',
    ],
    [
      `${HEAD}    Behavior:\n      steps:\n        - { call: sqs:SendMessage, to: |`,
      ['resources', 'Orders', 'Behavior', 'steps', 0, 'to'],
      'value',
      '',
    ],
    [
      `${HEAD}    Behavior:\n      steps:\n      - { cpu: 1 }\n      - { wa|`,
      ['resources', 'Orders', 'Behavior', 'steps', 1],
      'key',
      'wa',
    ],
    [`${HEAD}  Worker:\n    Ty|`, ['resources', 'Worker'], 'key', 'Ty'],
    [`${HEAD}layout:\n  |`, ['layout'], 'key', ''],
  ])('%j', (text, path, kind, word) => {
    expect(at(text)).toEqual({ path, at: kind, word })
  })
})
