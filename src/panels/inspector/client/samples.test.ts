import { expect, test } from 'vitest'
import { SAMPLES } from '../../../events/samples'
import { bodyOf, samplesFor } from './samples'

test('a bus gets what PutEvents takes, anything else the whole event', () => {
  const sample = samplesFor(SAMPLES, 'events:PutEvents')[0]!
  expect(
    Object.keys(bodyOf(sample, 'events:PutEvents')).every((name) => !['id', 'time', 'account'].includes(name)),
  ).toBe(true)
  expect(bodyOf(sample, 'events:PutEvents')).toMatchObject({ source: sample.source, detail: sample.event['detail'] })
  expect(bodyOf(sample, 'lambda:Invoke')).toBe(sample.event)
})

test('a bus is offered events, what anybody may send first', () => {
  const offered = samplesFor(SAMPLES, 'events:PutEvents')
  expect(offered.every(({ source }) => source !== undefined)).toBe(true)
  const aws = offered.map(({ source }) => source!.startsWith('aws.'))
  expect(aws.indexOf(true)).toBeGreaterThan(0)
  expect(aws.lastIndexOf(false)).toBeLessThan(aws.indexOf(true))
  expect(samplesFor(SAMPLES, 'lambda:Invoke')).toBe(SAMPLES)
})
