import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../events/compile-pattern'
import { parsePattern } from '../../events/parse-pattern'
import type { Json, Scenario } from '../../model/scenario'
import { draftOf, keepDraft } from './drafts'
import { laidOut, patternFrom, usualFields } from './from-event'
import { linesFor, linesOf } from './lines'
import { readPattern } from './read-pattern'
import { subjectOf } from './subject'
import { countWords, nearestRule, verdictOn } from './verdicts'

const STOPPED: Json = {
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  resources: ['a', 'b'],
  detail: { 'instance-id': 'i-1', state: 'running', cpu: 5 },
}
const compiled = (pattern: Json) => {
  const parsed = parsePattern(pattern)
  if (!parsed.ok) throw new Error(parsed.reason)
  return compilePattern(parsed.pattern)
}
const words = (pattern: Json, event: Json = STOPPED) => verdictOn(compiled(pattern), event).words

describe('a verdict in words', () => {
  it.each<[Json, string]>([
    [{ detail: { state: ['stopped'] } }, 'detail.state: wanted stopped, saw running'],
    [{ detail: { state: ['stopped', 'pending'] } }, 'detail.state: wanted stopped or pending, saw running'],
    [{ detail: { reason: ['x'] } }, 'detail.reason: wanted x, it has no such value'],
    [{ detail: { cpu: ['5'] } }, 'detail.cpu: wanted "5", saw 5'],
    [{ detail: { cpu: [{ numeric: ['>', 5, '<=', 9] }] } }, 'detail.cpu: wanted > 5 and <= 9, saw 5'],
    [{ detail: { state: [{ prefix: 'stop' }] } }, 'detail.state: wanted prefix stop, saw running'],
    [
      { detail: { state: [{ 'anything-but': ['running'] }] } },
      'detail.state: wanted anything but running, saw running',
    ],
    [{ detail: { state: [{ exists: false }] } }, 'detail.state: wanted no value, saw running'],
    [{ resources: ['c'] }, 'resources: wanted c, saw a, b'],
    [{ source: ['aws.ec2'] }, 'source is aws.ec2'],
    [{ reason: [{ exists: false }] }, 'reason has no value, as wanted'],
  ])('%j', (pattern, told) => expect(words(pattern)).toBe(told))
  it('speaks of lists whose elements fit one by one only', () => {
    const event = {
      items: [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
    }
    expect(words({ items: { a: [1], b: [4] } }, event)).toBe(
      'items.a and items.b fit, but never in the same element of a list',
    )
  })
  it('counts', () => {
    expect(countWords(12, 40, 'recorded', 'event')).toBe('12 of 40 recorded events match')
    expect(countWords(0, 1, 'pasted', 'event')).toBe('The pasted event does not match')
  })
})

describe('readPattern', () => {
  const problem = (text: string) => {
    const read = readPattern(text)
    if (read.ok) throw new Error('it is valid')
    return { message: read.message, marked: text.slice(read.place.from, read.place.to) }
  }
  it('marks the value that is wrong and names its field', () => {
    expect(problem('{\n  "detail": { "state": [] }\n}')).toEqual({
      message: 'Line 2, detail.state: the list is empty; name at least one value.',
      marked: '"state"',
    })
    expect(problem('{"source": "shop"}').marked).toBe('"shop"')
    expect(problem('{"a": [1, {"numeric": [">", "x"]}]}').marked).toBe('"x"')
    expect(problem('{"a": [{"starts": "x"}]}').marked).toBe('{"starts": "x"}')
  })
  it('says where text stops being JSON', () => {
    expect(problem('{"a": [1]\n "b": [2]}')).toEqual({ message: 'Line 2: a comma or } is missing.', marked: '"' })
    expect(problem('').message).toContain('Write a pattern')
  })
  it('refuses a key that stands twice, of which only the last would be kept', () => {
    expect(problem('{"detail": {"a": [1]},\n "detail": {"b": [2]}}')).toEqual({
      message: 'Line 2, detail: it stands here twice; write it once.',
      marked: '"detail"',
    })
  })
  it('refuses what is too long, and gives what is valid', () => {
    expect(problem(JSON.stringify({ a: ['x'.repeat(4_100)] })).message).toContain('At most 4096')
    expect(readPattern('{"a": [1]}')).toMatchObject({ ok: true, value: { a: [1] } })
  })
})

describe('a pattern of an event', () => {
  it('asks who says it and what happened, and for the fields chosen', () => {
    expect(usualFields(STOPPED)).toEqual(['source', 'detail-type'])
    expect(usualFields({ total: 1, order: { status: 'paid' } })).toEqual(['order.status'])
    expect(patternFrom(STOPPED, new Set(['source', 'detail.state', 'resources']))).toEqual({
      source: ['aws.ec2'],
      detail: { state: ['running'] },
      resources: ['a', 'b'],
    })
  })
  it('is laid out as people write it', () => {
    expect(laidOut({ source: ['a', 'b'], detail: { n: [{ numeric: ['>', 1] }], $or: [{ a: [1] }, { b: [2] }] } })).toBe(
      [
        '{',
        '  "source": ["a", "b"],',
        '  "detail": {',
        '    "n": [{ "numeric": [">", 1] }],',
        '    "$or": [{ "a": [1] }, { "b": [2] }]',
        '  }',
        '}',
      ].join('\n'),
    )
  })
})

it('marks the line of the field that decided, or of what should hold it', () => {
  const lines = linesOf(STOPPED)
  const at = (field: string) => linesFor(lines, field).map((i) => lines[i]!.key + lines[i]!.text)
  expect(at('detail.state')).toEqual(['"state": "running",'])
  expect(at('detail.reason')).toEqual(['"detail": {'])
  expect(at('resources')).toEqual(['"resources": [', '"a",', '"b"'])
  expect(at('nothing')).toEqual(['{'])
  expect(at('')).toEqual([])
})

const RULE = 'AWS::Events::Rule'
const scenario: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 1,
  resources: {
    Bus: { Type: 'AWS::Events::EventBus' },
    Topic: { Type: 'AWS::SNS::Topic' },
    Queue: { Type: 'AWS::SQS::Queue' },
    Other: { Type: RULE, Properties: { EventBusName: 'Bus', EventPattern: { source: ['shop'], n: [1] } } },
    Near: { Type: RULE, Properties: { EventBusName: 'Bus', EventPattern: { source: ['aws.ec2'], n: [1] } } },
    Broken: { Type: RULE, Properties: { EventBusName: 'Bus', EventPattern: { source: [] } } },
    Sub: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'Topic' } },
    Body: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'Topic', FilterPolicyScope: 'MessageBody' } },
    Map: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'Queue' } },
  },
}

it('knows what each pattern looks at, and the rule that came nearest', () => {
  const looks = (id: string) => subjectOf(id, scenario)
  expect(looks('Near')).toMatchObject({ as: 'event', at: 'Bus' })
  expect(looks('Sub')).toMatchObject({ as: 'attributes', at: 'Topic' })
  expect(looks('Body')).toMatchObject({ as: 'body' })
  expect(looks('Map')).toMatchObject({ as: 'message', at: 'Queue', noun: 'message' })
  expect(nearestRule(['Broken', 'Other', 'Near'], scenario, STOPPED)).toBe('Near')
})

it('keeps what was typed until the document says something else', () => {
  keepDraft('/r', '{}', '{"a')
  expect(draftOf('/r', '{}')).toBe('{"a')
  expect(draftOf('/r', '{"b": [1]}')).toBeNull()
  keepDraft('/r', '{}', '{}')
  expect(draftOf('/r', '{}')).toBeNull()
})
