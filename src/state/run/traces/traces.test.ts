import { describe, expect, test } from 'vitest'
import { small } from '../logs/small.fixture'
import { logsOf } from '../logs/small.fixture'
import { Flag } from './traceIndex'
import { outline, tracesOf } from './traces.fixture'

const TABLE = '  T: { Type: AWS::DynamoDB::Table }'
const PUT = '{ call: dynamodb:PutItem, to: T }'

describe('an invocation', () => {
  test('is two segments, with Initialization, Overhead and Invocation, and its calls (OBS-10)', () => {
    const it = small({
      steps: `[{ wait: 0.05 }, ${PUT}, { wait: 0.01 }]`,
      more: TABLE,
      traffic: '{ pattern: repeat, every: 1, times: 2 }',
    })
    const { trees, index } = tracesOf(it)
    expect(outline(trees[0]!)).toEqual([
      'Coldstart::Client: Caller 0-166',
      '  lambda:Invoke Hello 0-166 200',
      '    AWS::Lambda: Hello 0-166 200',
      '      Provisioning 0-50',
      '      AWS::Lambda::Function: Hello 50-166 cold start',
      '        Initialization 50-100',
      '        Overhead 100-101',
      '        Invocation 101-166',
      '          dynamodb:PutItem T 151-156',
    ])
    expect(outline(trees[1]!)).toEqual([
      'Coldstart::Client: Caller 1000-1066',
      '  lambda:Invoke Hello 1000-1066 200',
      '    AWS::Lambda: Hello 1000-1066 200',
      '      AWS::Lambda::Function: Hello 1000-1066',
      '        Overhead 1000-1001',
      '        Invocation 1001-1066',
      '          dynamodb:PutItem T 1051-1056',
    ])
    expect([index.has(0, Flag.cold), index.has(1, Flag.cold)]).toEqual([true, false])
    expect(trees.map(({ start, end }) => [start, end])).toEqual([
      [0, 166_000],
      [1_000_000, 1_066_000],
    ])
  })

  test('that times out is a fault and ends the call it waited for', () => {
    const { tree, index } = tracesOf(small({ steps: '[{ wait: 9 }]' }))
    expect(outline(tree)).toEqual([
      'Coldstart::Client: Caller 1000-4100',
      '  lambda:Invoke Hello 1000-4100 200 fault',
      '    AWS::Lambda: Hello 1000-4100 200',
      '      Provisioning 1000-1050',
      '      AWS::Lambda::Function: Hello 1050-4100 cold start timed out fault',
      '        Initialization 1050-1100',
      '        Overhead 1100-1101',
      '        Invocation 1101-4100 fault',
    ])
    expect(tree.segments[4]!.exception).toEqual({
      type: 'Sandbox.Timedout',
      message: 'Task timed out after 3.00 seconds',
    })
    expect(index.has(0, Flag.error)).toBe(true)
  })

  test('that may not call what it calls shows 403 there and fails', () => {
    const { tree } = tracesOf(small({ steps: `[${PUT}]`, more: TABLE, actions: "['logs:*']" }))
    expect(outline(tree).slice(-2)).toEqual([
      '        Invocation 1101-1101 fault',
      '          dynamodb:PutItem T 1101-1101 403 denied',
    ])
    expect(tree.segments[4]!.exception?.type).toBe('AccessDeniedException')
  })

  test('that is refused is one segment with the throttle flag', () => {
    const { trees, index } = tracesOf(small({ traffic: '{ pattern: burst, count: 2, at: 1 }', reserved: 1 }))
    expect(outline(trees[1]!)).toEqual([
      'Coldstart::Client: Caller 1000-1000',
      '  lambda:Invoke Hello 1000-1000 429 throttled',
      '    AWS::Lambda: Hello 1000-1000 429 throttled',
    ])
    expect([index.has(0, Flag.throttle), index.has(1, Flag.throttle)]).toEqual([false, true])
  })

  test('has the request id of its log lines', () => {
    const scenario = small({ traffic: '{ pattern: repeat, every: 1, times: 3 }' })
    const { trees } = tracesOf(scenario)
    const { lines } = logsOf(scenario)
    const told = trees.map(({ segments }) => segments.find(({ origin }) => origin === 'AWS::Lambda::Function')!)
    expect(lines.flatMap(({ message }) => /^START RequestId: (\S+)/.exec(message)?.[1] ?? [])).toEqual(
      told.map(({ requestId }) => requestId),
    )
  })
})

describe('an asynchronous event', () => {
  test('keeps its service segment open over its retries', () => {
    const steps = '[{ wait: 0.05 }, { fail: { attempts: [1, 2] } }]'
    const { tree, index } = tracesOf(small({ call: 'lambda:InvokeAsync', steps }))
    expect(outline(tree)).toEqual([
      'Coldstart::Client: Caller 1000-1000',
      '  lambda:InvokeAsync Hello 1000-1000',
      '    AWS::Lambda: Hello 1000-181253 202',
      '      Provisioning 1000-1050',
      '      AWS::Lambda::Function: Hello 1050-1151 cold start fault',
      '        Initialization 1050-1100',
      '        Overhead 1100-1101',
      '        Invocation 1101-1151 fault',
      '      Waiting for retry 1151-61151 after attempt 1',
      '      AWS::Lambda::Function: Hello 61151-61202 attempt 2 fault',
      '        Overhead 61151-61152',
      '        Invocation 61152-61202 fault',
      '      Waiting for retry 61202-181202 after attempt 2',
      '      AWS::Lambda::Function: Hello 181202-181253 attempt 3',
      '        Overhead 181202-181203',
      '        Invocation 181203-181253',
    ])
    expect([Flag.error, Flag.retry, Flag.cold, Flag.throttle].map((flag) => index.has(0, flag))).toEqual([
      true,
      true,
      true,
      false,
    ])
    const runs = tree.segments.filter(({ origin }) => origin === 'AWS::Lambda::Function')
    expect(new Set(runs.map(({ requestId }) => requestId)).size).toBe(1)
  })

  test('given up is a fault of the service', () => {
    const steps = '[{ fail: { attempts: [1, 2, 3] } }]'
    const { tree } = tracesOf(small({ call: 'lambda:InvokeAsync', steps }))
    expect(tree.segments[2]).toMatchObject({ origin: 'AWS::Lambda', fault: true, notes: ['given up'], status: 202 })
  })

  test('without capacity waits for it', () => {
    const traffic = '{ pattern: burst, count: 2, at: 1 }'
    const { trees, index } = tracesOf(small({ call: 'lambda:InvokeAsync', traffic, reserved: 1 }))
    expect(outline(trees[1]!).slice(2, 5)).toEqual([
      '    AWS::Lambda: Hello 1000-2051 202',
      '      Waiting for capacity 1000-2000 throttled',
      '      AWS::Lambda::Function: Hello 2000-2051',
    ])
    expect(index.has(1, Flag.throttle)).toBe(true)
  })
})

test('reading a run in slices of any size finds the same', () => {
  const scenario = small({ call: 'lambda:InvokeAsync', steps: '[{ fail: { rate: 0.5 } }]' })
  const whole = tracesOf(scenario, 1e9)
  expect(tracesOf(scenario, 1).trees).toEqual(whole.trees)
  expect(tracesOf({ ...scenario, seed: 7 }).tree.id).not.toBe(whole.tree.id)
})
