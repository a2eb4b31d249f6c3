import { describe, expect, test } from 'vitest'
import { alias, errors, fixed, fn, keep, problems, second, version } from './gate.fixture'

describe('reserved (LAM-42)', () => {
  const reserve = (count: number) => fn({ ReservedConcurrentExecutions: count })
  test('900 of 1,000, not one more', () => {
    expect(problems({ F: reserve(900) })).toEqual([])
    expect(errors({ F: reserve(900), G: reserve(1) })).toEqual([
      "Reserved concurrency adds up to 901 of 1000. At least 100 must stay unreserved, so 900 is the most (LAM-42). AWS: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    ])
    expect(fixed({ F: reserve(800), G: reserve(200) })).toEqual([])
  })
  test('with the quota of the scenario', () => {
    expect(errors({ F: reserve(900) }, { facts: { 'lambda.accountConcurrency': 999 } })).toHaveLength(1)
    expect(errors({ F: reserve(1_900) }, { facts: { 'lambda.accountConcurrency': 2_000 } })).toEqual([])
  })
})

describe('provisioned (LAM-46)', () => {
  test('on a version or an alias of one', () => {
    expect(problems({ F: fn(), V: version('F', keep(5)) })).toEqual([])
    expect(problems({ F: fn(), V: version('F'), Live: alias('F', 'V', keep(5)) })).toEqual([])
  })
  test('not on an alias of $LATEST', () => {
    const resources = { F: fn(), Live: alias('F', '$LATEST', keep(5)) }
    expect(errors(resources)).toEqual([
      'Live has provisioned concurrency and points to $LATEST. Publish a version of F and point Live to it. AWS: Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
    ])
    expect(fixed(resources)).toEqual([])
  })
  test('not on a version and its alias', () => {
    const both = { F: fn(), V: version('F', keep(1)), Live: alias('F', 'V', keep(1)) }
    expect(errors(both)[0]).toContain(
      "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    )
    const weighted = {
      F: fn(),
      V: version('F', keep(1)),
      W: version('F'),
      Live: alias('F', 'W', { ...keep(1), ...second('V') }),
    }
    expect(errors(weighted)).toHaveLength(1)
  })
  test('the sum is within what is reserved, in the words AWS was recorded with', () => {
    const resources = (share: number) => ({ F: fn({ ReservedConcurrentExecutions: share }), V: version('F', keep(2)) })
    const found = errors(resources(1))
    expect(found).toHaveLength(2)
    expect(found[0]).toContain(
      " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2].",
    )
    expect(found[1]).toContain(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    )
    expect(errors(resources(2))).toEqual([])
    expect(fixed(resources(1)).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(errors({ ...resources(2), W: version('F', keep(1)) })).toHaveLength(2)
  })
  test('all of what is reserved: $LATEST is throttled (LAM-49)', () =>
    expect(problems({ F: fn({ ReservedConcurrentExecutions: 2 }), V: version('F', keep(2)) })).toMatchObject([
      { severity: 'info', path: '/resources/F/Properties/ReservedConcurrentExecutions' },
    ]))
  test('100 stay unreserved', () => {
    expect(errors({ F: fn(), V: version('F', keep(900)) })).toEqual([])
    expect(errors({ F: fn(), V: version('F', keep(901)) })[0]).toContain(
      "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    )
    expect(errors({ F: fn(), V: version('F', keep(1_001)) })[0]).toContain(
      "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
    )
    const reserving = { G: fn({ ReservedConcurrentExecutions: 500 }), F: fn(), V: version('F', keep(401)) }
    expect(errors(reserving)).toHaveLength(1)
    expect(fixed(reserving)).toEqual([])
  })
})
