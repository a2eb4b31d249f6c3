import { describe, expect, it } from 'vitest'
import { command } from './command'
import { fakeIo, TWENTY } from './fake-io.fixture'

const PLAIN = {
  ...TWENTY,
  resources: {
    Shop: TWENTY.resources.Shop,
    FnRole: TWENTY.resources.FnRole,
    Fn: { ...TWENTY.resources.Fn, Properties: { Role: 'FnRole' } },
  },
}
const FILES = {
  'twenty.json': JSON.stringify(PLAIN),
  'net.json': JSON.stringify(TWENTY),
  'bad.json': JSON.stringify({
    ...PLAIN,
    resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: -1 } } },
  }),
  'pattern.json': '{"source":["shop"],"detail":{"total":[{"numeric":[">",10]}]}}',
  'wrong.json': '{"source":"shop"}',
  'yes.json': '{"source":"shop","detail":{"total":42}}',
  'no.json': '{"source":"shop","detail":{"total":4}}',
}

async function sim(line: string, stdin?: string): Promise<{ exit: number; out: string; errors: string[] }> {
  const io = fakeIo({ ...FILES, ...(stdin === undefined ? {} : { '-': stdin }) })
  // words, and quoted text without its quotes
  const argv = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!)
  const exit = await command(argv, io)
  return { exit, out: io.out.join(''), errors: io.errors }
}
const lines = (out: string): unknown[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)

describe('run', () => {
  it('prints the same bytes every time, from a file as from standard input', async () => {
    const first = await sim('run twenty.json --json')
    expect(first.exit).toBe(0)
    expect(JSON.parse(first.out)).toMatchObject({ resources: { Fn: { metrics: { ColdStarts: { sum: 20 } } } } })
    expect((await sim('run twenty.json --json')).out).toBe(first.out)
    expect((await sim('run - --json', FILES['twenty.json'])).out).toBe(first.out)
  })

  it('answers queries', async () => {
    const { out } = await sim(`run twenty.json --query '[{"m":"coldStarts","of":"Fn"},{"m":"invocations"}]'`)
    expect(JSON.parse(out)).toEqual([
      { m: 'coldStarts', of: 'Fn', value: 20 },
      { m: 'invocations', value: 20 },
    ])
  })

  it('runs until nothing is left: the last environments have gone', async () => {
    const { out } = await sim(`run twenty.json --until idle --query '{"m":"Environments","stat":"Last"}'`)
    expect(JSON.parse(out)).toMatchObject([{ value: 0 }])
  })

  it('takes a shorter end', async () => {
    const { out } = await sim('run twenty.json --until 5 --json')
    expect(JSON.parse(out)).toMatchObject({ until: 5 })
  })

  it.each([
    ['run', 'sim run: expected FILE, got nothing'],
    ['run gone.json', 'sim run: gone.json does not exist'],
    ['run bad.json', /^sim run: bad\.json: \/resources\/Q\/Properties\/VisibilityTimeout: /],
    ['run twenty.json --seed x', 'sim run: --seed x: must be a whole number from 0 to 9007199254740991'],
    ['run twenty.json --until 0', /--until 0: must be a number from/],
    ['run twenty.json --profile moon', /--profile moon: there are teaching, aws-2026-11/],
    ['run twenty.json --query \'[{"m":"nonsense"}]\'', /--query: nonsense is no metric/],
    ['run twenty.json --query {', /--query: the query is not JSON/],
    ['run twenty.json --fast', /Unknown option '--fast'/],
  ])('%s is one line on standard error', async (line, message) => {
    const { exit, out, errors } = await sim(line)
    expect(exit).toBe(2)
    expect(out).toBe('')
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(message)
    expect(errors[0]).not.toContain('\n')
  })
})

describe('validate', () => {
  it('says ok, or what is wrong', async () => {
    expect(await sim('validate twenty.json')).toMatchObject({ exit: 0, out: 'ok\n' })
    const bad = await sim('validate bad.json --json')
    expect(bad.exit).toBe(1)
    expect(JSON.parse(bad.out)).toMatchObject({
      result: 'problems',
      problems: [{ path: '/resources/Q/Properties/VisibilityTimeout' }],
    })
  })

  it('answers a batch in order, and goes on after a line it cannot read', async () => {
    const cases = [{ document: PLAIN }, { document: 7 }, 'nonsense', { document: JSON.stringify(PLAIN) }, {}]
    const text = cases.map((one) => (one === 'nonsense' ? one : JSON.stringify(one))).join('\n')
    const { exit, out } = await sim('validate --batch -', text)
    expect(exit).toBe(2)
    expect(lines(out).map((line) => (line as { result: string }).result)).toEqual([
      'ok',
      'problems',
      'error',
      'ok',
      'error',
    ])
  })
})

describe('reach', () => {
  it('names the hop that blocks', async () => {
    const { exit, out } = await sim('reach net.json --from Fn --to internet --json')
    expect(exit).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ result: 'blocked', code: 'NO_ROUTE_TO_DESTINATION' })
  })

  it('answers a batch with files beside it and documents in it', async () => {
    const cases = [
      { scenario: 'net.json', from: 'Fn', to: 'internet' },
      { scenario: TWENTY, from: 'Fn', to: 'internet', port: 443, protocol: 'tcp' },
      { scenario: 'net.json', from: 'Fn' },
      { scenario: 'net.json', from: 'Fn', to: 'internet', port: 'x' },
    ]
    const io = fakeIo({ ...withFolder(FILES), 'dir/cases.jsonl': cases.map((one) => JSON.stringify(one)).join('\n') })
    expect(await command(['reach', '--batch', 'dir/cases.jsonl'], io)).toBe(2)
    expect(lines(io.out.join(''))).toMatchObject([
      { result: 'blocked' },
      { result: 'blocked' },
      { result: 'error', reason: 'to must be a string' },
      { result: 'error' },
    ])
  })

  it('needs both ends', async () => {
    expect(await sim('reach net.json --from Fn')).toMatchObject({ exit: 2, out: '' })
  })
})

describe('match', () => {
  it.each([
    ['match pattern.json yes.json', 0, /^true\n/],
    ['match pattern.json no.json', 1, /^false\n.*detail\.total/],
    ['match wrong.json yes.json', 2, /^invalid: /],
    ['match pattern.json', 0, /^valid\n/],
  ])('%s exits %d', async (line, exit, out) => {
    const answer = await sim(line)
    expect(answer.exit).toBe(exit)
    expect(answer.out).toMatch(out)
  })

  it('lets raw text win in a batch', async () => {
    const cases = [
      { pattern: { a: [1] }, event: { a: 1 } },
      { pattern: { a: [1] }, event: { a: 1 }, eventRaw: '{"a":2}' },
      { pattern: { a: [1] }, patternRaw: '{"a":[2]}', event: { a: 1 } },
      { pattern: { a: 1 }, event: { a: 1 } },
      { pattern: { a: [1] } },
    ]
    const { exit, out } = await sim('match --batch -', cases.map((one) => JSON.stringify(one)).join('\n'))
    expect(exit).toBe(0)
    expect(lines(out).map((line) => (line as { result: unknown }).result)).toEqual([
      true,
      false,
      false,
      'invalid',
      'valid',
    ])
  })
})

describe('match, given what is no pattern or no event', () => {
  it.each([
    [
      '{"pattern":{"a":["x"]},"eventRaw":"{\\"a\\": }"}',
      'eventRaw is not JSON: a JSON value is missing (line 1, column 7)',
    ],
    ['{"pattern":{"a":["x"]},"eventRaw":7}', 'eventRaw must be a string'],
    ['{"patternRaw":7}', 'patternRaw must be a string'],
    ['{"event":{}}', 'pattern is missing'],
    ['"x"', 'the line is no JSON object'],
    ['{', 'the line is not JSON'],
  ])('%s in a batch: %s', async (line, reason) => {
    const { exit, out } = await sim('match --batch -', `{"pattern":{"a":["x"]}}\n\n${line}\n`)
    expect(exit).toBe(2)
    expect(lines(out)).toEqual([
      { result: 'valid', reason: '' },
      { result: 'error', reason },
    ])
  })

  it('tells an error in one line, whatever stands in the pattern', async () => {
    const { exit, out } = await sim('match -', JSON.stringify({ a: [{ 'x\ny\u0007': 1 }] }))
    expect(exit).toBe(2)
    expect(out.trimEnd().split('\n').length).toBe(1)
    expect(out).toMatch(/^invalid: \/a\/0: "x y\\u0007" is no operator; use prefix/)
  })
})

describe('the command line', () => {
  it('explains itself', async () => {
    for (const line of ['help', '--help', 'run --help', ''])
      expect((await sim(line)).out).toMatch(/^Coldstart's simulator/)
  })

  it('names the verbs there are', async () => {
    expect(await sim('frobnicate')).toMatchObject({
      exit: 2,
      errors: [expect.stringContaining('there are run, validate')],
    })
    expect(await sim('constructor')).toMatchObject({ exit: 2 })
  })

  it('reads standard input once', async () => {
    expect((await sim('match - -', '{}')).errors[0]).toMatch(/one file only/)
  })
})

/** The files as a batch in `dir` names them: relative paths are resolved against its folder. */
function withFolder(files: { [name: string]: string }): { [path: string]: string } {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${process.cwd()}/dir/${name}`, text]))
}
