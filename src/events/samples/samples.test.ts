import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../model/scenario'
import { compilePattern } from '../compile-pattern'
import { matchEvent } from '../match-event'
import { parsePattern } from '../parse-pattern'
import { SAMPLES, sampleOf } from './index'

const BUS = SAMPLES.filter(({ source }) => source !== undefined)
const at = (value: Json | undefined, ...path: (string | number)[]): Json | undefined =>
  path.reduce<Json | undefined>((inner, key) => (inner as { [key: string]: Json } | undefined)?.[key], value)

describe('samples', () => {
  it('have ids of their own, titles that differ within a service', () => {
    expect(new Set(SAMPLES.map(({ id }) => id)).size).toBe(SAMPLES.length)
    expect(new Set(SAMPLES.map(({ title, service }) => `${service}/${title}`)).size).toBe(SAMPLES.length)
    expect(SAMPLES.length).toBeGreaterThan(35)
  })

  it.each(SAMPLES.map((sample) => [sample.id, sample] as const))('%s is strict JSON', (_, { event, decoded }) => {
    expect(JSON.parse(JSON.stringify(event))).toEqual(event)
    if (decoded !== undefined) expect(JSON.parse(JSON.stringify(decoded))).toEqual(decoded)
    expect(JSON.stringify(event)).not.toMatch(/@[A-Z0-9]+@/)
  })

  it.each(BUS.map((sample) => [sample.id, sample] as const))('%s has the envelope of a bus event', (_, sample) => {
    const { event } = sample
    expect(Object.keys(event).sort()).toEqual(
      ['account', 'detail', 'detail-type', 'id', 'region', 'resources', 'source', 'time', 'version'].sort(),
    )
    expect(event['version']).toBe('0')
    expect(event['id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(event['account']).toMatch(/^(123456789012|111122223333)$/)
    expect(event['time']).toMatch(/^2026-11-20T\d\d:\d\d:\d\dZ$/)
    expect(event['source']).toBe(sample.source)
    expect(event['detail-type']).toBe(sample.detailType)
    expect(Array.isArray(event['resources'])).toBe(true)
    expect(typeof event['detail']).toBe('object')
  })

  it('carry packed what stands beside them unpacked', () => {
    const logs = sampleOf('logs-subscription')!
    const data = at(logs.event, 'awslogs', 'data') as string
    expect(JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString())).toEqual(logs.decoded)
    const kinesis = sampleOf('kinesis-record')!
    const record = at(kinesis.event, 'Records', 0, 'kinesis', 'data') as string
    expect(JSON.parse(Buffer.from(record, 'base64').toString())).toEqual(kinesis.decoded)
    const config = sampleOf('config-rule')!
    expect(JSON.parse(config.event['invokingEvent'] as string)).toEqual(config.decoded)
    expect(JSON.parse(sampleOf('alb-request')!.event['body'] as string)).toEqual(sampleOf('alb-request')!.decoded)
    for (const message of at(sampleOf('sqs-batch')!.event, 'Records') as JsonObject[])
      expect(
        createHash('md5')
          .update(message['body'] as string)
          .digest('hex'),
      ).toBe(message['md5OfBody'])
  })
})

describe('the pattern of the notes', () => {
  const pattern = (state?: string, id?: string): Json => ({
    source: ['aws.ec2'],
    'detail-type': ['EC2 Instance State-change Notification'],
    ...(state === undefined && id === undefined
      ? {}
      : {
          detail: {
            ...(id === undefined ? {} : { 'instance-id': [id] }),
            ...(state === undefined ? {} : { state: [state] }),
          },
        }),
  })
  const matching = (text: Json): string[] => {
    const parsed = parsePattern(text)
    if (!parsed.ok) throw new Error(parsed.reason)
    const compiled = compilePattern(parsed.pattern)
    return SAMPLES.filter(({ event }) => matchEvent(compiled, event)).map(({ id }) => id)
  }

  it('takes one sample with a state, all six states without', () => {
    expect(matching(pattern('stopped', 'i-0a1b2c3d4e5f60718'))).toEqual(['ec2-stopped'])
    expect(matching(pattern('stopped', 'i-other'))).toEqual([])
    expect(matching(pattern())).toEqual([
      'ec2-pending',
      'ec2-running',
      'ec2-stopping',
      'ec2-stopped',
      'ec2-shutting-down',
      'ec2-terminated',
    ])
  })
})
