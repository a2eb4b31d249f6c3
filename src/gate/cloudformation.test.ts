import { describe, expect, test } from 'vitest'
import type { Json } from '../model/scenario'
import { editYaml } from './edit-yaml'
import { REGISTRY } from './bound'
import { gateText as gateTextWith } from './gate-text'
import { gateJson as gateValue } from './index'

const gateText = (text: string) => gateTextWith(text, REGISTRY)

const PASTED = `coldstart: 1
resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: "30"
      Tags:
        - { Key: team, Value: shop }
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Rights.Arn
      MemorySize: '512'
      VpcConfig:
        SubnetIds: []
        SecurityGroupIds: []
  Rights: { Type: AWS::IAM::Role }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Worker
      Enabled: "true"
      EventSourceArn: { 'Fn::GetAtt': [Orders, Arn] }
`

describe('a pasted CloudFormation snippet', () => {
  test('is read with its references, numbers as text and tags', () => {
    const result = gateText(PASTED.replace(/\n {6}VpcConfig:\n.*\n.*\n/, '\n'))
    expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    if (!result.ok) throw new Error('refused')
    const { Orders, Worker, Mapping } = result.scenario.resources
    expect(Mapping!.Properties).toEqual({ FunctionName: 'Worker', Enabled: true, EventSourceArn: 'Orders' })
    expect(Worker!.Properties).toEqual({ Role: 'Rights', MemorySize: 512 })
    expect(Orders!.Properties).toEqual({
      VisibilityTimeout: 30,
      Tags: [{ Key: 'team', Value: 'shop' }],
    })
    expect(result.normalised.resources['Orders']!.Properties).not.toHaveProperty('Tags')
  })

  test('keeps its spelling when something else is edited', () => {
    const text = PASTED.replace(/\n {6}VpcConfig:\n.*\n.*\n/, '\n')
    const result = gateText(text)
    if (!result.ok) throw new Error('refused')
    const after = { ...result.scenario, name: 'Mine' }
    const edited = editYaml(text, result.scenario, after)
    expect(edited).toContain('!GetAtt Rights.Arn')
    expect(edited).toContain('!Ref Worker')
    expect(gateText(edited)).toMatchObject({ ok: true, scenario: after })
  })

  const queue = (Properties: Json): unknown => ({
    coldstart: 1,
    resources: { Orders: { Type: 'AWS::SQS::Queue', Properties } },
  })
  test('a number as text still has its limits', () => {
    expect(gateValue(queue({ VisibilityTimeout: '43201' })).problems).toMatchObject([{ fix: { title: 'Set 43200' } }])
    expect(gateValue(queue({ VisibilityTimeout: '' })).ok).toBe(false)
  })
  test('what is named must be a resource, and tags have a key and a value', () => {
    const policy = (Ref: string): unknown =>
      queue({ RedrivePolicy: { deadLetterTargetArn: { Ref }, maxReceiveCount: 3 } })
    expect(gateValue(policy('Nobody')).ok).toBe(false)
    expect(gateValue(queue({ Tags: 'blue' })).ok).toBe(false)
    expect(gateValue(queue({ Tags: [{ Key: 'a', Value: 'b' }] })).ok).toBe(true)
  })
  test.each([{ Ref: 'Deat' }, { 'Fn::GetAtt': ['Deat', 'Arn'] }, { 'Fn::Sub': '${Deat.Arn}' }])(
    'a name nobody has is said to be one, with the nearest: %j',
    (deadLetterTargetArn) => {
      const named = (value: Json): readonly { message: string; fix?: { title: string } }[] =>
        gateValue({
          coldstart: 1,
          resources: {
            Dead: { Type: 'AWS::SQS::Queue' },
            Orders: {
              Type: 'AWS::SQS::Queue',
              Properties: { RedrivePolicy: { deadLetterTargetArn: value, maxReceiveCount: 3 } },
            },
          },
        }).problems
      expect(named(deadLetterTargetArn)).toMatchObject([{ fix: { title: 'Set Dead' } }])
      expect(named(deadLetterTargetArn)[0]!.message).toContain('names Deat, which does not exist')
      const right: unknown = JSON.parse(JSON.stringify(deadLetterTargetArn).replace('Deat', 'Dead'))
      expect(named(right as Json)).toEqual([])
    },
  )
  test('content keeps what looks like a reference', () => {
    const body = { Ref: 'Orders', n: '3' }
    const Behavior = { call: 'sqs:SendMessage', to: { Ref: 'Orders' }, body }
    const result = gateValue({
      coldstart: 1,
      resources: { Orders: { Type: 'AWS::SQS::Queue' }, Shop: { Type: 'Coldstart::Client', Behavior } },
    })
    expect(result.ok && result.scenario.resources['Shop']?.Behavior).toEqual({ ...Behavior, to: 'Orders' })
  })
})
