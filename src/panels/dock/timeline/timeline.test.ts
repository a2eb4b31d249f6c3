import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RowKind } from '../../../model/recording'
import { createRunStore } from '../../../state/run/runStore'
import { headOf, legendOf, rowsOf } from '../../../state/run/sampleRun.fixture'
import { hitAt } from './hit'
import { laneAt, laneModel } from './lanes'
import { computed } from './Timeline'
import { clampView, followView, panView, tickStep, zoomView } from './view'

const MINUTE = 60_000_000

describe('the view', () => {
  test('stays inside the run, whatever is asked', () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(
        number,
        number,
        number,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (from, length, at, factor) => {
          for (const view of [
            clampView({ from, to: from + length }, MINUTE),
            zoomView(clampView({ from, to: from + length }, MINUTE), factor, at, MINUTE),
            panView({ from: 0, to: 10 * 1_000_000 }, at, MINUTE),
            followView({ from: 0, to: 10 * 1_000_000 }, at, MINUTE),
          ]) {
            expect(view.from).toBeGreaterThanOrEqual(0)
            expect(view.to).toBeLessThanOrEqual(MINUTE + 1e-6)
            expect(view.to - view.from).toBeGreaterThanOrEqual(999.99)
          }
        },
      ),
    )
  })

  test('zooms around the anchor and turns the page with the playhead', () => {
    expect(zoomView({ from: 20e6, to: 40e6 }, 2, 25e6, MINUTE)).toEqual({ from: 22.5e6, to: 32.5e6 })
    const view = { from: 0, to: 10e6 }
    expect(followView(view, 5e6, MINUTE)).toBe(view)
    expect(followView(view, 10e6, MINUTE)).toEqual({ from: 8.5e6, to: 18.5e6 })
    expect(followView(view, 45e6, MINUTE)).toEqual({ from: 40e6, to: 50e6 })
  })

  test('labels ticks at round clock times', () => {
    expect(tickStep({ from: 0, to: 10e6 }, 1000)).toBe(1e6)
    expect(tickStep({ from: 0, to: 300e6 }, 1000)).toBe(30e6)
    expect(tickStep({ from: 0, to: 10_000 }, 1000)).toBe(1_000)
  })

  test('says how much is computed', () => {
    expect(computed('computing', 186e6, 300e6)).toBe('62 % of 05:00 computed')
    expect(computed('done', 300e6, 300e6)).toBe('')
  })
})

test('lanes are grouped by resource: queues, environments, interfaces, other levels', () => {
  const store = createRunStore()
  store.begin(1, headOf(['Worker', 'Orders', 'Net', 'Mapping']))
  store.append(
    rowsOf(0, [
      { at: 1_000, kind: RowKind.state, code: 2, subject: 0, resource: 0 },
      { at: 2_000, kind: RowKind.level, subject: 0, resource: 1, value: 7 },
      { at: 3_000, kind: RowKind.state, code: 1, subject: 1, resource: 2 },
      { at: 3_500, kind: RowKind.state, code: 3, subject: 0, resource: 0 },
    ]),
    legendOf(
      [],
      [
        { owner: 'Worker', machine: 'environment', label: 'e1' },
        { owner: 'Net', machine: 'eni', label: '10.0.1.17' },
        { owner: 'Orders', machine: 'message', label: 'message 1' },
      ],
      [
        { resource: 'Orders', name: 'inFlight' },
        { resource: 'Orders', name: 'visible' },
        { resource: 'Worker', name: 'concurrency' },
        { resource: 'Mapping', name: 'pollers' },
      ],
    ),
  )
  const model = laneModel(store)
  expect(model.groups.map(({ resource, subtitle }) => [resource, subtitle])).toEqual([
    ['Orders', 'messages waiting'],
    ['Worker', 'environments'],
    ['Net', 'interfaces'],
    ['Mapping', 'pollers'],
  ])
  expect(model.groups[0]!.lanes[0]).toMatchObject({ levels: [1, 0] })
  const worker = model.groups[1]!
  expect(laneAt(model, worker.lanes[0]!.y + 1)).toBe(worker.lanes[0])
  expect(laneAt(model, worker.y)).toBe(null)
  expect(hitAt(store, model, worker.lanes[0]!.y + 1, 3_000)).toMatchObject({ entity: 0, row: 0 })
  expect(hitAt(store, model, worker.lanes[0]!.y + 1, 3_000)!.text).toBe('e1 invoke for 2.5 ms, from 00:00.001')
})

test('lanes of a version stand with those of its function, under its number', () => {
  const store = createRunStore()
  store.begin(1, headOf(['Fn', 'Other', 'V2', 'Live']))
  const states = [0, 1, 2].map((subject) => ({ at: 1_000, kind: RowKind.state, code: 2, subject, resource: subject }))
  store.append(
    rowsOf(0, states),
    legendOf(
      [],
      ['Fn', 'Other', 'V2'].map((owner, i) => ({ owner, machine: 'environment', label: i === 2 ? 'p1' : 'e1' })),
    ),
  )
  const ownerOf = (id: string) => (id === 'V2' || id === 'Live' ? { owner: 'Fn', tag: `v${id.slice(1)}` } : null)
  const { groups } = laneModel(store, '', ownerOf)
  expect(groups.map(({ resource, members }) => [resource, members])).toEqual([
    ['Fn', ['Fn', 'V2', 'Live']],
    ['Other', ['Other']],
  ])
  expect(groups[0]!.lanes.map(({ label }) => label)).toEqual(['e1', 'v2 p1'])
  expect(laneModel(store).groups.map(({ resource }) => resource)).toEqual(['Fn', 'Other', 'V2'])
})

test('what environments hold stands below them, each thing under its own name', () => {
  const store = createRunStore()
  store.begin(1, headOf(['Fn', 'V2']))
  store.append(
    rowsOf(0, [
      { at: 1_000, kind: RowKind.state, code: 2, subject: 0, resource: 0 },
      { at: 2_000, kind: RowKind.level, subject: 0, resource: 0, value: 3 },
    ]),
    legendOf(
      [],
      [{ owner: 'Fn', machine: 'environment', label: 'e1' }],
      [
        { resource: 'Fn', name: 'e10 global calls' },
        { resource: 'Fn', name: 'e2 tmp space' },
        { resource: 'Fn', name: 'e2 handler calls' },
        { resource: 'Fn', name: 'e2 connection database' },
        { resource: 'Fn', name: 'e2 global calls' },
        { resource: 'V2', name: 'e1 global calls' },
        { resource: 'Fn', name: 'concurrency' },
      ],
    ),
  )
  const { groups } = laneModel(store, '', (id) => (id === 'V2' ? { owner: 'Fn', tag: 'v2' } : null))
  expect(groups.map(({ resource, subtitle, titled }) => [resource, subtitle, titled])).toEqual([
    ['Fn', 'environments', false],
    ['Fn', 'holds', true],
  ])
  expect(groups[1]!.lanes.map(({ label }) => label)).toEqual([
    'e2 calls',
    'e2 database open',
    'e2 /tmp space',
    'e2 handler calls',
    'e10 calls',
    'v2 e1 calls',
  ])
  const [first] = groups[1]!.lanes
  expect(hitAt(store, { shape: '', groups, height: 999 }, first!.y + 1, 2_000)?.text).toContain('e2 calls')
})
