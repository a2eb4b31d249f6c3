import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, Resource } from '../model/scenario'
import { evaluate } from './evaluate'
import { matchesGlob } from './glob'
import { grant, revoke } from './grant'
import { policyProblems, statementsOf } from './role'

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
const action = fc.constantFrom('sqs:SendMessage', 'sqs:ReceiveMessage', 's3:GetObject', 'dynamodb:PutItem')
const target = fc.constantFrom('Orders', 'Table', 'Bucket')
const keys = fc.constantFrom('Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Sid', 'Condition')
const value = fc.oneof(json, fc.constantFrom<Json>('Allow', 'Deny', '*', 'sqs:*', 'Orders', ['Orders', 'Table']))
const policy = fc.record({
  PolicyName: fc.constantFrom<Json>('Connections', 'Own', 4),
  PolicyDocument: fc.oneof(
    json,
    fc.record({ Statement: fc.array(fc.oneof(json, fc.dictionary(keys, value)), { maxLength: 3 }) }),
  ),
})
const role: fc.Arbitrary<Resource> = fc
  .oneof(json, fc.array(fc.oneof(json, policy), { maxLength: 3 }))
  .map((policies) => ({ Type: 'AWS::IAM::Role', Properties: { Policies: policies } }))
const sound: fc.Arbitrary<Resource> = fc.array(fc.tuple(action, target), { maxLength: 5 }).map((grants) => {
  return grants.reduce<Resource>((before, [name, id]) => grant(before, name, id), { Type: 'AWS::IAM::Role' })
})

const decide = (of: Resource, name: string, id: string) =>
  evaluate({ statements: statementsOf(of), action: name, resource: id }).decision

describe('IAM', () => {
  it('never throws on any policy, and editing is idempotent', () => {
    fc.assert(
      fc.property(role, action, target, (any, name, id) => {
        policyProblems(any)
        const before = decide(any, name, id)
        const granted = grant(any, name, id)
        expect(grant(granted, name, id)).toBe(granted)
        if (Array.isArray(any.Properties?.['Policies'])) {
          expect(decide(granted, name, id)).toBe(before === 'explicitDeny' ? before : 'allow')
        }
        const revoked = revoke(any, name, id)
        expect(revoke(revoked, name, id)).toBe(revoked)
      }),
      { numRuns: 500 },
    )
  })

  it('revoke undoes grant and leaves other permissions', () => {
    fc.assert(
      fc.property(sound, action, target, action, target, (any, name, id, otherName, otherId) => {
        fc.pre(name !== otherName || id !== otherId)
        const revoked = revoke(grant(any, name, id), name, id)
        expect(decide(revoked, name, id)).toBe('implicitDeny')
        expect(decide(revoked, otherName, otherId)).toBe(decide(any, otherName, otherId))
        if (decide(any, name, id) === 'implicitDeny') expect(revoked).toEqual(any)
      }),
    )
  })

  it('globs agree with the regular expression that says the same', () => {
    const pattern = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 7 }).map((x) => x.join(''))
    const text = fc.array(fc.constantFrom('a', 'b', 'A'), { maxLength: 8 }).map((x) => x.join(''))
    fc.assert(
      fc.property(pattern, text, fc.boolean(), (glob, name, ignoreCase) => {
        const same = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, ignoreCase ? 'i' : '')
        expect(matchesGlob(glob, name, ignoreCase)).toBe(same.test(name))
      }),
      { numRuns: 500 },
    )
  })
})
