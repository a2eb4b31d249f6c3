import { expect, test } from 'vitest'
import { command } from './command'
import { fakeIo } from './fake-io.fixture'

async function sim(argv: string[], files: { [path: string]: string } = {}) {
  const io = fakeIo(files)
  const exit = await command(['schedule', ...argv], io)
  return { exit, out: io.out.join(''), errors: io.errors }
}

test('prints the next fire times, or why there are none', async () => {
  expect(await sim(['cron(0 8 ? * MON-FRI *)', '--from', '2026-11-20T08:00:00Z', '--count', '3'])).toEqual({
    exit: 0,
    out: '2026-11-20T08:00:00Z\n2026-11-23T08:00:00Z\n2026-11-24T08:00:00Z\n',
    errors: [],
  })
  expect(await sim(['cron(0 8 30 2 ? *)', '--from', '2026-11-20'])).toMatchObject({ exit: 0, out: 'never again\n' })
  expect(await sim(['*/5 * * * *'])).toMatchObject({ exit: 1, out: expect.stringContaining('cron(*/5 * * * ? *)') })
})

test('takes a zone and an API', async () => {
  const zone = ['--timezone', 'Europe/Berlin', '--from', '2026-07-01T00:00:00Z', '--count', '1', '--json']
  expect(JSON.parse((await sim(['cron(0 8 * * ? *)', ...zone])).out)).toEqual({
    result: 'valid',
    next: ['2026-07-01T06:00:00Z'],
    reason: '',
  })
  expect((await sim(['rate(1 hours)'])).exit).toBe(1)
  expect((await sim(['rate(1 hours)', '--api', 'scheduler:CreateSchedule'])).exit).toBe(0)
  expect(await sim(['rate(1 hour)', '--api', 'x'])).toMatchObject({ exit: 2, errors: [expect.stringContaining('api')] })
  expect(await sim(['rate(1 hour)', '--from', 'x'])).toMatchObject({
    exit: 2,
    errors: [expect.stringContaining('from')],
  })
})

test('answers a batch line by line', async () => {
  const cases = [
    { expr: 'cron(15 10 ? * 6L 2026)', from: '2026-11-01T00:00:00Z', count: 3 },
    { expr: 'cron(15 10 * * ? *)', from: '2026-11-01T10:15:00Z', inclusive: false },
    { expr: 'at(2026-12-01T00:00:00)', from: '2026-11-01T00:00:00Z' },
    { expr: 'rate(1 minutes)', api: 'events:PutRule' },
    { expr: 5 },
  ]
  const { exit, out } = await sim(['--batch', 'cases'], { cases: cases.map((each) => JSON.stringify(each)).join('\n') })
  expect(exit).toBe(2)
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { result: 'valid', next: ['2026-11-27T10:15:00Z', '2026-12-25T10:15:00Z'], reason: '' },
    { result: 'valid', next: ['2026-11-02T10:15:00Z'], reason: '' },
    { result: 'valid', next: ['2026-12-01T00:00:00Z'], reason: '' },
    { result: 'invalid', next: [], reason: expect.stringContaining('rate(1 minute)') },
    { result: 'error', reason: 'expr must be a string' },
  ])
})

test('reads an instant as it is written, and refuses days that are not there', async () => {
  const next = async (from: string) => (await sim(['cron(* * * * ? *)', '--count', '1', '--from', from])).out.trim()
  expect(await next('2026-11-20')).toBe('2026-11-20T00:00:00Z')
  expect(await next('2026-11-20T08:00')).toBe('2026-11-20T08:00:00Z')
  expect(await next('2026-11-20T08:00:00+01:00')).toBe('2026-11-20T07:00:00Z')
  expect(await next('2026-11-20T08:00:00-0330')).toBe('2026-11-20T11:30:00Z')
  expect(await next('2026-11-20T08:00:00.001Z')).toBe('2026-11-20T08:01:00Z')
  for (const from of ['2026-02-30', '2026-11-20T24:00', '2026', '20 Nov 2026', '', '2026-11-20T08:00:00+1'])
    expect(await sim(['rate(1 hour)', '--from', from])).toMatchObject({
      exit: 2,
      out: '',
      errors: [`sim schedule: from: ${from} is no instant; write 2026-11-20T08:00:00Z`],
    })
})

test('reads the expression from standard input', async () => {
  const given = { '-': 'cron(0 8 * * ? *)\n' }
  expect(await sim(['-', '--from', '2026-11-20T00:00:00Z', '--count', '1'], given)).toMatchObject({
    exit: 0,
    out: '2026-11-20T08:00:00Z\n',
  })
})

test('every error of a batch is a line that names the place', async () => {
  const bad: [unknown, string][] = [
    [{ expr: 'rate(1 hour)', inclusive: 'no' }, 'inclusive must be true or false'],
    [{ expr: 'rate(1 hour)', count: 1.5 }, 'count must be a whole number from 0 to 10000'],
    [{ expr: 'rate(1 hour)', from: '2026-02-30' }, 'from: 2026-02-30 is no instant; write 2026-11-20T08:00:00Z'],
    [{ expr: 'rate(1 hour)', timezone: 5 }, 'timezone must be a string'],
    [[], 'the line is no JSON object'],
  ]
  const { exit, out } = await sim(['--batch', 'cases'], { cases: bad.map(([one]) => JSON.stringify(one)).join('\n') })
  expect(exit).toBe(2)
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(bad.map(([, reason]) => ({ result: 'error', reason })))
  expect(await sim(['--batch', 'cases', 'more'], { cases: '' })).toMatchObject({
    exit: 2,
    errors: ['sim schedule: nothing else stands beside the options; leave out more'],
  })
  // a fire beyond the years that can be written is none
  const far = await sim(['rate(31536000 days)', '--from', '2026-11-20', '--count', '3'])
  expect(far.out).toBe('never again\n')
})
