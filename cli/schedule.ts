import { isoSeconds, nextFires, parseSchedule, UTC, zoneOffset, type ScheduleApi } from '../src/events/schedule'
import { argumentsOf, numberOption, positionals } from './args'
import { batch, textOf, type Case } from './batch'
import { Refusal, type Io } from './io'

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
  const [expression] = positionals(given, ['EXPRESSION']) as [string]
  const answer = answerOf({
    expression,
    api: apiOf(values.api, expression),
    from: fromOf(values.from),
    inclusive: true,
    count: numberOption('count', values.count, { least: 1, most: MOST, whole: true }) ?? 10,
    zone: values.timezone,
  })
  if (values.json === true) io.write(`${JSON.stringify(answer)}\n`)
  else if (answer.result === 'invalid') io.write(`invalid: ${answer.reason}\n`)
  else io.write(answer.next.length === 0 ? 'never again\n' : `${answer.next.join('\n')}\n`)
  return answer.result === 'valid' ? 0 : 1
}

function answerOf({ expression, api, from, inclusive, count, zone }: Question): Answer {
  const found = parseSchedule(expression, api)
  if ('refused' in found) return { result: 'invalid', next: [], reason: found.refused }
  const offset = zone === undefined ? UTC : zoneOffset(zone)
  if (offset === null)
    return { result: 'invalid', next: [], reason: `${zone} is no time zone: write one such as Europe/Berlin.` }
  const fires = nextFires(found, { from, inclusive, count, offset })
  return { result: 'valid', next: fires.map((at) => `${isoSeconds(at)}Z`), reason: '' }
}

function answerCase(given: Case): Answer {
  const { api, from, inclusive, count, timezone } = given
  if (count !== undefined && !(Number.isInteger(count) && (count as number) >= 0 && (count as number) <= MOST))
    throw new Refusal(`count must be a whole number from 0 to ${MOST}`)
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

/** An instant with its zone, or none for now. */
function fromOf(text: string | undefined): number {
  const ms = text === undefined ? Date.now() : Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
  if (Number.isNaN(ms)) throw new Refusal(`from: ${text} is no instant; write 2026-11-20T08:00:00Z`)
  // a fraction of a second later is after that second
  return Math.ceil(ms / 1_000)
}
