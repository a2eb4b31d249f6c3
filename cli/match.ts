import { compilePattern } from '../src/events/compile-pattern'
import { explainMatch } from '../src/events/explain-match'
import { jsonOf, readJsonText } from '../src/events/json-text'
import { parsePattern } from '../src/events/parse-pattern'
import type { Json } from '../src/model/scenario'
import { argumentsOf, positionals } from './args'
import { batch, textOf, type Case } from './batch'
import { oneLine, Refusal, type Io } from './io'

interface Answer {
  readonly result: boolean | 'valid' | 'invalid'
  readonly reason: string
  /** Dotted path of the field that decided. */
  readonly field?: string
}

/** `match PATTERN.json [EVENT.json]`: exit 0 for true, 1 for false, 2 for a pattern that EventBridge would refuse. */
export function match(args: string[], io: Io): number {
  const { values, positionals: given } = argumentsOf(args, { json: { type: 'boolean' }, batch: { type: 'string' } })
  if (values.batch !== undefined) {
    positionals(given, [])
    return batch(io, values.batch, answerCase)
  }
  const [pattern, event] = positionals(
    given,
    given.length === 1 ? ['PATTERN.json'] : ['PATTERN.json', 'EVENT.json'],
  ) as [string, string?]
  const answer = judge(io.read(pattern), event === undefined ? undefined : eventOf(io.read(event), event))
  if (values.json === true) io.write(`${JSON.stringify(answer)}\n`)
  else if (answer.result === 'invalid') io.write(`invalid: ${oneLine(answer.reason)}\n`)
  else io.write(`${answer.result}\n${answer.reason === '' ? '' : `${oneLine(answer.reason)}\n`}`)
  return answer.result === 'invalid' ? 2 : answer.result === false ? 1 : 0
}

/** `pattern` as text keeps repeated keys. Without an event the pattern alone is judged. */
function judge(pattern: Json, event: Json | undefined): Answer {
  const parsed = parsePattern(pattern)
  if (!parsed.ok)
    return { result: 'invalid', reason: parsed.path === '' ? parsed.reason : `${parsed.path}: ${parsed.reason}` }
  if (event === undefined) return { result: 'valid', reason: '' }
  const { matched, field, text } = explainMatch(compilePattern(parsed.pattern), event)
  return { result: matched, reason: text, field }
}

function answerCase(given: Case): Answer {
  if (given['patternRaw'] === undefined && given['pattern'] === undefined) throw new Refusal('pattern is missing')
  const pattern = given['patternRaw'] === undefined ? (given['pattern'] as Json) : textOf(given, 'patternRaw')
  const event =
    given['eventRaw'] === undefined
      ? (given['event'] as Json | undefined)
      : eventOf(textOf(given, 'eventRaw'), 'eventRaw')
  return judge(pattern, event)
}

function eventOf(text: string, name: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    // in words of ours, with the line and the column
    const read = readJsonText(text)
    if (read.ok) return jsonOf(read.node)
    throw new Refusal(`${name} is ${read.reason}`)
  }
}
