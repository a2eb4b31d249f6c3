import { expect, it } from 'vitest'
import { client, runOf, scenarioOf } from '../run.fixture'

it('a host answers after its latency and fails at its rate', () => {
  const C = client('https:Request', 'Web', { pattern: 'constant', rate: 10, at: 0, count: 1_000 })
  const ran = runOf(
    scenarioOf({ C, Web: { Type: 'Coldstart::Internet', Behavior: { latency: 0.3, errors: { rate: 0.25 } } } }),
  )
  expect(ran.max('C', 'Latency')).toBe(300_000)
  const failures = ran.total('C', 'Failures')
  expect(failures).toBeGreaterThan(200)
  expect(failures).toBeLessThan(300)
  expect(ran.reasons('internet.failed')).toHaveLength(failures)
})
