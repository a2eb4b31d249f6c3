import { describe, expect, test } from 'vitest'
import { errors, fixed, fn, layer, problems } from './gate.fixture'

const AWS = 'AWS: 1 validation error detected: Value'

describe('limits of one property are refused in the words of AWS', () => {
  test.each([
    [
      { MemorySize: 127 },
      'MemorySize is 128 to 10240 MB. You wrote 127. The smallest is 128.',
      "'127' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
    ],
    [
      { MemorySize: 10_241 },
      'MemorySize is 128 to 10240 MB. You wrote 10241. The largest is 10240.',
      "'10241' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to 10240",
    ],
    // what the API model accepts for Managed Instances
    [
      { MemorySize: 32_768 },
      'MemorySize is 128 to 10240 MB. You wrote 32768. The largest is 10240.',
      "'32768' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to 10240",
    ],
    [
      { Timeout: 0 },
      'Timeout is 1 to 900 s. You wrote 0. The smallest is 1.',
      "'0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      { Timeout: 901 },
      'Timeout is 1 to 900 s. You wrote 901. The largest is 900.',
      "'901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
    [
      { EphemeralStorage: { Size: 511 } },
      'Size is 512 to 10240 MB. You wrote 511. The smallest is 512.',
      "'511' at 'ephemeralStorage.size' failed to satisfy constraint: Member must have value greater than or equal to 512",
    ],
    [
      { EphemeralStorage: { Size: 10_241 } },
      'Size is 512 to 10240 MB. You wrote 10241. The largest is 10240.',
      "'10241' at 'ephemeralStorage.size' failed to satisfy constraint: Member must have value less than or equal to 10240",
    ],
    [
      { Architectures: ['x86_64', 'arm64'] },
      'Architectures has at most 1 items. There are 2. Remove 1.',
      "'[x86_64, arm64]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      { FunctionName: 'a'.repeat(65) },
      'FunctionName has at most 64 characters. There are 65. Remove 1.',
      "at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64",
    ],
    [
      { ReservedConcurrentExecutions: -1 },
      'ReservedConcurrentExecutions is 0 to 1000000. You wrote -1. The smallest is 0.',
      "'-1' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      { SnapStart: { ApplyOn: 'Always' } },
      'ApplyOn is PublishedVersions or None. You wrote "Always".',
      "'Always' at 'snapStart.applyOn' failed to satisfy constraint: Member must satisfy enum value set: [PublishedVersions, None]",
    ],
  ])('%j', (properties, ours, theirs) => {
    const [first] = problems({ F: fn(properties) })
    expect(first?.severity).toBe('error')
    expect(first?.message.startsWith(`${ours} ${AWS}`), first?.message).toBe(true)
    expect(first?.message).toContain(theirs)
  })

  test.each([
    { MemorySize: 128 },
    { MemorySize: 10_240 },
    { Timeout: 1 },
    { Timeout: 900 },
    { EphemeralStorage: { Size: 10_240 } },
    { Architectures: ['arm64'] },
    { FunctionName: 'a'.repeat(64) },
    { ReservedConcurrentExecutions: 0 },
    { PackageType: 'Image' },
    { MemorySize: 1_769 },
  ])('%j is right', (properties) => expect(problems({ F: fn(properties) })).toEqual([]))

  test('memory goes by whole MB (LAM-1)', () =>
    expect(errors({ F: fn({ MemorySize: 128.5 }) })[0]).toMatch(/^MemorySize is /))
  test('a fix sets the nearest value AWS takes', () => expect(fixed({ F: fn({ MemorySize: 20_000 }) })).toEqual([]))
})

describe('environment variables (LAM-5)', () => {
  const variables = (Variables: { [name: string]: string }) => fn({ Environment: { Variables } })

  test('4096 bytes with their names and the marks between them are taken, one more is not', () => {
    // {"AB":"..."} has 9 bytes beside the value
    expect(problems({ F: variables({ AB: 'x'.repeat(4_087) }) })).toEqual([])
    const [message] = errors({ F: variables({ AB: 'x'.repeat(4_088) }) })
    expect(message).toContain('4097 bytes together. 4096 are the most. Shorten them by 1')
    expect(message).toContain(
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.',
    )
  })
  test('bytes count, not characters', () => {
    expect(errors({ F: variables({ AB: 'ž'.repeat(2_100) }) })).toHaveLength(1)
    expect(errors({ F: variables({ AB: 'z'.repeat(2_100) }) })).toEqual([])
  })
  test.each(['AWS_REGION', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_SESSION_TOKEN', '_HANDLER', 'LAMBDA_TASK_ROOT'])(
    '%s is reserved',
    (name) => {
      const [message, ...others] = errors({ F: variables({ [name]: 'x' }) })
      expect(others).toEqual([])
      expect(message).toContain(
        `reserved keys that are currently not supported for modification. Reserved keys used in this request: ${name}`,
      )
      expect(fixed({ F: variables({ [name]: 'x' }) })).toEqual([])
    },
  )
  test.each(['AWS_LAMBDA_EXEC_WRAPPER', 'TZ', 'PATH', 'EC2_INSTANCES'])('%s may be set', (name) =>
    expect(problems({ F: variables({ [name]: 'x' }) })).toEqual([]),
  )
  test.each(['1ST', 'A', 'WITH-DASH'])('%s is no name', (name) =>
    expect(errors({ F: variables({ [name]: 'x' }) })[0]).toContain('[a-zA-Z]([a-zA-Z0-9_])+'),
  )
})

describe('runtimes (LAM-17)', () => {
  test.each(['python3.8', 'python3.9', 'go1.x', 'nodejs16.x'])('%s is refused', (Runtime) => {
    const [message] = errors({ F: fn({ Runtime }) })
    expect(message).toContain(
      `The runtime parameter of ${Runtime} is no longer supported for creating or updating AWS Lambda functions.`,
    )
    expect(fixed({ F: fn({ Runtime }) })).toEqual([])
  })
  test.each([
    ['nodejs20.x', '2026-04-30'],
    ['python3.10', '2026-10-31'],
    ['dotnet8', '2026-11-10'],
    ['provided.al2', '2026-07-31'],
  ])('%s runs on with a warning', (Runtime, date) => {
    const [first] = problems({ F: fn({ Runtime }) })
    expect(first?.severity).toBe('warning')
    expect(first?.message).toContain(`AWS deprecated ${Runtime} on ${date}`)
    expect(fixed({ F: fn({ Runtime }) })).toEqual([])
  })
  test('one that ends soon is a note', () =>
    expect(problems({ F: fn({ Runtime: 'nodejs22.x' }) })).toMatchObject([
      { severity: 'info', message: 'F: AWS deprecates nodejs22.x on 2027-04-30. Move to nodejs24.x.' },
    ]))
  test('a preview is a note', () =>
    expect(problems({ F: fn({ Runtime: 'nodejs26.x' }) })).toMatchObject([
      {
        severity: 'info',
        message: 'F: nodejs26.x is a preview, which AWS does not support yet. Move to nodejs24.x.',
      },
    ]))
  test('an unknown one is refused', () =>
    expect(errors({ F: fn({ Runtime: 'cobol85' }) })[0]).toContain(
      "Value cobol85 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set",
    ))
  test('an image brings its own', () =>
    expect(problems({ F: fn({ PackageType: 'Image', Runtime: 'python3.9' }) })).toEqual([]))
})

describe('what the code imports (LAM-53)', () => {
  test('nobody holds it', () => {
    const [first] = problems({ F: fn({ Handler: 'app.run' }, { imports: ['requests'] }) })
    expect(first?.severity).toBe('warning')
    expect(first?.message).toContain("Unable to import module 'app': No module named 'requests'.")
  })
  test('package or layer hold it', () =>
    expect(
      problems({
        F: fn({ Layers: ['Pillow'] }, { imports: ['PIL', 'requests'], package: { provides: ['requests'] } }),
        Pillow: layer({}, { provides: ['PIL'] }),
      }),
    ).toEqual([]))
})

test('two functions of one name', () =>
  expect(errors({ F: fn({ FunctionName: 'x' }), G: fn({ FunctionName: 'x' }) })).toEqual([
    'G and F are both called x. Name one otherwise. AWS: Function already exist: x',
  ]))

test('a function without a role', () =>
  expect(errors({ F: { Type: 'AWS::Lambda::Function' } })).toEqual([
    'F has no execution role. Lambda needs one to run it (LAM-64).',
  ]))
