import { expect, it } from 'vitest'
import { client, runOf, scenarioOf } from '../run.fixture'

it('repeats as often as it may', () => {
  const Caller = client('echo:Call', 'Cave', { pattern: 'repeat', every: 1, times: 8, at: 0 })
  const ran = runOf(scenarioOf({ Caller, Cave: { Type: 'Toy::Echo::Cave', Properties: { MaximumEchoes: 5 } } }))
  expect(ran.total('Caller', 'Successes')).toBe(5)
  expect(ran.total('Caller', 'Failures')).toBe(3)
  expect(ran.reasons('echo.refused')).toHaveLength(3)
})
