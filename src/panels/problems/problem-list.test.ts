import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../model/scenario'
import type { Problem } from '../../services/service'
import { bySeverity, placeOf, problemCounts, problemsAt } from './problem-list'

const problem = (severity: Problem['severity'], path: string): Problem => ({ severity, path, message: path })
const list = [problem('info', '/a'), problem('warning', '/b'), problem('error', '/c'), problem('warning', '/d')]
const scenario = {
  resources: { Orders: { Type: 'AWS::SQS::Queue' } },
  labels: { Orders: 'Order queue' },
} as unknown as Scenario

describe('the list of problems', () => {
  it('counts, and leaves notes out of the badge', () => {
    expect(problemCounts(list)).toEqual({ error: 1, warning: 2, info: 1, badge: 3 })
  })
  it('sorts by severity and keeps the order within one', () => {
    expect(bySeverity(list).map(({ path }) => path)).toEqual(['/c', '/b', '/d', '/a'])
  })
  it('names places', () => {
    expect(placeOf('/resources/Orders/Properties/VisibilityTimeout', scenario)).toEqual({
      resource: 'Orders',
      text: 'Order queue · VisibilityTimeout',
    })
    expect(placeOf('/resources/Orders', scenario)).toEqual({ resource: 'Orders', text: 'Order queue' })
    expect(placeOf('/resources/Gone/Behavior/steps/0/call', scenario)).toEqual({
      resource: null,
      text: 'Gone · Behavior steps 1 call',
    })
    expect(placeOf('/seed', scenario)).toEqual({ resource: null, text: 'seed' })
    expect(placeOf('', scenario).text).toBe('Scenario')
  })
  it('finds what is at a place or below, not beside it', () => {
    const at = problemsAt(
      [problem('error', '/x/Name'), problem('error', '/x/NameTwo'), problem('error', '/x/Name/0')],
      '/x/Name',
    )
    expect(at.map(({ path }) => path)).toEqual(['/x/Name', '/x/Name/0'])
  })
})
