import {
  isoSeconds,
  nextFires,
  parseSchedule,
  secondsOf,
  UTC,
  zoneOffset,
  type ScheduleApi,
} from '../src/events/schedule'
import { argumentsOf, numberOption, positionals } from './args'
import { batch, textOf, type Case } from './batch'
import { oneLine, Refusal, type Io } from './io'

interface Answer {
  readonly result: 'valid' | 'invalid'
  readonly next: readonly string[]
  readonly reason: string
}

interface Question {
  readonly expression: string
  readonly api: ScheduleApi
  /** Seconds since 1970, UTC. */
  readonly from: number
  readonly inclusive: boolean
  readonly count: number
  readonly zone: string | undefined
}

const APIS: { readonly [api: string]: ScheduleApi } = {
  'events:PutRule': 'rule',
  'scheduler:CreateSchedule': 'scheduler',
}
const MOST = 10_000
/** Years are written with four digits. */
const LAST = secondsOf('9999-12-31T23:59:59')!

/** `schedule 'cron(...)'`: the next fire times, or why EventBridge refuses it. Exit 0 valid, 1 invalid. */
export function schedule(args: string[], io: Io): number {
  const { values, positionals: given } = argumentsOf(args, {
    json: { type: 'boolean' },
    batch: { type: 'string' },
    from: { type: 'string' },
    count: { type: 'string' },
    timezone: { type: 'string' },
    api: { type: 'string' },
  })
  if (values.batch !== undefined) {
    positionals(given, [])
    return batch(io, values.batch, answerCase)
  }
  const [written] = positionals(given, ['EXPRESSION']) as [string]
  const expression = written === '-' ? io.read('-').replace(/\r?\n$/, '') : written
  const answer = answerOf({
    expression,
    api: apiOf(values.api, expression),
    from: fromOf(values.from),
    inclusive: true,
    count: numberOption('count', values.count, { least: 1, most: MOST, whole: true }) ?? 10,
    zone: values.timezone,
  })
  if (values.json === true) io.write(`${JSON.stringify(answer)}\n`)
  else if (answer.result === 'invalid') io.write(`invalid: ${oneLine(answer.reason)}\n`)
  else io.write(answer.next.length === 0 ? 'never again\n' : `${answer.next.join('\n')}\n`)
  return answer.result === 'valid' ? 0 : 1
}

function answerOf({ expression, api, from, inclusive, count, zone }: Question): Answer {
  const found = parseSchedule(expression, api)
  if ('refused' in found) return { result: 'invalid', next: [], reason: found.refused }
  const offset = zone === undefined ? UTC : zoneOffset(zone)
  if (offset === null)
    return {
      result: 'invalid',
      next: [],
      reason: `${zone === '' ? 'Nothing' : zone} is no time zone: write one such as Europe/Berlin.`,
    }
  const fires = nextFires(found, { from, inclusive, count, offset }).filter((at) => at < LAST)
  return { result: 'valid', next: fires.map((at) => `${isoSeconds(at)}Z`), reason: '' }
}

function answerCase(given: Case): Answer {
  const { api, from, inclusive, count, timezone } = given
  if (count !== undefined && !(Number.isInteger(count) && (count as number) >= 0 && (count as number) <= MOST))
    throw new Refusal(`count must be a whole number from 0 to ${MOST}`)
  if (inclusive !== undefined && inclusive !== null && typeof inclusive !== 'boolean')
    throw new Refusal('inclusive must be true or false')
  return answerOf({
    expression: textOf(given, 'expr'),
    api: apiOf(api === undefined || api === null ? undefined : textOf(given, 'api'), textOf(given, 'expr')),
    from: fromOf(from === undefined || from === null ? undefined : textOf(given, 'from')),
    inclusive: inclusive !== false,
    count: typeof count === 'number' ? count : 1,
    zone: timezone === undefined || timezone === null ? undefined : textOf(given, 'timezone'),
  })
}

/** Without a name, what a rule takes; at(...) can only be meant for the Scheduler. */
function apiOf(name: string | undefined, expression: string): ScheduleApi {
  if (name === undefined) return expression.startsWith('at(') ? 'scheduler' : 'rule'
  const api = Object.hasOwn(APIS, name) ? APIS[name] : undefined
  if (api === undefined) throw new Refusal(`api must be one of ${Object.keys(APIS).join(', ')}`)
  return api
}

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?)?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/i

/** An instant of the calendar, in UTC unless it says otherwise; none is now. */
function fromOf(text: string | undefined): number {
  if (text === undefined) return Math.ceil(Date.now() / 1_000)
  const [, day, time = '00:00', second = ':00', fraction = '', zone = 'Z'] = INSTANT.exec(text) ?? []
  const at = day === undefined ? null : secondsOf(`${day}T${time}${second}`)
  if (at === null) throw new Refusal(`from: ${text} is no instant; write 2026-11-20T08:00:00Z`)
  const ahead = /^[zZ]$/.test(zone)
    ? 0
    : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
  // a fraction of a second later is after that second
  return at - ahead * 60 + (/[1-9]/.test(fraction) ? 1 : 0)
}
