/** Test vectors 1 to 9, 14 and 15 of aws-facts.md section 18: environments, concurrency, versions. */
import { describe, expect, test } from 'vitest'
import { logsOf } from '../../state/run/logs/small.fixture'
import { measure, one, reasonsOf, refusal } from '../claims/run.fixture'
import { gated, vector } from './vector.fixture'

describe('concurrency', () => {
  test('1 (LAM-40): twenty at once start twenty environments', () => {
    const asked = {
      cold: 'coldStarts Fn',
      most: 'concurrency.max Fn',
      throttles: 'throttles Fn',
      good: 'success Crowd',
    }
    expect(measure(vector('01'), asked)).toEqual({ cold: 20, most: 20, throttles: 0, good: 1 })
  })

  test('2 (LAM-40): 500 requests a second of 100 ms keep 50 busy, and none is cold after the ramp', () => {
    expect(
      measure(vector('02'), {
        at5: 'concurrency.at(5s) Fn',
        at9: 'concurrency.at(9s) Fn',
        mean: { m: 'concurrency.mean', of: 'Fn', during: [2, 9] },
        cold: { m: 'coldStarts', of: 'Fn', during: [1, 'end'] },
        throttles: 'throttles Fn',
      }),
    ).toEqual({ at5: 50, at9: 50, mean: 50, cold: 0, throttles: 0 })
  })

  test('3 (LAM-44): ten requests a second for each unit of the quota; the 1,001st of a second is throttled', () => {
    expect(
      measure(vector('03'), {
        most: 'concurrency.max Fn',
        crowd: 'throttles Fn',
        before: { m: 'throttles', of: 'Fn', during: [0, 2] },
        lastOfTheSecond: { m: 'throttles', of: 'Fn', during: [2, 3] },
        oneMore: 'success OneMore',
        othersFailed: 'errors Crowd',
      }),
    ).toEqual({ most: 10, crowd: 1, before: 0, lastOfTheSecond: 1, oneMore: 0, othersFailed: 0 })
    const [refused, ...others] = reasonsOf(vector('03'), 'lambda.requestRate')
    expect(others).toEqual([])
    expect(refused).toMatchObject({ at: 2.9999, value: 1_000 })
    expect(refused!.text).toContain('FunctionInvocationRateLimitExceeded')
    expect(refused!.text).toContain('LAM-44')
  })

  test('4 (LAM-43): a function adds 1,000 environments every 10 s, 100 a second; the others get 429', () => {
    expect(
      measure(vector('04'), {
        at0: 'concurrency.at(0s) Fn',
        at9: 'concurrency.at(9s) Fn',
        at10: 'concurrency.at(10s) Fn',
        at20: 'concurrency.at(20s) Fn',
        at25: 'concurrency.at(25s) Fn',
        throttledAt0: { m: 'throttles', of: 'Fn', during: [0, 5] },
        all: 'throttles Fn',
      }),
    ).toEqual({ at0: 1_000, at9: 1_000, at10: 2_000, at20: 3_000, at25: 3_500, throttledAt0: 4_000, all: 16_500 })
    expect(reasonsOf(vector('04'), 'lambda.scaling')[0]!.text).toMatch(/429.*every 10 s.*LAM-43/)
  })

  test('5 (LAM-42): 100 stay unreserved', () => {
    const { status, path, message, facts } = refusal(gated('05'))
    expect(status).toBe('refused')
    expect(path).toBe('/resources/Second/Properties/ReservedConcurrentExecutions')
    expect(message).toContain("decreases account's UnreservedConcurrentExecution below its minimum value of [100]")
    expect(message).toContain('At least 100 must stay unreserved')
    expect(facts).toContain('LAM-42')
  })

  test('6 (LAM-45, LAM-51): reserved 5, eight at once', () => {
    expect(
      measure(vector('06'), {
        invocations: 'invocations Fn',
        throttles: 'throttles Fn',
        errors: 'errors Fn',
        refused: 'errors Crowd',
      }),
    ).toEqual({ invocations: 5, throttles: 3, errors: 0, refused: 3 })
    const refused = reasonsOf(vector('06'), 'lambda.reserved')
    expect(refused.map(({ at, value }) => [at, value])).toEqual([
      [1, 5],
      [1, 5],
      [1, 5],
    ])
    expect(refused[0]!.text).toMatch(/429 ReservedFunctionConcurrentInvocationLimitExceeded.*LAM-45.*LAM-51/)
  })

  test('7 (LAM-48): provisioned 10, fifteen at once through the alias', () => {
    expect(
      measure(vector('07'), {
        cold: 'coldStarts Fn',
        inits: { m: 'InitDuration', of: 'Fn', stat: 'SampleCount' },
        provisioned: 'provisionedStarts Live',
        spillovers: 'spillovers Live',
        throttles: 'throttles Fn',
        warmest: 'latency.min Crowd',
        coldest: 'latency.max Crowd',
      }),
    ).toEqual({
      cold: 5,
      inits: 5,
      provisioned: 10,
      spillovers: 5,
      throttles: 0,
      warmest: 1.001,
      coldest: 1.101,
    })
  })
})

describe('environments', () => {
  test('8 (LAM-21): /tmp is there one second later, and not in the environment of the one that came meanwhile', () => {
    const scenario = vector('08')
    const tmp = { m: 'state', of: 'Fn', where: { scope: 'tmp', key: 'visits' }, each: true }
    expect(one(scenario, tmp)).toEqual({ Fn: { 'e1/visits': 2, 'e2/visits': 1 } })
    expect(one(scenario, 'coldStarts Fn')).toBe(2)
    expect(one(scenario, { m: 'state', of: 'Fn', where: { scope: 'file' }, each: true })).toEqual({
      Fn: { 'e1/a': 1, 'e2/a': 1 },
    })
  })

  test('9 (LAM-23, LAM-53): a timeout resets the environment; its /tmp stays', () => {
    const scenario = vector('09')
    expect(
      measure(scenario, {
        timeouts: 'timeouts Fn',
        errors: { m: 'errors', of: 'Fn', where: { type: 'Sandbox.Timedout' } },
        first: { m: 'duration.max', of: 'Fn', during: [0, 10] },
        next: { m: 'duration.max', of: 'Fn', during: [10, 20] },
        afterThat: { m: 'duration.max', of: 'Fn', during: [20, 30] },
        initLines: { m: 'InitDuration', of: 'Fn', stat: 'SampleCount' },
        cold: 'coldStarts Fn',
        tmp: { m: 'state', of: 'Fn', where: { scope: 'tmp', key: 'visits' } },
        global: { m: 'state', of: 'Fn', where: { scope: 'global', key: 'cached' } },
      }),
    ).toEqual({
      timeouts: 1,
      errors: 1,
      first: 3,
      // overhead 1 ms, init 400 ms once more, the step 50 ms
      next: 0.451,
      afterThat: 0.051,
      initLines: 1,
      cold: 1,
      tmp: 3,
      // the global of the first invocation is gone
      global: 2,
    })
    const [timeout] = reasonsOf(scenario, 'lambda.timeout')
    expect(timeout).toMatchObject({ at: 4.45, value: 3 })
    expect(timeout!.text).toContain('200 with X-Amz-Function-Error: Unhandled (LAM-3, LAM-53)')
    const { lines } = logsOf(scenario)
    expect(lines.filter(({ message }) => message.endsWith('Task timed out after 3.00 seconds'))).toHaveLength(1)
    const reports = lines.map(({ message }) => message).filter((message) => message.startsWith('REPORT'))
    expect(reports.map((message) => /Init Duration/.test(message))).toEqual([true, false, false])
    expect(reports[0]).toContain('Duration: 3000.00 ms')
    expect(reports[1]).toContain('Duration: 451.00 ms')
  })
})

describe('versions', () => {
  test('14 (LAM-61): a weight of 0.1 is a tenth of 10,000 calls, within 3 standard deviations', () => {
    const { v1, v2, share } = measure(vector('14'), {
      v1: 'invocations V1',
      v2: 'invocations V2',
      share: { m: 'share', of: 'Live', where: { version: '2' } },
    }) as { [name: string]: number }
    expect(v1! + v2!).toBe(10_000)
    expect(Math.abs(v2! - 1_000)).toBeLessThanOrEqual(3 * 30)
    // seed 42
    expect(v2).toBe(1_016)
    expect(share).toBe(0.1016)
  })

  test('15 (LAM-62): $LATEST gets no share', () => {
    const { status, path, message, facts } = refusal(gated('15'))
    expect(status).toBe('refused')
    expect(path).toBe('/resources/Live/Properties/RoutingConfig/AdditionalVersionWeights/0/FunctionVersion')
    expect(message).toContain('$LATEST is not supported for an alias pointing to more than 1 version')
    expect(facts).toContain('LAM-62')
  })
})
