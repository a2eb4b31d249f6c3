import { describe, expect, test } from 'vitest'
import { createActor } from 'xstate'
import { chartProblems } from '../../../kernel/chart-check'
import { tableOf } from '../../../kernel/lifecycle'
import { functionMachine } from './function.machine'
import { STATE_REASONS } from './state-reasons'
import { updateMachine } from '../versions/update.machine'

/** Where the function is after some events. `ready`: its interfaces are. */
function after(ready: boolean, ...events: ('deploy' | 'ready' | 'failed' | 'idle' | 'revive')[]) {
  const actor = createActor(functionMachine.provide({ guards: { 'interfaces ready': () => ready } })).start()
  for (const type of events) actor.send({ type })
  return actor.getSnapshot().value
}

describe('State (LAM-15)', () => {
  test('without a VPC it is Active at once', () => expect(after(true, 'deploy')).toBe('Active'))
  test('in a VPC it is Pending until its interfaces are built', () => {
    expect(after(false, 'deploy')).toBe('Pending')
    expect(after(false, 'deploy', 'ready')).toBe('Active')
  })
  test('Active, Inactive, Pending, Active', () => {
    expect(after(true, 'deploy', 'idle')).toBe('Inactive')
    expect(after(true, 'deploy', 'idle', 'revive')).toBe('Pending')
    expect(after(true, 'deploy', 'idle', 'revive', 'ready')).toBe('Active')
  })
  test('Pending may end in Failed; deploying again leaves it', () => {
    expect(after(false, 'deploy', 'failed')).toBe('Failed')
    expect(after(false, 'deploy', 'failed', 'deploy')).toBe('Pending')
  })
  test('nothing else moves it', () => {
    expect(after(true, 'ready')).toBe('Absent')
    expect(after(true, 'deploy', 'failed')).toBe('Active')
    expect(after(true, 'deploy', 'revive')).toBe('Active')
  })
})

test('LastUpdateStatus: Successful, InProgress, Failed', () => {
  const actor = createActor(updateMachine.provide({ delays: { UPDATE: 1e6 } })).start()
  const seen = (['update', 'failed', 'update', 'updated'] as const).map((type) => {
    actor.send({ type })
    return actor.getSnapshot().value
  })
  actor.stop()
  expect(seen).toEqual(['InProgress', 'Failed', 'InProgress', 'Successful'])
})

test.each([
  ['function', functionMachine],
  ['update', updateMachine],
])('the chart %s compiles', (_, machine) => {
  expect(chartProblems(machine)).toEqual([])
  expect(() => tableOf(machine)).not.toThrow()
})

test('state reasons are sentences, sub-codes have their parent (LAM-16)', () => {
  for (const [code, sentence] of Object.entries(STATE_REASONS)) {
    expect(sentence).toMatch(/^[A-Z].*\.$/)
    expect(Object.keys(STATE_REASONS)).toContain(code.split('.')[0])
  }
})
