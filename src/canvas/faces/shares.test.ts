import { describe, expect, test } from 'vitest'
import type { Release } from '../../drawing'
import { KINDS } from '../../services/kinds'
import type { FaceData, PartData } from '../types'
import { keptOf, releaseWords, sharesOf, type Released } from './shares'

const kind = KINDS['AWS::Lambda::Alias']!
const made = (id: string, release: Release): Released => ({ id, type: '', kind, label: id, release })
const version = (name: string, provisioned = 0): Released =>
  made(`V${name}`, { kind: 'version', name, to: [], provisioned })
const alias = (name: string, weight: number, provisioned = 0): Released =>
  made(name, {
    kind: 'alias',
    name,
    to: [
      { id: 'V1', name: '1', share: 1 - weight },
      { id: 'V2', name: '2', share: weight },
    ],
    provisioned,
  })
const part = (more: Partial<PartData>): PartData => ({ ended: 0, active: 0, kept: 0, ...more })
const face = (parts: FaceData['parts'], more: Partial<FaceData> = {}): FaceData => ({
  levels: {},
  badges: [],
  ...(parts && { parts }),
  ...more,
})
const answered = { V1: part({ ended: 57 }), V2: part({ ended: 3 }) }

describe('shares of an alias', () => {
  const live = alias('live', 0.1)
  const shares = (all: readonly Released[], data: FaceData) =>
    sharesOf(live.release, all, data).map(({ share }) => share)

  test('are as set until something was answered, then of what was answered', () => {
    const all = [live, version('1'), version('2')]
    expect(shares(all, face({}))).toEqual([0.9, 0.1])
    expect(shares(all, face(answered))).toEqual([0.95, 0.05])
    expect(sharesOf(live.release, all, face(answered))[1]).toMatchObject({ name: '2', set: 0.1 })
  })

  test('are as set while another alias shares a version, because answers do not tell through which they came', () => {
    expect(shares([live, alias('beta', 0.5)], face(answered))).toEqual([0.9, 0.1])
  })

  test('give nothing away before a prediction is made', () => {
    expect(shares([live], face(answered, { hidden: true }))).toEqual([0.9, 0.1])
    expect(releaseWords([live, version('1')], face(answered, { hidden: true })).join()).not.toMatch(/\d %|57/)
  })
})

test('provisioned concurrency tells how far it is, then how much of it works', () => {
  const live = alias('live', 0.1, 4)
  const at = (parts: FaceData['parts']) => keptOf(live, face(parts))
  expect(keptOf(alias('live', 0.1), face({}))).toBeNull()
  expect(at({})).toEqual({ text: '4 to come' })
  expect(at({ live: part({ provisioned: 'IN_PROGRESS' }) })).toEqual({ text: '4 pending', state: 'pending' })
  expect(at({ live: part({ provisioned: 'FAILED' }) })).toEqual({ text: '4 failed', state: 'error' })
  const working = { V1: part({ kept: 2 }), V2: part({ kept: 1 }) }
  expect(at({ live: part({ provisioned: 'READY' }), ...working })).toEqual({ text: '3 of 4 kept' })
})

test('words say what the rows show', () => {
  expect(releaseWords([alias('live', 0.1), version('1'), version('2', 5)], face(answered))).toEqual([
    'alias live: version 1 95 % and version 2 5 %',
    'version 1: 57 answered',
    'version 2: 3 answered and provisioned 5 to come',
  ])
})
