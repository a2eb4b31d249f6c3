import { expect, test } from 'vitest'
import { RowKind, type MachineInfo } from '../../../model/recording'
import { createRunStore } from '../../../state/run/runStore'
import { ENVIRONMENT, headOf, legendOf, rowsOf } from '../../../state/run/sampleRun.fixture'
import { laneAt, laneModel } from './lanes'
import { phasesOf } from './PhaseLegend'

const PROVISIONED: MachineInfo = { name: 'provisioned', states: ['REQUESTED', 'READY'] }
const WHOLE: MachineInfo = { name: 'environment', states: [...ENVIRONMENT.states, 'restoring', 'warm.reset'] }

/** An environment of `Fn` in the given states, one after the other, and provisioned concurrency of `Live`. */
function run(codes: readonly number[]) {
  const store = createRunStore()
  store.begin(1, { ...headOf(['Fn', 'Live']), machines: [WHOLE, PROVISIONED] })
  const state = (at: number, code: number, subject: number) => ({
    at,
    kind: RowKind.state,
    code,
    subject,
    resource: subject,
  })
  store.append(
    rowsOf(0, [...codes.map((code, i) => state(1_000 * i, code, 0)), state(1_000 * codes.length, 0, 1)]),
    legendOf(
      [],
      [
        { owner: 'Fn', machine: 'environment', label: 'e1' },
        { owner: 'Live', machine: 'provisioned', label: 'provisioned' },
      ],
    ),
  )
  return { store, model: laneModel(store) }
}

test('the legend names the usual phases, and the others where an environment goes through them', () => {
  const usual = run([0, 1, 2, 3])
  expect([...phasesOf(usual.store, usual.model)!].sort()).toEqual(['busy', 'cold', 'idle', 'init'])
  const rare = run([5, 2, 6, 4])
  expect([...phasesOf(rare.store, rare.model)!].sort()).toEqual([
    'busy',
    'cold',
    'idle',
    'init',
    'reclaimed',
    'reset',
    'restore',
  ])
})

test('without environments there is nothing to explain', () => {
  const { store } = run([0])
  expect(phasesOf(store, { shape: '', groups: [], height: 0 })).toBeNull()
})

test('one lane of a kind of its own has room for its name and, below it, what it shows', () => {
  const { model } = run([0])
  const [environments, provisioned] = model.groups
  expect(environments!.lanes[0]).toMatchObject({ label: 'e1' })
  expect(provisioned).toMatchObject({ resource: 'Live', subtitle: 'provisioned' })
  expect(provisioned!.height).toBeGreaterThan(38)
  const [lane] = provisioned!.lanes
  expect(lane!.label).toBe('')
  // in the middle of its group, and found there
  expect(lane!.y + lane!.height / 2).toBeCloseTo(provisioned!.y + provisioned!.height / 2, 0)
  expect(laneAt(model, lane!.y + 1)).toBe(lane)
})
