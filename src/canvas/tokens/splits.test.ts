import { expect, test } from 'vitest'
import { drawing } from '../../drawing'
import type { Scenario } from '../../model/scenario'
import { KINDS } from '../../services/kinds'
import { CONNECTORS } from '../../services/connectors'
import type { FaceSource } from '../types'
import { NO_FACE } from '../types'
import { forksOf, paintSplits } from './splits'

const weights = (FunctionVersion: string, FunctionWeight: number) => ({
  RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion, FunctionWeight }] },
})
const scenario: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Fn: { Type: 'AWS::Lambda::Function', Properties: {} },
    V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' }, Behavior: { number: 1 } },
    V2: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' }, Behavior: { number: 2 } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: 'Fn', Name: 'live', FunctionVersion: 'V1', ...weights('V2', 0.1) },
    },
    Old: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: 'Fn', Name: 'old', FunctionVersion: 'V1' } },
  },
  layout: { Fn: { x: 100, y: 40 } },
}
const picture = drawing(
  scenario,
  { kinds: KINDS, connectors: CONNECTORS },
  { interfaces: () => [], publicSubnets: () => new Map(), paths: () => () => [] },
)

/** Discs as they are painted: middle of each. */
function painted(routed: NonNullable<FaceSource['routed']>): [number, number][] {
  const discs: [number, number][] = []
  const g = {
    beginPath: () => {},
    moveTo: () => {},
    arc: (x: number, y: number) => discs.push([x, y]),
    stroke: () => {},
    fill: () => {},
  }
  const faces: FaceSource = { get: () => NO_FACE, subscribe: () => () => {}, routed }
  const colors = { node: '', flight: '' }
  paintSplits(g as never, forksOf(picture), faces, colors as never)
  return discs
}

test('an alias with two versions forks, one with a single version does not', () => {
  expect(forksOf(picture).map(({ alias }) => alias)).toEqual(['Live'])
})

test('a call runs along the lane of the version that answers, to the right, and stays inside its function', () => {
  const { rect, ports } = picture.nodeById.get('Fn')!
  const y = rect.y + ports.find(({ id }) => id === 'Live')!.at
  const discs = painted((alias, visit) => {
    expect(alias).toBe('Live')
    for (const fraction of [0, 0.5, 1]) for (const version of ['1', '2']) visit(version, fraction)
    // a version that is no longer pointed to has no lane
    visit('7', 0.5)
  })
  expect(discs).toHaveLength(6)
  const [first, second] = [discs.filter((_, i) => i % 2 === 0), discs.filter((_, i) => i % 2 === 1)]
  expect(first.map(([, at]) => at)).toEqual([y, y - 7, y - 7])
  expect(second.map(([, at]) => at)).toEqual([y, y + 7, y + 7])
  const xs = first.map(([x]) => x)
  expect(xs).toEqual([...xs].sort((a, b) => a - b))
  for (const [x] of discs) expect(x).toBeLessThan(rect.x + rect.w)
})
