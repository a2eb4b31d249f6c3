import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../model/scenario'
import { helpAt, suggestions } from './suggest'
import { contextAt } from './yaml-context'

const scenario: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Orders: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 1 } },
    Dead: { Type: 'AWS::SQS::Queue' },
    Worker: { Type: 'AWS::Lambda::Function', Behavior: { steps: [{ call: 'sqs:SendMessage', to: 'Orders' }] } },
  },
}
const labels = (text: string) => {
  const offset = text.indexOf('|')
  const plain = text.replace('|', '')
  return suggestions(contextAt(plain, offset), plain, scenario).map(({ label }) => label)
}

describe('suggestions', () => {
  it('knows the envelope, profiles, resource keys and types', () => {
    expect(labels('|')).toContain('interventions')
    expect(labels('profile: |')).toContain('aws-2026-11')
    expect(labels('resources:\n  New:\n    |')).toEqual(['Type', 'Properties', 'Behavior'])
    expect(labels('resources:\n  New:\n    Type: |')).toContain('AWS::SQS::Queue')
  })
  it('offers the properties of the type in the text, without those written', () => {
    const orders = labels('resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      |')
    expect(orders).toContain('VisibilityTimeout')
    expect(orders).not.toContain('DelaySeconds')
    expect(labels('resources:\n  New: { Type: AWS::Lambda::Function, Properties: { |')).toContain('MemorySize')
  })
  it('offers ids that a reference may name', () => {
    expect(
      labels('resources:\n  Map:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      EventSourceArn: |'),
    ).toEqual(['Orders', 'Dead'])
  })
  it('goes into steps and nested objects', () => {
    const head = 'resources:\n  Worker:\n    Type: AWS::Lambda::Function\n    Behavior:\n      steps:\n        - '
    expect(labels(`${head}{ call: |`)).toContain('sqs:SendMessage')
    expect(
      labels('resources:\n  New:\n    Type: AWS::Lambda::Function\n    Behavior:\n      steps:\n        - |'),
    ).toEqual(expect.arrayContaining(['cpu', 'wait', 'call', 'fail']))
    expect(
      labels('resources:\n  New:\n    Type: AWS::Lambda::Function\n    Properties:\n      VpcConfig:\n        |'),
    ).toEqual(['SubnetIds', 'SecurityGroupIds'])
  })
})

it('explains keys with range, default and source', () => {
  const text = 'resources:\n  Worker:\n    Type: AWS::Lambda::Function\n'
  expect(helpAt(['resources', 'Worker', 'Properties', 'MemorySize'], text, scenario)).toMatch(
    /128 to 10240 MB\. Default 128\. Source: LAM-1/,
  )
  expect(helpAt(['seed'], text, scenario)).toBe('Same seed, same run.')
  expect(helpAt(['resources', 'Worker', 'Properties', 'Nonsense'], text, scenario)).toBeNull()
})
