import { describe, expect, it } from 'vitest'
import type { Json, JsonObject, Resource } from '../model/scenario'
import { evaluate } from './evaluate'
import { matchesGlob } from './glob'
import { grant, revoke } from './grant'
import { policyProblems, statementsOf } from './role'

function role(...statements: Json[]): Resource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: { Policies: [{ PolicyName: 'Own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }] },
  }
}
const allow = (action: Json, resource: Json = '*'): JsonObject => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
})
const deny = (action: Json, resource: Json = '*'): JsonObject => ({
  Effect: 'Deny',
  Action: action,
  Resource: resource,
})
const ask = (of: Resource, action: string, resource: string | string[] = 'Orders', boundary?: Resource) =>
  evaluate({ statements: statementsOf(of), action, resource, ...(boundary && { boundary: statementsOf(boundary) }) })

describe('evaluate', () => {
  it('denies implicitly until a statement allows', () => {
    expect(ask(role(), 'sqs:SendMessage')).toMatchObject({ allowed: false, decision: 'implicitDeny' })
    expect(ask(role(allow('sns:*'), allow('sqs:SendMessage', 'Orders')), 'sqs:SendMessage')).toMatchObject({
      allowed: true,
      decision: 'allow',
      statement: 1,
      text: 'sqs:SendMessage on Orders is allowed by statement 2 of policy Own.',
    })
  })

  it('lets a Deny win wherever it stands', () => {
    const denied = { allowed: false, decision: 'explicitDeny' }
    expect(ask(role(allow('*'), deny('sqs:*', 'Orders')), 'sqs:SendMessage')).toMatchObject({ ...denied, statement: 1 })
    expect(ask(role(deny('sqs:*', 'Other'), allow('*')), 'sqs:SendMessage').allowed).toBe(true)
    const boundary = role(allow('*'), deny('sqs:SendMessage'))
    expect(ask(role(allow('*')), 'sqs:SendMessage', 'Orders', boundary)).toMatchObject({
      ...denied,
      source: 'boundary',
    })
  })

  it('stays within the boundary, which grants nothing itself', () => {
    expect(ask(role(allow('*')), 'sqs:SendMessage', 'Orders', role(allow('sns:*')))).toMatchObject({
      decision: 'implicitDeny',
      source: 'boundary',
    })
    expect(ask(role(), 'sqs:SendMessage', 'Orders', role(allow('*')))).toMatchObject({
      decision: 'implicitDeny',
      source: 'identity',
    })
    expect(ask(role(allow('sqs:*')), 'sqs:SendMessage', 'Orders', role(allow('*'))).allowed).toBe(true)
  })

  it.each([
    ['SQS:sendmessage', 'Orders', true],
    ['sqs:Send*', 'Orders', true],
    ['sqs:SendMessag?', 'Orders', true],
    ['sqs:SendMessage?', 'Orders', false],
    ['sqs:SendMessage', 'orders', false],
    ['sqs:SendMessage', 'arn:aws:sqs:*:*:Ord*', true],
    ['sqs:SendMessage', 'Order', false],
  ])('%s on %s for sqs:SendMessage is %s', (action, resource, allowed) => {
    const names = ['Orders', 'arn:aws:sqs:eu-central-1:123456789012:Orders']
    expect(ask(role(allow([action], [resource])), 'sqs:SendMessage', names).allowed).toBe(allowed)
  })

  it('reads NotAction and NotResource as everything else', () => {
    const others = role({ Effect: 'Allow', NotAction: ['iam:*', 'sqs:DeleteQueue'], NotResource: 'Audit*' })
    expect(ask(others, 'sqs:SendMessage').allowed).toBe(true)
    expect(ask(others, 'sqs:deletequeue').allowed).toBe(false)
    expect(ask(others, 'sqs:SendMessage', ['Q', 'AuditLog']).allowed).toBe(false)
  })
})

describe('matchesGlob', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['?', '', false],
    ['a*b*c', 'aXbYbc', true],
    ['a*b*c', 'aXbYb', false],
    ['**', 'x', true],
    ['a.c', 'abc', false],
  ])('%s on %s is %s', (pattern, value, expected) => {
    expect(matchesGlob(pattern, value, false)).toBe(expected)
  })

  it('takes bounded time on many asterisks', () => {
    expect(matchesGlob(`${'a*'.repeat(50)}b`, 'a'.repeat(5000), false)).toBe(false)
  })
})

describe('policyProblems', () => {
  const paths = (of: Resource) => policyProblems(of).map(({ path }) => path.replace('/Properties/Policies', ''))
  const at = '/0/PolicyDocument/Statement/0'

  it('is silent on sound policies, one statement or several', () => {
    expect(policyProblems(role(allow('sqs:*'), deny(['s3:Get?bject', '*'], ['A', 'B'])))).toEqual([])
    const single = {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: allow('sqs:*') } }] },
    }
    expect(policyProblems(single)).toEqual([])
    expect(statementsOf(single)).toHaveLength(1)
    expect(policyProblems({ Type: 'AWS::IAM::Role' })).toEqual([])
  })

  it.each<[Json, string]>([
    [7, ''],
    [{ ...allow('sqs:*'), Effect: 'allow' }, '/Effect'],
    [{ Effect: 'Allow', Resource: '*' }, '/Action'],
    [{ ...allow('sqs:*'), NotAction: 'sns:*' }, '/Action'],
    [{ Effect: 'Allow', Action: 'sqs:*' }, '/Resource'],
    [allow([]), '/Action'],
    [allow(['sqs:*', 4]), '/Action/1'],
    [allow('sqs:*', { Ref: 'Orders' }), '/Resource'],
    [allow('SendMessage'), '/Action'],
    [{ ...allow('sqs:*'), Principal: '*' }, '/Principal'],
    [{ ...allow('sqs:*'), Ressource: '*' }, '/Ressource'],
    [{ ...allow('sqs:*'), Sid: 'not here' }, '/Sid'],
    [{ ...allow('sqs:*'), Condition: {} }, '/Condition'],
  ])('%j', (statement, path) => {
    expect(paths(role(statement))).toEqual([at + path])
  })

  it.each<[Json, string[]]>([
    ['x', ['']],
    [[4], ['/0']],
    [[{ PolicyDocument: {} }], ['/0/PolicyName', '/0/PolicyDocument/Statement']],
    [[{ PolicyName: 'P' }], ['/0/PolicyDocument']],
    [
      [{ PolicyName: 'P', PolicyDocument: { Version: '2024', Statement: [] } }],
      ['/0/PolicyDocument/Version', '/0/PolicyDocument/Statement'],
    ],
  ])('policies %j', (policies, expected) => {
    const broken = { Type: 'AWS::IAM::Role', Properties: { Policies: policies } }
    expect(paths(broken)).toEqual(expected)
    expect(statementsOf(broken)).toEqual([])
  })

  it('wants policy names to differ', () => {
    const policy = { PolicyName: 'P', PolicyDocument: { Statement: [allow('*')] } }
    expect(paths({ Type: 'AWS::IAM::Role', Properties: { Policies: [policy, policy] } })).toEqual(['/1/PolicyName'])
  })
})

describe('grant and revoke', () => {
  const bare: Resource = { Type: 'AWS::IAM::Role' }
  const connections = (of: Resource) => of.Properties?.['Policies']

  it('writes one statement per target and appends actions', () => {
    const once = grant(bare, 'sqs:SendMessage', 'Orders')
    const more = grant(grant(once, 'sqs:DeleteMessage', 'Orders'), 'dynamodb:PutItem', 'Table')
    expect(connections(more)).toEqual([
      {
        PolicyName: 'Connections',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Sid: 'Orders', Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:DeleteMessage'], Resource: 'Orders' },
            { Sid: 'Table', Effect: 'Allow', Action: ['dynamodb:PutItem'], Resource: 'Table' },
          ],
        },
      },
    ])
    expect(policyProblems(more)).toEqual([])
    expect(bare).toEqual({ Type: 'AWS::IAM::Role' })
  })

  it('changes nothing when the action is allowed, or granted and denied', () => {
    const wide = role(allow('sqs:*'))
    expect(grant(wide, 'sqs:SendMessage', 'Orders')).toBe(wide)
    const denied = grant(role(deny('sqs:*')), 'sqs:SendMessage', 'Orders')
    expect(ask(denied, 'sqs:SendMessage').decision).toBe('explicitDeny')
    expect(grant(denied, 'sqs:SendMessage', 'Orders')).toBe(denied)
  })

  it('leaves what cannot be read', () => {
    const broken: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: 'x' } }
    expect(grant(broken, 'sqs:SendMessage', 'Orders')).toBe(broken)
    const odd: Resource = {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'Connections', PolicyDocument: 3 }] },
    }
    const granted = grant(odd, 'sqs:SendMessage', 'Orders')
    expect(connections(granted)).toMatchObject([{ PolicyDocument: 3 }, { PolicyName: 'Connections2' }])
    expect(ask(granted, 'sqs:SendMessage').allowed).toBe(true)
  })

  it('revokes only what it granted', () => {
    const own = role(allow('sns:Publish', 'Topic'))
    const granted = grant(grant(own, 'sqs:SendMessage', 'Orders'), 'sqs:ReceiveMessage', 'Orders')
    const less = revoke(granted, 'SQS:sendMessage', 'Orders')
    expect(ask(less, 'sqs:SendMessage').allowed).toBe(false)
    expect(ask(less, 'sqs:ReceiveMessage').allowed).toBe(true)
    expect(revoke(less, 'sqs:ReceiveMessage', 'Orders')).toEqual(own)
    expect(revoke(own, 'sns:Publish', 'Topic')).toBe(own)
    expect(revoke(grant(bare, 'a:B', 'C'), 'a:B', 'C')).toEqual(bare)
  })
})
