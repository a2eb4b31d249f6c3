import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../model/scenario'
import { isInvited, isRoleInvited, permissionsOf } from './resource-policy'

const fn: Resource = { Type: 'AWS::Lambda::Function' }
const named = (Type: string, FunctionName = 'Fn'): Resource => ({ Type, Properties: { FunctionName } })
const says = (FunctionName: string, more: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName, Principal: 'events.amazonaws.com', ...more },
})
const scenario = (more: { [id: string]: Resource }): Scenario => ({
  coldstart: 1,
  name: 'x',
  profile: 'teaching',
  seed: 1,
  duration: 1,
  resources: { Fn: fn, V1: named('AWS::Lambda::Version'), Prod: named('AWS::Lambda::Alias'), Other: fn, ...more },
})
const rule = { service: 'events.amazonaws.com', source: 'Rule' }

describe('a function’s resource policy (LAM-63, LAM-65)', () => {
  it('lets nobody in as long as nothing is written', () => {
    for (const target of ['Fn', 'V1', 'Prod']) expect(isInvited(target, rule, scenario({}))).toBe(false)
  })

  it('lets in what a statement names, each version and alias by itself', () => {
    const written = scenario({ P: says('Prod') })
    expect(['Fn', 'V1', 'Prod', 'Other'].map((target) => isInvited(target, rule, written))).toEqual([
      false,
      false,
      true,
      false,
    ])
  })

  it('asks for the principal, the source and the action', () => {
    const asks = (more: JsonObject) => isInvited('Fn', rule, scenario({ P: says('Fn', more) }))
    expect(asks({ SourceArn: 'Rule' })).toBe(true)
    expect(asks({ SourceArn: 'Ru*' })).toBe(true)
    expect(asks({ SourceArn: 'Rule2' })).toBe(false)
    expect(asks({ Principal: 's3.amazonaws.com' })).toBe(false)
    expect(asks({ Principal: '*' })).toBe(true)
    expect(asks({ Action: 'lambda:*' })).toBe(true)
    expect(asks({ Action: 'lambda:GetFunction' })).toBe(false)
  })

  it('may name a role of the account (IAM-2)', () => {
    const written = scenario({ P: says('Prod', { Principal: 'WebRole' }) })
    expect(isRoleInvited('Prod', 'WebRole', written)).toBe(true)
    expect(isRoleInvited('Fn', 'WebRole', written)).toBe(false)
    expect(isRoleInvited('Prod', 'OtherRole', written)).toBe(false)
    expect(permissionsOf('Fn', written)).toEqual(['P'])
  })
})
