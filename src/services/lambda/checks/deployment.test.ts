import { describe, expect, test } from 'vitest'
import type { Resource } from '../../../model/scenario'
import { codeStorage } from './deployment'
import { errors, fixed, fn, layer, problems, scenarioOf, set, version, type Resources } from './gate.fixture'

describe('code storage (LAM-12)', () => {
  const many = (count: number, behavior = {}, properties = {}): Resources =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`F${i}`, fn(properties, { package: { zip: 50, ...behavior } })]),
    )
  test('300 GB unzipped, versions and layers included', () => {
    // 1,228 of 250 MB and 200 MB are exactly 300 GB
    const full = {
      ...many(1_227, { unzipped: 250 }),
      L: layer({}, { unzipped: 250 }),
      Last: fn({}, { package: { unzipped: 200 } }),
    }
    expect(codeStorage(scenarioOf(full))).toEqual([])
    const [problem] = codeStorage(scenarioOf({ ...full, V: version('Last') }))
    expect(problem?.message).toBe(
      'Functions, their versions and layers are 301 GB unzipped. A region keeps 300 GB (LAM-12). Remove old versions. AWS: Code storage limit exceeded.',
    )
  })
  test('images are kept elsewhere', () =>
    expect(codeStorage(scenarioOf(many(1_300, { unzipped: 250 }, { PackageType: 'Image' })))).toEqual([]))
})

describe('reasons of failures (LAM-16)', () => {
  test.each(['Idle', 'Creating', 'Restoring'])('%s is none', (code) => {
    expect(errors({ F: fn({}, { creationFails: code }) })).toEqual([
      `F: ${code} is the reason of a state that passes, not of a failure (LAM-16). Name another.`,
    ])
    expect(fixed({ F: fn({}, { updateFails: code }) })).toEqual([])
  })
  test.each(['SubnetOutOfIPAddresses', 'FunctionError.InitTimeout'])('%s is one', (code) =>
    expect(errors({ F: fn({}, { creationFails: code, updateFails: code }) })).toEqual([]),
  )
})

describe('updates in progress (LAM-15)', () => {
  const memory = (at: number) => set('/resources/F/Properties/MemorySize', 256 + at, at)
  const warnings = (interventions: ReturnType<typeof set>[], rest = {}) =>
    problems({ F: fn(), G: fn() }, { interventions, ...rest }).map(({ message }) => message)
  test('a second update in the middle of the first', () =>
    expect(warnings([memory(10), memory(13)], { facts: { 'lambda.updateTime': 5 } })).toEqual([
      'Intervention 2 changes F 3 s after intervention 1, whose update takes 5 s. AWS refuses it with 409 ResourceConflictException (LAM-15, LAM-52); the run makes both. Wait 5 s, or set both at one moment. AWS: The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:123456789012:function:F',
    ]))
  test('after it, at the same moment, of another function or of reserved concurrency there is none', () => {
    const facts = { facts: { 'lambda.updateTime': 5 } }
    expect(warnings([memory(10), memory(15)], facts)).toEqual([])
    expect(warnings([memory(10), set('/resources/F/Properties/Timeout', 9, 10)], facts)).toEqual([])
    expect(warnings([memory(10), set('/resources/G/Properties/Timeout', 9, 11)], facts)).toEqual([])
    expect(warnings([memory(10), set('/resources/F/Properties/ReservedConcurrentExecutions', 9, 11)], facts)).toEqual(
      [],
    )
  })
  test('updates take no time under teaching, and 5 s of aws-2026-11', () => {
    expect(warnings([memory(10), memory(13)])).toEqual([])
    expect(warnings([memory(10), memory(13)], { profile: 'aws-2026-11' })).toHaveLength(1)
  })
})

describe('payload of an event (LAM-10)', () => {
  const caller = (call: string, bytes: number): Resource => ({
    Type: 'Coldstart::Client',
    Behavior: { call, to: 'F', body: { a: 'x'.repeat(bytes - 8) } },
  })
  test('1 MB, not one byte more', () => {
    expect(problems({ F: fn(), C: caller('lambda:InvokeAsync', 1_048_576) })).toEqual([])
    const [message] = errors({ F: fn(), C: caller('lambda:InvokeAsync', 1_048_577) })
    expect(message).toContain(
      'AWS: 1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
    )
  })
  test('a synchronous call may carry more', () =>
    expect(problems({ F: fn(), C: caller('lambda:Invoke', 1_900_000) })).toEqual([]))
  test('of a step', () => {
    const steps = [{ call: 'lambda:InvokeAsync', to: 'G', body: { a: 'x'.repeat(1_048_570) } }]
    expect(errors({ F: fn({}, { steps }), G: fn() })).toHaveLength(1)
  })
})

describe('trust policy (LAM-64)', () => {
  const role = (statement: unknown): Resource => ({
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: { Statement: statement }, Policies: [], ManagedPolicyArns: [] } as never,
  })
  const refused = (statement: unknown) => errors({ F: fn(), Role: role(statement) })
  const allow = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  test('lets Lambda take the role', () => {
    expect(refused([allow])).toEqual([])
    expect(refused(allow)).toEqual([])
    expect(refused([{ ...allow, Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] } }])).toEqual([])
  })
  test.each([
    { ...allow, Principal: { Service: 'ec2.amazonaws.com' } },
    { ...allow, Effect: 'Deny' },
    { ...allow, Action: 'sts:TagSession' },
  ])('or the function is refused: %j', (statement) => {
    expect(refused([statement])).toEqual([
      'F runs under Role, whose trust policy does not let lambda.amazonaws.com take it (LAM-64). Allow it sts:AssumeRole there. AWS: The role defined for the function cannot be assumed by Lambda.',
    ])
  })
})
