import { expect, it } from 'vitest'
import type { Scenario } from '../model/scenario'
import { Simulator } from './client'
import { FakePort } from './port.fixture'
import type { FromWorker } from './protocol'

const SCENARIO = { name: 'x' } as unknown as Scenario
const HOLDS = { rows: 5, wires: 1, entities: 1, levels: 0 }
const progress = (run: number): FromWorker => ({
  type: 'progress',
  run,
  progress: { until: 1, done: false, events: 1, rows: 1 },
  series: [],
  costs: [],
})

function simulator() {
  const ports: FakePort[] = []
  const heard: FromWorker[] = []
  const told: string[] = []
  const made = new Simulator(
    {
      onMessage: (message) => heard.push(message),
      onRestart: () => told.push('restart'),
      onFailure: (message) => told.push(`failure: ${message}`),
    },
    () => {
      const port = new FakePort()
      ports.push(port)
      return port
    },
  )
  return { made, ports, heard, told }
}

it('hears only answers to its newest order: an edit cancels the run under way', () => {
  const { made, ports, heard } = simulator()
  const first = made.run(SCENARIO)
  const second = made.run(SCENARIO)
  ports[0]!.answers(progress(first))
  ports[0]!.answers(progress(second))
  expect(heard.map(({ run }) => run)).toEqual([second])
  expect(ports[0]!.received.map((message) => message.type)).toEqual(['run', 'run'])
})

it('asks for detail of its newest order without cancelling it', () => {
  const { made, ports, heard } = simulator()
  const run = made.run(SCENARIO)
  made.detail({ at: 3, from: 1, to: 9, most: 100 })
  expect(ports[0]!.received.at(-1)).toEqual({ type: 'detail', run, at: 3, from: 1, to: 9, most: 100 })
  ports[0]!.answers(progress(run))
  expect(heard).toHaveLength(1)
})

it('starts a new worker after a crash and gives it the last order, a resume as a whole run', () => {
  const { made, ports, told, heard } = simulator()
  made.run(SCENARIO)
  const resumed = made.resume(SCENARIO, 7, HOLDS)
  ports[0]!.crashes('out of memory')
  expect(ports[0]!.terminated).toBe(true)
  expect(ports[1]!.received).toEqual([{ type: 'run', run: resumed, scenario: SCENARIO }])
  expect(told).toEqual(['restart'])
  ports[1]!.answers(progress(resumed))
  expect(heard).toHaveLength(1)
})

it('gives up on an order that crashes twice, and works again for the next one', () => {
  const { made, ports, told } = simulator()
  const run = made.run(SCENARIO)
  ports[0]!.crashes('bad')
  ports[1]!.answers({ type: 'failed', run, message: 'bad again' })
  expect(told).toEqual(['restart', 'failure: bad again'])
  const next = made.run(SCENARIO)
  expect(ports[2]!.received).toEqual([{ type: 'run', run: next, scenario: SCENARIO }])
  ports[2]!.crashes('once more')
  expect(told).toEqual(['restart', 'failure: bad again', 'restart'])
  made.dispose()
  expect(ports[3]!.terminated).toBe(true)
})
