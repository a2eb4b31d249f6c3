import { describe, expect, test } from 'vitest'
import type { Resource } from '../../../model/scenario'
import { client, mayAll, runOf, scenarioOf, type Ran } from '../../run.fixture'

const run = (responseSize: number, call: string, Timeout = 900): Ran => {
  const Fn: Resource = {
    Type: 'AWS::Lambda::Function',
    Properties: { Role: 'Role', Timeout },
    Behavior: { steps: [{ wait: 1 }], responseSize, provision: 0, init: 0, overhead: 0 },
  }
  const C = client(call, 'Fn', { pattern: 'burst', count: 1, at: 0 })
  return runOf(scenarioOf({ Role: mayAll, Fn, C }))
}
const STREAM = 'lambda:InvokeWithResponseStream'
const seconds = (ran: Ran): number => ran.max('Fn', 'Duration') / 1e6

describe('the size of a response (LAM-9)', () => {
  test('6 MB are answered at once, more fail unless they are streamed', () => {
    expect([run(6, 'lambda:Invoke').total('C', 'Successes'), seconds(run(6, 'lambda:Invoke'))]).toEqual([1, 1])
    const failed = run(7, 'lambda:Invoke')
    expect(failed.total('Fn', 'Errors:Function.ResponseSizeTooLarge')).toBe(1)
    expect(failed.reasons('lambda.responseTooLarge')).toEqual([[1, 0]])
    expect(failed.total('C', 'Failures')).toBe(1)
  })

  test('a stream sends 6 MB at once and 2 MB a second after that, and the environment is busy meanwhile', () => {
    expect(seconds(run(6, STREAM))).toBe(1)
    expect(seconds(run(26, STREAM))).toBe(11)
    expect(run(26, STREAM).total('C', 'Successes')).toBe(1)
    expect(run(200, STREAM).total('C', 'Successes')).toBe(1)
    expect(run(201, STREAM).total('Fn', 'Errors')).toBe(1)
  })

  test('the timeout of the function ends a stream', () => {
    expect(run(26, STREAM, 5).total('Fn', 'Timeouts')).toBe(1)
  })

  test('an event has nobody to answer', () => {
    expect(run(7, 'lambda:InvokeAsync').total('Fn', 'Errors')).toBe(0)
  })
})
