import { describe, expect, it } from 'vitest'
import { createRun, resumeRun } from '../../engine/run'
import { gateJson } from '../../gate'
import type { JsonObject, Scenario } from '../../model/scenario'
import { client, scenarioOf } from '../run.fixture'
import { Made } from '../call-contents'
import { previewOf } from '../call-preview'

const FIFO = { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } }
const sent = (sender: JsonObject, more: Partial<Scenario> = {}, fifo = false): Scenario =>
  scenarioOf(
    {
      C: client('sqs:SendMessage', 'Q', { pattern: 'poisson', rate: 2 }, sender),
      Q: fifo ? FIFO : { Type: 'AWS::SQS::Queue' },
    },
    { duration: 20, ...more },
  )
function stored(scenario: Scenario): JsonObject[] {
  const run = createRun(scenario)
  while (!run.advance(1_000)) continue
  return run.contents().map(({ value }) => value as JsonObject)
}
const TEMPLATE = {
  body: {
    id: '{{n}}',
    at: '{{time}}',
    total: '{{random 1 1000}}',
    kind: '{{pick order refund}}',
    whose: '{{key}}',
    uuid: '{{uuid}}',
  },
  group: 'customer-{{random 1 5}}',
  deduplication: '{{uuid}}',
  attributes: { n: { dataType: 'Number', stringValue: 'no {{n}}' } },
}

describe('contents of a client that differ from call to call', () => {
  it('are made for each call, with the key the message has', () => {
    const messages = stored(sent(TEMPLATE, {}, true))
    expect(messages.length).toBeGreaterThan(20)
    const bodies = messages.map(({ body }) => body as JsonObject)
    expect(bodies.map(({ id }) => id)).toEqual(messages.map((_, i) => i + 1))
    expect(messages.every(({ body, group }) => (body as JsonObject)['whose'] === group)).toBe(true)
    expect(new Set(messages.map(({ group }) => group)).size).toBeGreaterThan(2)
    expect(new Set(bodies.map(({ kind }) => kind))).toEqual(new Set(['order', 'refund']))
    expect(messages[4]!['attributes']).toEqual({ n: { dataType: 'Number', stringValue: 'no 5' } })
  })

  it('are the same in every run of a seed, others in another, and do not change when calls are made', () => {
    expect(stored(sent(TEMPLATE))).toEqual(stored(sent(TEMPLATE)))
    expect(stored(sent(TEMPLATE, { seed: 2 }))).not.toEqual(stored(sent(TEMPLATE)))
    const times = (scenario: Scenario): unknown[] => {
      const run = createRun(scenario)
      while (!run.advance(1_000)) continue
      return run.contents().map(({ at }) => at)
    }
    expect(times(sent(TEMPLATE))).toEqual(times(sent({ body: { a: 1 } })))
  })

  it('go on in a run that is resumed, through a change of the template', () => {
    const scenario = sent(TEMPLATE, {
      interventions: [{ at: 10, set: '/resources/C/Behavior/body', value: { again: '{{n}} {{random 1 9}}' } }],
    })
    const past = createRun(scenario, { keyframeEvery: 20 })
    while (!past.advance(1_000)) continue
    const whole = past.contents()
    expect(past.keyframes.all.length).toBeGreaterThan(2)
    for (const frame of past.keyframes.all) {
      const resumed = resumeRun(scenario, frame, past.keyframes)
      while (!resumed.advance(1_000)) continue
      expect(resumed.contents()).toEqual(whole)
    }
  })

  it('are shown beforehand as they will be', () => {
    const scenario = sent(TEMPLATE, {}, true)
    const shown = previewOf('C', scenario, 3)
    const messages = stored(scenario).slice(0, 3)
    expect(shown.map(({ body, group, attributes }) => ({ body, group, attributes }))).toEqual(
      messages.map(({ body, group, attributes }) => ({ body, group, attributes })),
    )
  })

  it('come again in the same order after the most a client makes', () => {
    const made = new Made()
    for (let i = 0; i < 1_000; i++) made.push(i * 3)
    const other = new Made()
    other.load(made.save())
    made.push(-1)
    other.push(-2)
    expect([other.length, other.at(999), other.at(1_000), made.at(1_000)]).toEqual([1_001, 2_997, -2, -1])
  })
})

describe('the gate', () => {
  const problems = (sender: JsonObject): string[] => {
    const gated = gateJson(JSON.parse(JSON.stringify(sent(sender, {}, true))))
    return gated.ok ? [] : gated.problems.map(({ path, message }) => `${path} ${message}`)
  }
  it('takes templates and tells what is wrong with one', () => {
    expect(problems(TEMPLATE)).toEqual([])
    expect(problems({ group: 'a', body: { a: [{ b: '{{number}}' }] } })[0]).toMatch(
      /^\/resources\/C\/Behavior\/body\/a\/0\/b C: \{\{number\}\} is no placeholder/,
    )
    expect(problems({ group: '{{key}}' })[0]).toMatch(/^\/resources\/C\/Behavior\/group .*group itself/)
  })
})
