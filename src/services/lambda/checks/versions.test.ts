import { describe, expect, test } from 'vitest'
import { executionRole } from '../../roles'
import { mayAll } from '../../run.fixture'
import { alias, errors, fixed, fn, problems, queue, second, set, version } from './gate.fixture'

const two = { F: fn(), V1: version('F'), V2: version('F') }

test('an alias to one version, to two, or to $LATEST', () => {
  expect(problems({ ...two, Live: alias('F', 'V1') })).toEqual([])
  expect(problems({ ...two, Live: alias('F', 'V1', second('V2')) })).toEqual([])
  expect(problems({ ...two, Live: alias('F', '$LATEST') })).toEqual([])
})

describe('refused (LAM-61, LAM-62)', () => {
  test.each([
    [
      '$LATEST second',
      alias('F', 'V1', second('$LATEST')),
      '$LATEST is not supported for an alias pointing to more than 1 version',
    ],
    [
      '$LATEST with a weight',
      alias('F', '$LATEST', second('V1')),
      '$LATEST is not supported for an alias pointing to more than 1 version',
    ],
    [
      'the same twice',
      alias('F', 'V2', second('V2')),
      'Invalid function version 2. Function version 2 is already included in routing configuration.',
    ],
    ['no such version', alias('F', 'V9'), 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:F:V9'],
    ['no such second version', alias('F', 'V1', second('V9')), 'Function not found'],
  ])('%s', (_, Live, words) => {
    const found = errors({ ...two, Live })
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(words)
  })

  test('a third version', () => {
    const weights = ['V2', 'V3'].map((FunctionVersion) => ({ FunctionVersion, FunctionWeight: 0.1 }))
    const Live = alias('F', 'V1', { RoutingConfig: { AdditionalVersionWeights: weights } })
    expect(errors({ ...two, V3: version('F'), Live })[0]).toContain(
      'Number of items in AdditionalVersionWeights cannot be greater than 1',
    )
  })

  test.each([-0.1, 1.1])('a weight of %d', (weight) =>
    expect(errors({ ...two, Live: alias('F', 'V1', second('V2', weight)) })[0]).toContain(
      "at 'routingConfig.additionalVersionWeights' failed to satisfy constraint",
    ),
  )

  test('a version of another function', () =>
    expect(errors({ ...two, G: fn(), W: version('G'), Live: alias('F', 'W') })).toEqual([
      'Live is an alias of F, and W is a version of G. Name a version of F.',
    ]))

  test('roles or dead-letter queues that differ', () => {
    const V2 = version('F', {}, { snapshot: { Properties: { Role: 'Other' } } })
    const found = errors({ ...two, V2, Other: executionRole(), Live: alias('F', 'V1', second('V2')) })
    expect(found).toEqual([
      'Live: V1 and V2 differ in their execution role (Role and Other). The two versions of an alias have the same (LAM-62). Publish one of them again.',
    ])
    const Q = queue()
    const dead = version('F', {}, { snapshot: { Properties: { DeadLetterConfig: { TargetArn: 'Q' } } } })
    expect(errors({ ...two, Q, V2: dead, Live: alias('F', 'V1', second('V2')) })[0]).toContain(
      'differ in their dead-letter queue (none and Q)',
    )
  })

  test('two aliases of one name', () => {
    expect(errors({ ...two, A: alias('F', 'V1'), B: alias('F', 'V2') })[0]).toContain('Alias already exist: F:live')
    expect(errors({ ...two, A: alias('F', 'V1'), B: alias('F', 'V2', { Name: 'beta' }) })).toEqual([])
  })

  test('two versions of one number', () => {
    const numbered = { F: fn(), V1: version('F', {}, { number: 3 }), V2: version('F', {}, { number: 3 }) }
    expect(errors(numbered)[0]).toContain('both version 3 of F')
    expect(fixed(numbered)).toEqual([])
  })
})

describe('interventions', () => {
  const run = (...interventions: ReturnType<typeof set>[]) =>
    errors({ ...two, Live: alias('F', 'V1') }, { interventions })

  test.each([
    '/resources/V1/Behavior/snapshot',
    '/resources/V1/Behavior/snapshot/Properties/Timeout',
    '/resources/V1/Properties/Description',
  ])('a version never changes: %s (claim 14.1)', (path) => {
    const value = path.endsWith('Timeout') ? 9 : path.endsWith('Description') ? 'x' : { Properties: { Timeout: 9 } }
    expect(run(set(path, value))).toEqual([
      'Intervention 1 changes V1. A published version never changes (LAM-60). Change the function and publish a new version.',
    ])
    expect(fixed({ ...two }, { interventions: [set(path, value)] })).toEqual([])
  })
  test('its provisioned concurrency may', () =>
    expect(
      run(set('/resources/V1/Properties/ProvisionedConcurrencyConfig', { ProvisionedConcurrentExecutions: 2 })),
    ).toEqual([]))
  test('$LATEST and aliases may', () =>
    expect(
      run(set('/resources/F/Properties/Timeout', 9), set('/resources/Live/Properties/FunctionVersion', 'V2')),
    ).toEqual([]))
  test.each([
    ['/resources/F/Properties/PackageType', 'Image', 'PackageType of F', 'function'],
    ['/resources/F/Properties/FunctionName', 'other', 'FunctionName of F', 'function'],
    ['/resources/Live/Properties/Name', 'other', 'Name of Live', 'alias'],
    ['/resources/Live/Properties/FunctionName', 'G', 'FunctionName of Live', 'alias'],
  ])('what a resource is created with stays: %s', (path, value, what, kind) => {
    const base = { ...two, G: fn(), Live: alias('F', 'V1', { Name: 'live' }) }
    expect(errors(base, { interventions: [set(path, value)] })).toContain(
      `Intervention 1 changes ${what}, which AWS takes only when it creates one. Add another ${kind}.`,
    )
    expect(fixed(base, { interventions: [set(path, value)] })).toEqual([])
  })
  test('the same value again changes nothing', () =>
    expect(
      errors(
        { ...two, Live: alias('F', 'V1', { Name: 'live' }) },
        { interventions: [set('/resources/Live/Properties/Name', 'live')] },
      ),
    ).toEqual([]))
  test('in the order of time, whatever the order in the document', () => {
    const reserve = (value: number, at: number) =>
      set('/resources/F/Properties/ReservedConcurrentExecutions', value, at)
    const grow = (at: number) =>
      set('/resources/V1/Properties/ProvisionedConcurrencyConfig', { ProvisionedConcurrentExecutions: 5 }, at)
    expect(run(grow(20), reserve(5, 10))).toEqual([])
    expect(run(grow(20), reserve(4, 10))).toHaveLength(2)
    expect(run(grow(20), reserve(4, 10))[0]).toMatch(/^Intervention 1: F reserves 4/)
  })
  test('what was wrong before is said once, of the document', () => {
    const wrong = { ...two, Live: alias('F', 'V9') }
    expect(errors(wrong, { interventions: [set('/resources/F/Properties/Timeout', 9)] })).toHaveLength(1)
  })
  test('a role that loses what a function needs', () => {
    const found = errors(
      { F: fn({ DeadLetterConfig: { TargetArn: 'Q' } }), Q: queue(), Role: mayAll },
      { interventions: [set('/resources/Role/Properties/Policies', [])] },
    )
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^Intervention 1: Role does not allow sqs:SendMessage on Q/)
  })
  test('a mapping to what its update refuses', () => {
    const mapping = { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'Q', FunctionName: 'F' } }
    const found = errors(
      { F: fn(), Q: queue(), M: mapping, Role: mayAll },
      { interventions: [set('/resources/M/Properties/BatchSize', 11)] },
    )
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^Intervention 1: InvalidParameterValueException: Maximum batch window/)
  })
  test('but not to what AWS refuses', () => {
    const path = '/resources/Live/Properties/RoutingConfig'
    const value = { AdditionalVersionWeights: [{ FunctionVersion: '$LATEST', FunctionWeight: 0.1 }] }
    expect(run(set(path, value))[0]).toMatch(/^Intervention 1: Live shares its calls between V1 and \$LATEST\./)
    expect(run(set('/resources/F/Properties/ReservedConcurrentExecutions', 901))[0]).toContain(
      "decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    )
  })
})
