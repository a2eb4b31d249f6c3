import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Json, JsonObject } from '../../model/scenario'
import { compileInput, type InputSettings } from './target-input'

const RULE = {
  name: 'Daily',
  arn: 'arn:aws:events:us-east-1:123456789012:rule/Daily',
  ingestionTime: '2026-11-20T00:00:00Z',
}
const EVENT = { source: 'shop', 'detail-type': 'Order', detail: { id: 'a"b', lines: [{ n: 2 }], 'odd name': true } }

function made(settings: InputSettings, event: JsonObject = EVENT): unknown {
  const input = compileInput(settings)
  if (input === null || 'refused' in input) return input
  return input(event, RULE)
}
const templated = (InputTemplate: string, InputPathsMap: { [name: string]: string } = {}) =>
  made({ InputTransformer: { InputPathsMap, InputTemplate } })

const MANY = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`v${i}`, '$.x']))

describe('what a target gets', () => {
  it('is the event, a constant, or a part (EB-13)', () => {
    expect(made({})).toBeNull()
    expect(made({ Input: '{"kind":"daily"}' })).toEqual({ json: { kind: 'daily' } })
    expect(made({ InputPath: '$.detail.lines[0].n' })).toEqual({ json: 2 })
    expect(made({ InputPath: "$.detail['odd name']" })).toEqual({ json: true })
    expect(made({ InputPath: '$' })).toEqual({ json: EVENT })
    expect(made({ InputPath: '$.detail.nothing' })).toEqual({ json: null })
  })
  it('is made by a template, with values as JSON or as text within a string', () => {
    const paths = { id: '$.detail.id', lines: '$.detail.lines', none: '$.detail.none' }
    expect(templated('{"id": <id>, "say": "order <id>", "lines": <lines>, "none": <none>}', paths)).toEqual({
      json: { id: 'a"b', say: 'order a"b', lines: [{ n: 2 }], none: '' },
    })
    // quotation marks go, escaped ones too, and it stays JSON
    expect(templated('{"all": "<all>"}', { all: '$.detail' })).toEqual({
      json: { all: '{id:ab,lines:[{n:2}],odd name:true}' },
    })
    expect(templated('Lines: <lines>', paths)).toEqual({ text: 'Lines: [{"n":2}]' })
  })
  it('may hold what is known of the rule', () => {
    expect(templated('{"by": "<aws.events.rule-name>", "of": <aws.events.event>}')).toEqual({
      json: { by: 'Daily', of: { source: 'shop', 'detail-type': 'Order' } },
    })
  })
  test.each<[InputSettings, string]>([
    [{ Input: '{', InputPath: '$' }, 'exclude one another'],
    [{ Input: '{' }, 'is JSON text'],
    [{ InputPath: 'detail' }, 'is no path'],
    [{ InputTransformer: { InputPathsMap: { a: '$..b' }, InputTemplate: '<a>' } }, 'is no path'],
    [{ InputTransformer: { InputTemplate: '"<who>"' } }, 'names <who>'],
    [{ InputTransformer: { InputPathsMap: { 'a b': '$.x' }, InputTemplate: '1' } }, 'names a variable "a b"'],
    [{ InputTransformer: { InputPathsMap: MANY, InputTemplate: '1' } }, 'has 101 variables'],
  ])('is refused: %j', (settings, part) => {
    expect(made(settings)).toEqual({ refused: expect.stringContaining(part) })
  })
})

test('text within a string stays JSON, whatever the event holds', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      const settings = { InputTransformer: { InputPathsMap: { id: '$.detail.id' }, InputTemplate: '{"say": "<id>"}' } }
      expect(made(settings, { detail: { id } })).toEqual({ json: { say: id } })
    }),
  )
})

interface Recorded {
  name: string
  entry: JsonObject
  inputPath: string | null
  inputTransformer: InputSettings['InputTransformer'] | null
  recorded_bodies: Json[]
}
const file = fileURLToPath(
  new URL('../../../../shared/conformance/eventbridge-patterns/input_transform_aws_recorded.jsonl', import.meta.url),
)
const present = existsSync(file)
if (!present) console.info('recorded input transformations skipped: ../shared/conformance is absent')

test.skipIf(!present)('targets got this from AWS (recorded)', () => {
  const rows = readFileSync(file, 'utf8').trim().split('\n')
  const wrong = rows.flatMap((line) => {
    const { name, entry, inputPath, inputTransformer, recorded_bodies } = JSON.parse(line) as Recorded
    const got = made(
      {
        ...(inputPath === null ? {} : { InputPath: inputPath }),
        ...(inputTransformer === null ? {} : { InputTransformer: inputTransformer! }),
      },
      // the recording has its time written over
      { time: 'date', ...entry },
    ) as { json: Json } | { text: string } | null
    // a queue's message: JSON objects are recorded parsed, the rest as text
    const body =
      got === null
        ? entry
        : 'text' in got
          ? got.text
          : typeof got.json === 'string'
            ? JSON.stringify(got.json)
            : got.json
    return JSON.stringify(body) === JSON.stringify(recorded_bodies[0]) ? [] : [[name, body, recorded_bodies[0]]]
  })
  expect(wrong).toEqual([])
})
