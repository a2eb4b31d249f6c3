import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../../model/scenario'
import { applyPatches } from '../../problems/applyPatches'
import { accessOf, actionProblem, callsOf, grantAll } from './calls'

const policy = (...Statement: { [key: string]: string }[]) => [
  { PolicyName: 'Own', PolicyDocument: { Version: '2012-10-17', Statement } },
]
const scenario: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: 'WorkerRole' },
      Behavior: {
        steps: [
          { call: 'dynamodb:PutItem', to: 'Table' },
          { call: 'https:Request', to: 'Api' },
        ],
      },
    },
    WorkerRole: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: policy({ Sid: 'Poll', Effect: 'Allow', Action: 'sqs:*', Resource: 'Orders' }) },
    },
    Orders: { Type: 'AWS::SQS::Queue' },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'Orders', FunctionName: 'Worker' },
    },
    Table: { Type: 'AWS::DynamoDB::Table' },
    Api: { Type: 'Coldstart::Internet' },
  },
}
const put = (of: Scenario) => accessOf('Worker', of).find(({ call }) => call.iam === 'dynamodb:PutItem')!

describe('access of a function', () => {
  it('lists what the code and the pollers need, and asks nothing for the internet', () => {
    expect(callsOf('Worker', scenario).map(({ action, to, by }) => `${by} ${action} ${to}`)).toEqual(
      expect.arrayContaining([
        'code dynamodb:PutItem Table',
        'code https:Request Api',
        'pollers sqs:ReceiveMessage Orders',
      ]),
    )
    expect(accessOf('Worker', scenario).map(({ call }) => call.to)).not.toContain('Api')
  })

  it('names the statement that decided', () => {
    const polling = accessOf('Worker', scenario).find(({ call }) => call.iam === 'sqs:DeleteMessage')
    expect(polling).toMatchObject({ allowed: true, why: 'Allowed by Poll.', grant: [] })
  })

  it('grants what is missing with one edit', () => {
    expect(put(scenario)).toMatchObject({ allowed: false, why: 'No statement allows it.' })
    expect(put(applyPatches(scenario, put(scenario).grant)).allowed).toBe(true)
  })

  it('offers no grant against a Deny', () => {
    const denied = structuredClone(scenario)
    denied.resources['WorkerRole']!.Properties!['Policies'] = policy({
      Sid: 'Never',
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
    })
    expect(put(denied)).toMatchObject({ allowed: false, why: 'Denied by Never. A Deny beats every Allow.', grant: [] })
  })

  it('writes a role where there is none', () => {
    const bare = structuredClone(scenario)
    delete bare.resources['Worker']!.Properties!['Role']
    delete bare.resources['WorkerRole']
    expect(put(bare).why).toBe('The function has no role.')
    expect(put(applyPatches(bare, put(bare).grant)).allowed).toBe(true)
    expect(accessOf('Worker', bare)).toHaveLength(4)
    expect(accessOf('Worker', applyPatches(bare, grantAll('Worker', bare))).every(({ allowed }) => allowed)).toBe(true)
  })
})

it('reads lists of actions', () => {
  expect(actionProblem('sqs:SendMessage, dynamodb:*')).toBeUndefined()
  expect(actionProblem('*')).toBeUndefined()
  expect(actionProblem('')).toMatch(/at least one/)
  expect(actionProblem('sqs:SendMessage, send')).toMatch(/^send is no action/)
})
