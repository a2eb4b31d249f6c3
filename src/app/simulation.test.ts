import { expect, it, vi } from 'vitest'
import type { Scenario } from '../model/scenario'
import { createHistory } from '../state/document/history'
import { createRunStore } from '../state/run/runStore'
import { FakePort } from '../worker/port.fixture'
import { loadGate } from './gate'
import { createSimulation } from './simulation'

const START: Scenario = {
  coldstart: 1,
  name: 'x',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Client: {
      Type: 'Coldstart::Client',
      Behavior: { traffic: { pattern: 'constant', rate: 1 }, call: 'sqs:SendMessage', to: 'Queue' },
    },
  },
}

it('runs an edit whole, resumes an intervention of the run on screen, and passes on requests for detail', async () => {
  await loadGate()
  vi.useFakeTimers()
  const history = createHistory<Scenario>(START)
  const run = createRunStore({ onMissing: (request) => simulation.detail(request) })
  const ports: FakePort[] = []
  const simulation = createSimulation(
    history,
    run,
    () => {},
    () => {
      ports.push(new FakePort())
      return ports.at(-1)!
    },
  )
  const port = ports[0]!
  const orders = (): string[] => port.received.map((message) => message.type)
  const shows = (number: number): void => {
    const head = { resources: ['Client', 'Queue'], machines: [], reasons: [], duration: 60e6 }
    port.answers({ type: 'head', run: number, head })
    const progress = { until: 60e6, done: true, events: 9, rows: 9 }
    port.answers({ type: 'progress', run: number, progress, series: [], costs: [] })
  }
  expect(orders()).toEqual(['run'])
  shows(1)
  // nine rows exist and none was sent: the playhead needs a window
  run.focus(0)
  expect(port.received.at(-1)).toMatchObject({ type: 'detail', run: 1, at: 0 })
  expect(run.status().awaiting).toBe(true)

  history.edit('Send', (draft) => void (draft.interventions = [{ at: 20, send: 'Client', count: 2 }]))
  vi.runAllTimers()
  expect(port.received.at(-1)).toMatchObject({ type: 'resume', run: 2, from: 20e6, holds: { rows: 0 } })
  // nothing of that run has come: another intervention cannot go on from it
  history.edit('Send', (draft) => void draft.interventions!.push({ at: 40, send: 'Client', count: 1 }))
  vi.runAllTimers()
  expect(port.received.at(-1)).toMatchObject({ type: 'run', run: 3 })
  simulation.dispose()
  expect(port.terminated).toBe(true)
  vi.useRealTimers()
})
