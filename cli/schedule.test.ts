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
