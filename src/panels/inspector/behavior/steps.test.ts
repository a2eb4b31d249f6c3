import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../../model/scenario'
import { loopsOf, moved, STARTS, STEP_GROUPS, stepLine } from './steps'
import { fields } from '../../../gate'

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
    [
      { call: 'ec2:StartInstances', target: '$.detail.instance-id' },
      'call StartInstances',
      '$.detail.instance-id',
      null,
    ],
    [{ call: 'https:Request', to: 'Gone', optional: true }, 'call https', 'Gone, may fail', 0],
    [{ fail: { rate: 0.05, attempts: [1, 2] } }, 'fail', '5 % of calls, attempt 1, 2', null],
    [{ fail: {} }, 'fail', 'always', null],
    [{ fail: { crash: true, field: 'bad', type: 'Boom' } }, 'crash', 'as bad says, Boom', null],
    [{ cpu: 0.02, threads: 2, cold: 0.5 }, 'cpu', '0.020 vCPU-s, first 0.500 vCPU-s, 2 threads', 0.02],
    [{ call: 'dynamodb:PutItem', to: 'Table', idempotent: true }, 'call PutItem', 'Orders, once per event', 0.01],
    [{ connect: 0.3 }, 'connect', 'connection, kept by the environment', 0],
    [{ connect: 0.3, scope: 'handler', name: 'db' }, 'connect', 'db, in every call', 0.3],
    [{ memory: 200, scope: 'global' }, 'memory', '200 MB, calls add up', null],
    [{ write: 'a.json', size: 5 }, 'write', '/tmp/a.json, 5 MB', null],
    [{ read: 'a.json', optional: true }, 'read', '/tmp/a.json, may be missing', null],
    [{ state: 'count', scope: 'global', add: 1 }, 'remember', 'count + 1', null],
    [{ state: 'tier', scope: 'handler', set: 'gold' }, 'remember', 'tier = "gold", this call', null],
    [{ log: 'stored', perMessage: true }, 'log', '“stored” × 4', null],
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

describe('loops', () => {
  it('are made of adjacent steps per message', () => {
    const [on, off] = [{ log: 'a', perMessage: true }, { wait: 1 }]
    expect(loopsOf([on, off, on, on, on, off])).toEqual(['only', null, 'first', 'middle', 'last', null])
  })
})

describe('the menu', () => {
  it('names every kind of step once, and each starts as something legal', () => {
    const kinds = (
      fields('AWS::Lambda::Function', 'Behavior').find(({ name }) => name === 'steps')?.item?.variants ?? []
    ).map(({ name }) => name)
    const grouped = STEP_GROUPS.flatMap(({ steps }) => steps)
    expect([...grouped].sort()).toEqual([...kinds].sort())
    for (const name of Object.keys(STARTS)) expect(kinds).toContain(name)
  })
})
