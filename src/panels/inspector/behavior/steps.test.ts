import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../../model/scenario'
import { moved, stepLine } from './steps'

const scenario: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Fn: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 1769 } },
    Map: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: 'Fn', BatchSize: 4 } },
    Table: { Type: 'AWS::DynamoDB::Table', Behavior: { latency: 0.01 } },
  },
  labels: { Table: 'Orders' },
}

describe('stepLine', () => {
  it.each([
    [{ cpu: 0.02 }, 'cpu', '0.020 vCPU-s', 0.02],
    [{ wait: { exp: 0.03 } }, 'wait', 'exp 0.030 s', 0.03],
    [{ call: 'dynamodb:PutItem', to: 'Table', perMessage: true }, 'call PutItem', 'Orders × 4', 0.04],
    [{ call: 'https:Request', to: 'Gone', optional: true }, 'call https', 'Gone, may fail', 0],
    [{ fail: { rate: 0.05, attempts: [1, 2] } }, 'fail', '5 % of calls, attempt 1, 2', null],
    [{ fail: {} }, 'fail', 'never', null],
  ])('%j', (step, what, detail, seconds) => {
    expect(stepLine(step, 'Fn', scenario)).toEqual({ what, detail, seconds })
  })
})

describe('moved', () => {
  it('moves up and down, and stays at the ends', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
    const list = ['a', 'b']
    expect(moved(list, 0, -1)).toBe(list)
    expect(moved(list, 1, 2)).toBe(list)
  })
})
