/**
 * Concurrency and handlers with parameters other than those of ../shared/conformance/lambda-behaviour. What is expected follows from AWS's rules (rows of
 * aws-facts.md), by arithmetic; nothing is read off a run.
 */
import { describe, expect, test } from 'vitest'
import { answersOf, calls, deployed, documentOf, fn, of, version } from './document.fixture'

describe('concurrency (LAM-45 to LAM-49)', () => {
  test.each([
    [2, 9],
    [5, 8],
    [7, 7],
  ])('reserved %d, %d at once', (reserved, count) => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:Invoke', 'Fn', count),
        Fn: fn([{ wait: 1 }], { ReservedConcurrentExecutions: reserved }),
      }),
      [
        of('invocations', 'Fn'),
        of('throttles', 'Fn'),
        of('errors', 'Fn'),
        of('success', 'Caller'),
        of('concurrency.max', 'Fn'),
      ],
    )
    const run = Math.min(reserved, count)
    expect(found).toEqual([run, count - run, 0, run / count, run])
  })

  test.each([
    [3, 5],
    [10, 15],
    [4, 2],
  ])('provisioned %d, %d at once', (provisioned, count) => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:Invoke', 'Live', count),
        Fn: fn([{ wait: 1 }]),
        V1: version({}),
        Live: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: 'Fn',
            FunctionVersion: 'V1',
            ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisioned },
          },
        },
      }),
      [
        of('coldStarts', 'Fn'),
        of('provisionedStarts', 'Live'),
        of('ProvisionedConcurrencySpilloverInvocations', 'Live'),
      ],
    )
    const spilled = Math.max(0, count - provisioned)
    expect(found).toEqual([spilled, count - spilled, spilled])
  })

  test.each([
    [1, 2, 'refused'],
    [2, 2, 'ok'],
    [5, 7, 'refused'],
    [7, 5, 'ok'],
  ])('reserved %d with %d provisioned is %s', (reserved, provisioned, status) => {
    const resources = {
      Caller: calls('lambda:Invoke', 'Fn', 3),
      Fn: fn([{ wait: 1 }], { ReservedConcurrentExecutions: reserved }),
      V1: version({ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisioned } }),
    }
    const [found, throttles] = answersOf(documentOf(resources), [{ m: 'deploy.status' }, of('throttles', 'Fn')])
    expect(found).toBe(status)
    // what is left for $LATEST is reserved less provisioned (LAM-49)
    if (status === 'ok') expect(throttles).toBe(3 - Math.min(3, reserved - provisioned))
  })

  test.each([
    [900, 'ok'],
    [901, 'refused'],
  ])('%d reserved in an account of 1,000 is %s (LAM-42)', (reserved, status) =>
    expect(deployed({ Fn: fn([], { ReservedConcurrentExecutions: reserved }) })).toBe(status),
  )

  test.each([0, 0.1, 0.5, 1])('a weight of %d for the second version (LAM-61)', (weight) => {
    const total = 4_000
    const [first, second, share] = answersOf(
      documentOf({
        Caller: {
          Type: 'Coldstart::Client',
          Behavior: { traffic: { pattern: 'constant', rate: 200, count: total }, call: 'lambda:Invoke', to: 'Live' },
        },
        Fn: fn([]),
        V1: version({}),
        V2: version({}),
        Live: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: 'Fn',
            FunctionVersion: 'V1',
            RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: 'V2', FunctionWeight: weight }] },
          },
        },
      }),
      [of('invocations', 'V1'), of('invocations', 'V2'), of('share', 'Live', { where: { version: 2 } })],
    ) as [number, number, number]
    expect(first + second).toBe(total)
    expect(share).toBe(second / total)
    expect(Math.abs(second - weight * total)).toBeLessThanOrEqual(3 * Math.sqrt(total * weight * (1 - weight)))
  })
})

describe('handlers (LAM-2, LAM-3, LAM-53)', () => {
  test.each([
    [128, 2 * (1_769 / 128)],
    [512, 2 * (1_769 / 512)],
    [1_769, 2],
    // one thread uses one vCPU at most
    [3_538, 2],
  ])('2 vCPU-seconds in %d MB take %d s', (memory, seconds) => {
    const [duration] = answersOf(
      documentOf({ Caller: calls('lambda:Invoke', 'Fn'), Fn: fn([{ cpu: 2 }], { MemorySize: memory, Timeout: 60 }) }),
      [of('duration.max', 'Fn')],
    ) as [number]
    expect(Math.abs(duration - seconds)).toBeLessThan(0.01)
  })

  test.each([
    [3, 2.9, 0],
    [3, 3.5, 1],
    [10, 60, 1],
  ])('timeout %d s, work of %d s: %d timeouts', (timeout, seconds, timeouts) => {
    const found = answersOf(
      documentOf({ Caller: calls('lambda:Invoke', 'Fn'), Fn: fn([{ wait: seconds }], { Timeout: timeout }) }),
      [of('timeouts', 'Fn'), of('errors', 'Fn', { where: { type: 'Sandbox.Timedout' } }), of('success', 'Caller')],
    )
    // the call itself is answered with 200 (LAM-53), but what it did is an error
    expect(found.slice(0, 2)).toEqual([timeouts, timeouts])
  })

  test.each([
    [128, 100, 0],
    [128, 140, 1],
    [512, 140, 0],
  ])('%d MB for code that needs %d: killed %d times', (memory, needs, killed) => {
    const [errors] = answersOf(
      documentOf({
        Caller: calls('lambda:Invoke', 'Fn'),
        Fn: fn([{ memory: needs, scope: 'handler' }], { MemorySize: memory }, { memory: 10 }),
      }),
      [of('errors', 'Fn')],
    )
    expect(errors).toBe(killed)
  })
})
