import { describe, expect, test } from 'vitest'
import { Outcome, RowKind } from '../../../model/recording'
import { milliseconds } from './lines'
import { LineKind } from './lineKind'
import { LogView, type LogFilter } from './logView'
import { allowLogs } from './permissions'
import { logsOf, small, type Small } from './small.fixture'

describe('the lines of an invocation', () => {
  test('are START, END and REPORT, and INIT_START before the first (LAM-28)', () => {
    const { writer, lines } = logsOf(small({}))
    const id = writer.request(1)!
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(lines.map(({ message }) => message)).toEqual([
      'INIT_START Runtime Version: nodejs:24',
      `START RequestId: ${id} Version: $LATEST`,
      `END RequestId: ${id}`,
      `REPORT RequestId: ${id}\tDuration: 51.00 ms\tBilled Duration: 101 ms\tMemory Size: 512 MB\tMax Memory Used: 40 MB\tInit Duration: 50.00 ms`,
    ])
    expect(lines.map(({ at }) => at)).toEqual([1_050_000, 1_100_000, 1_151_000, 1_151_000])
    expect(writer.stream(1)).toMatch(/^2026\/11\/20\/\[\$LATEST\][0-9a-f]{32}$/)
    expect(writer.group(1)).toBe('/aws/lambda/Hello')
  })

  test.each<[string, Small]>([
    ['cold and warm', { traffic: '{ pattern: repeat, every: 0.2, times: 12 }' }],
    ['jitter', { profile: 'aws-2026-11', traffic: '{ pattern: poisson, rate: 5, until: 60 }' }],
    ['timeouts', { steps: '[{ wait: 2 }]', timeout: 1, traffic: '{ pattern: repeat, every: 5, times: 4 }' }],
    ['errors', { steps: '[{ wait: 0.01 }, { fail: { rate: 0.5 } }]', traffic: '{ pattern: constant, rate: 2 }' }],
  ])('add up to the metrics of the run: %s', (_, it) => {
    const { reports, metric } = logsOf(small(it))
    const of = (name: string) => metric('Hello', name)
    const sum = (pick: (report: (typeof reports)[number]) => number) => reports.reduce((n, one) => n + pick(one), 0)
    expect(reports.length).toBeGreaterThan(3)
    expect(reports.length).toBe(of('Invocations').sum)
    expect(sum(({ duration }) => duration)).toBe(of('Duration').sum)
    expect(sum(({ billed }) => billed)).toBe(of('BilledMs').sum)
    expect(sum(({ init }) => init)).toBe(of('InitDuration').sum)
    expect(reports.filter(({ init }) => init > 0).length).toBe(of('InitDuration').n)
    expect(reports.filter(({ status }) => status !== null).length).toBe(of('Errors').sum)
    expect(reports.filter(({ status }) => status === 'timeout').length).toBe(of('Timeouts').sum)
  })

  test('tell a timeout by message and status (LAM-53)', () => {
    const { lines } = logsOf(small({ steps: '[{ wait: 9 }]' }))
    expect(lines.map(({ kind }) => kind)).toEqual([
      LineKind.init,
      LineKind.start,
      LineKind.error,
      LineKind.end,
      LineKind.report,
    ])
    expect(lines.at(-3)!.message).toMatch(
      /^2026-11-20T00:00:04\.100Z [0-9a-f-]{36} Task timed out after 3\.00 seconds$/,
    )
    expect(lines.at(-1)!.message).toMatch(/\tDuration: 3000\.00 ms\tBilled Duration: 3050 ms\t.*\tStatus: timeout$/)
  })

  test('of attempts at one asynchronous event carry one request id (claim 7.4)', () => {
    const { writer, lines } = logsOf(
      small({
        call: 'lambda:InvokeAsync',
        traffic: '{ pattern: burst, count: 2, at: 1 }',
        steps: '[{ wait: 0.05 }, { fail: { attempts: [1, 2, 3] } }]',
      }),
    )
    const starts = lines.filter(({ kind }) => kind === LineKind.start)
    expect(starts.length).toBe(6)
    const ids = starts.map(({ position }) => writer.request(position))
    expect(ids.filter((id) => id === ids[0]).length).toBe(3)
    expect(new Set(ids).size).toBe(2)
    for (const { message } of lines.filter(({ kind }) => kind === LineKind.report))
      expect(message).toMatch(/\tStatus: error\tError Type: Error$/)
  })

  test('of repeated synchronous calls carry an id each, in one stream', () => {
    const { writer, lines } = logsOf(small({ traffic: '{ pattern: repeat, every: 1, times: 5 }' }))
    const starts = lines.filter(({ kind }) => kind === LineKind.start)
    expect(new Set(starts.map(({ position }) => writer.request(position))).size).toBe(5)
    expect(new Set(starts.map(({ position }) => writer.stream(position))).size).toBe(1)
  })

  test('are the same in another run of the same scenario, and others with another seed', () => {
    const messages = (seed: number) => logsOf({ ...small({}), seed }).lines.map(({ message }) => message)
    expect(messages(42)).toEqual(messages(42))
    expect(messages(43)).not.toEqual(messages(42))
  })
})

describe('what the handler says', () => {
  const fails = "[{ log: 'got it' }, { wait: 0.01 }, { fail: { type: NoStock, message: none left } }]"

  test('stands between START and END: log lines and the error', () => {
    const { writer, lines } = logsOf(small({ steps: fails }))
    const id = writer.request(1)!
    expect(lines.map(({ message }) => message)).toEqual([
      'INIT_START Runtime Version: nodejs:24',
      `START RequestId: ${id} Version: $LATEST`,
      'got it',
      `${id}\tERROR\tInvoke Error\t{"errorType":"NoStock","errorMessage":"none left"}`,
      `END RequestId: ${id}`,
      `REPORT RequestId: ${id}\tDuration: 11.00 ms\tBilled Duration: 61 ms\tMemory Size: 512 MB\tMax Memory Used: 40 MB\tInit Duration: 50.00 ms\tStatus: error\tError Type: NoStock`,
    ])
  })

  test('is told in the manner of the runtime', () => {
    const { writer, lines } = logsOf(small({ steps: fails, runtime: 'python3.13' }))
    expect(lines[0]!.message).toBe('INIT_START Runtime Version: python:3.13')
    expect(lines.at(-3)!.message).toBe('[ERROR] NoStock: none left')
    expect(writer.report(lines.at(-1)!.position)).toMatchObject({ status: 'error', errorType: 'NoStock' })
  })

  test.each([
    ['[{ fail: { crash: true } }]', 'Error: Runtime exited with error: exit status 1\tRuntime.ExitError', 40],
    ['[{ memory: 900 }]', 'Error: Runtime exited with error: signal: killed\tRuntime.OutOfMemory', 512],
  ])('of a process that ended is said by the service: %s', (steps, message, used) => {
    const { writer, lines } = logsOf(small({ steps }))
    const { position } = lines.at(-1)!
    expect(lines.at(-3)!.message).toBe(`RequestId: ${writer.request(position)} ${message}`)
    expect(writer.report(position)!.maxMemoryUsed).toBe(used)
  })

  test('comes once for each invocation, and leads to its end', () => {
    const { store, lines } = logsOf(small({ steps: fails, traffic: '{ pattern: repeat, every: 1, times: 3 }' }))
    const errors = lines.filter(({ kind }) => kind === LineKind.error)
    expect(errors.length).toBe(3)
    for (const { row } of errors)
      expect(store.shown.row(row)).toMatchObject({ kind: RowKind.span, code: Outcome.error })
  })
})

describe('a role that may not write logs', () => {
  test('leaves none, and the fix gives what is missing (LAM-29, claim 5.2)', () => {
    const scenario = small({ actions: "['logs:CreateLogGroup']", traffic: '{ pattern: repeat, every: 1, times: 4 }' })
    const { index } = logsOf(scenario)
    expect(index.length).toBe(0)
    expect([...index.silent]).toEqual([['Hello', 4]])
    const { access } = index.documents.code('Hello', 0)!
    expect(access).toMatchObject({ role: 'HelloRole', missing: ['logs:CreateLogStream', 'logs:PutLogEvents'] })
    const fix = allowLogs(scenario, 'HelloRole')!
    const [patch] = fix.patches
    const resources = { ...scenario.resources, HelloRole: patch!.value as (typeof scenario.resources)[string] }
    expect(patch!.path).toBe('/resources/HelloRole')
    expect(logsOf({ ...scenario, resources }).index.length).toBeGreaterThan(0)
  })

  test('may be changed on the way by a set', () => {
    const scenario = small({ traffic: '{ pattern: repeat, every: 1, times: 10 }' })
    const path = '/resources/HelloRole/Properties/Policies'
    const { index, reports } = logsOf({ ...scenario, interventions: [{ at: 5.5, set: path, value: [] }] })
    expect(reports.length).toBe(6)
    expect([...index.silent]).toEqual([['Hello', 4]])
  })
})

describe('a view of the lines', () => {
  const { writer, lines } = logsOf(small({ traffic: '{ pattern: burst, count: 3, at: 1 }' }))
  const view = (filter: Partial<LogFilter>) => {
    const found = new LogView(writer, { resources: null, entity: -1, text: '', ...filter })
    while (!found.complete) found.scan(2)
    return found
  }
  test('holds all, or those of one stream, or with a text', () => {
    expect(view({}).lines.length).toBe(lines.length)
    expect(view({ entity: lines[0]!.entity }).lines.length).toBe(4)
    expect(view({ text: 'report' }).lines.length).toBe(3)
    expect(view({ resources: new Set(['Other']) }).lines.length).toBe(0)
  })
  test('knows the last line at a time', () => {
    expect(view({}).reached(1_049_999)).toBe(-1)
    expect(view({}).reached(1_050_000)).toBe(2)
    expect(view({}).reached(9e9)).toBe(lines.length - 1)
  })
})

test('milliseconds are written with two digits, or exactly', () => {
  expect(milliseconds(51_000)).toBe('51.00')
  expect(milliseconds(1_230)).toBe('1.23')
  expect(milliseconds(1_234)).toBe('1.234')
  expect(milliseconds(3_000_000)).toBe('3000.00')
})
