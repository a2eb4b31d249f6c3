import { expect, test } from 'vitest'
import { fields, gateJson, type Field } from '../../../gate'
import type { Json, Scenario } from '../../../model/scenario'
import { executionRole, withPermissions } from '../../../services/roles'
import { blank } from './field-words'

const MAPPING = 'AWS::Lambda::EventSourceMapping'
const fieldOf = (name: string): Field => fields(MAPPING, 'Properties').find((field) => field.name === name)!

function mapped(properties: { readonly [name: string]: Json }): Scenario {
  const base: Scenario = {
    coldstart: 1,
    name: 'T',
    profile: 'teaching',
    seed: 1,
    duration: 60,
    resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Role: executionRole(),
      Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: 'Role' } },
      Map: { Type: MAPPING, Properties: { EventSourceArn: 'Queue', FunctionName: 'Fn', ...properties } },
    },
  }
  const polls = withPermissions(
    base,
    'Fn',
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    'Queue',
  )
  return { ...base, resources: { ...base.resources, ...polls } }
}
const problems = (properties: { readonly [name: string]: Json }) =>
  gateJson(mapped(properties)).problems.filter(({ severity }) => severity === 'error')

test.each(['ScalingConfig', 'ProvisionedPollerConfig', 'FilterCriteria', 'FunctionResponseTypes'])(
  'what a press on Add writes for %s is taken by the gate',
  (name) => {
    expect(problems({ [name]: blank(fieldOf(name), mapped({})) })).toEqual([])
  },
)

test('a new filter is one that AWS takes', () => {
  const filter = fieldOf('FilterCriteria').fields?.find(({ name }) => name === 'Filters')?.item
  expect(filter).toBeDefined()
  const made = blank(filter!, mapped({}))
  expect(problems({ FilterCriteria: { Filters: [made] } })).toEqual([])
  expect(problems({ FilterCriteria: { Filters: [{ Pattern: {} }] } })).not.toEqual([])
})
