import { describe, expect, test } from 'vitest'
import { gateValue } from './gate'
import { gateText } from './gate-text'
import { locate } from './locate'
import { registry } from './samples'

const all = registry()
const first = (text: string) => {
  const result = gateText(text, all)
  expect(result.ok).toBe(false)
  expect(locate(text, '/resources/A')).toSatisfy((place) => place === null || typeof place === 'object')
  return result.problems[0]?.message ?? ''
}
const refused = (value: unknown) => {
  const result = gateValue(value, all)
  expect(result.ok).toBe(false)
  return result.problems[0]
}
const nested = (depth: number) => {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = [value]
  return value
}

describe('hostile text is refused', () => {
  const million = 1_000_000
  test.each<[string, string, RegExp]>([
    ['too long', ' '.repeat(2_000_001), /has 2000001 characters/],
    ['100 MB', 'a'.repeat(100 * million), /The most is 2000000/],
    ['deep JSON', `${'['.repeat(million)}${']'.repeat(million)}`, /deeper than 64/],
    ['unclosed', '['.repeat(2 * million), /deeper than 64/],
    ['deep flow maps', '{a: '.repeat(400_000), /deeper than 64/],
    ['deep block lists', '- '.repeat(million), /deeper than 64/],
    ['deep keys', '? '.repeat(million), /deeper than 64/],
    ['deep indentation', Array.from({ length: 1_500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), /deeper than 64/],
    ['closing marks', '}'.repeat(2 * million), /marks/],
    ['commas', `[${','.repeat(million)}`, /marks/],
    ['lines', '\n'.repeat(150_000) + 'a', /100000 lines/],
    ['directives', '%a\n'.repeat(90_000), /Line 90001, column 1: Missing directives-end/],
    ['aliases', 'a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]', /Line 2, column 8: \*a repeats a value/],
    ['a cycle', '&a [*a]', /repeats a value/],
    ['a tag', 'coldstart: !!js/function "x"', /Line 1, column 12/],
    ['a custom tag', 'a: !Sub Orders', /Line 1, column 4/],
    ['a key twice', 'coldstart: 1\nresources: {}\ncoldstart: 1', /Line 3, column 1: coldstart is written twice/],
    ['a key twice in JSON', '{"coldstart": 1, "coldstart": 1}', /Line 1, column 18: coldstart is written twice/],
    ['two documents', 'a: 1\n---\nb: 2', /Line 2/],
    ['a merge key', 'coldstart: 1\nresources: {}\n<<: { a: 1 }', /has no <</],
    ['broken JSON', '{"coldstart": 1,\n "resources": {', /Line 2/],
    ['infinity', 'coldstart: 1\nduration: .inf\nresources: {}', /not a finite number/],
    ['a huge number', '{"coldstart": 1, "duration": 1e999, "resources": {}}', /not a finite number/],
    ['no number', 'coldstart: .nan\nresources: {}', /not a finite number/],
    [
      'a prototype',
      '{"coldstart": 1, "resources": {"__proto__": {"Type": "AWS::SQS::Queue"}}}',
      /__proto__ is not allowed/,
    ],
    [
      'a constructor',
      'coldstart: 1\nresources:\n  constructor: { Type: AWS::SQS::Queue }',
      /constructor is not allowed/,
    ],
    ['a list as key', 'coldstart: 1\nresources: {}\n? [a]\n: 1', /Line 3/],
    ['a byte mix', '\u0000\uFFFF\uD800{"', /./],
  ])('%s', (_, text, message) => {
    expect(first(text)).toMatch(message)
  })

  test('three thousand resources', () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => `  Q${i}: { Type: AWS::SQS::Queue }`)
    expect(first(`coldstart: 1\nresources:\n${lines.join('\n')}`)).toBe(
      'The scenario has 3000 resources. The most is 2000.',
    )
  })

  test('two thousand dangling references give a hundred problems', () => {
    const redrive = (i: number) => `{ RedrivePolicy: { deadLetterTargetArn: X${i}, maxReceiveCount: 3 } }`
    const lines = Array.from(
      { length: 2_000 },
      (_, i) => `  Q${i}: { Type: AWS::SQS::Queue, Properties: ${redrive(i)} }`,
    )
    expect(gateText(`coldstart: 1\nresources:\n${lines.join('\n')}`, all).problems).toHaveLength(100)
  })

  test('two thousand resources pass', () => {
    const lines = Array.from({ length: 2_000 }, (_, i) => `  Q${i}: { Type: AWS::SQS::Queue }`)
    expect(gateText(`coldstart: 1\nresources:\n${lines.join('\n')}`, all).ok).toBe(true)
  })

  test('a thousand wrong properties give a hundred problems', () => {
    const wrong = Array.from({ length: 1_000 }, (_, i) => `x${i}: 1`).join(', ')
    const { problems } = gateText(
      `coldstart: 1\nresources: { Q: { Type: AWS::SQS::Queue, Properties: { ${wrong} } } }`,
      all,
    )
    expect(problems).toHaveLength(100)
  })
})

describe('hostile values are refused', () => {
  test('cycles, depth, strange objects', () => {
    const cycle: { coldstart: number; self?: unknown } = { coldstart: 1 }
    cycle.self = cycle
    expect(refused(cycle)).toMatchObject({ path: '/self', message: 'This value contains itself.' })
    expect(refused({ coldstart: 1, a: nested(64) })?.message).toBe('The document is nested deeper than 64 levels.')
    expect(refused({ coldstart: 1, a: nested(50_000) })?.message).toBe('The document is nested deeper than 64 levels.')
    expect(refused({ coldstart: 1, a: new Map() })?.message).toBe('This is not a plain object.')
    expect(refused({ coldstart: 1, a: undefined })?.message).toBe('JSON has no undefined. Leave it out.')
    expect(refused({ coldstart: 1, a: 10n })?.message).toBe('JSON has no bigint. Leave it out.')
    expect(refused({ coldstart: 1, a: Object.assign([], { length: 1e9 }) })?.message).toBe(
      'The document has more than 400000 values.',
    )
    expect(refused({ coldstart: 1, a: 'x'.repeat(2_000_001) })?.message).toBe(
      'The document holds more than 2000000 characters of text.',
    )
  })

  test('an object that throws when it is read', () => {
    const trap = {
      get a(): never {
        throw new Error('trap')
      },
    }
    expect(refused({ coldstart: 1, trap })?.message).toBe('The document could not be read.')
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('trap')
        },
      },
    )
    expect(refused(proxy)?.message).toBe('The document could not be read.')
  })

  test('nothing of the input is kept', () => {
    const input = { coldstart: 1, resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 1 } } } }
    const result = gateValue(input, all)
    input.resources.Q.Properties.DelaySeconds = 2
    expect(result.ok && result.scenario.resources['Q']?.Properties).toEqual({ DelaySeconds: 1 })
  })
})
