import { expect, it } from 'vitest'
import { RowKind } from '../../../model/recording'
import type { Scenario } from '../../../model/scenario'
import type { Row } from '../types'
import { missedPattern } from './missed'

const row = (index: number, kind: RowKind, more: Partial<Row>): Row => ({
  index,
  at: 0,
  until: 0,
  value: 0,
  kind,
  code: 0,
  resource: 0,
  subject: 0,
  trace: 0,
  cause: index - 1,
  ...more,
})
const scenario: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 1,
  resources: { Sub: { Type: 'AWS::SNS::Subscription', Properties: { FilterPolicy: { kind: ['order'] } } } },
}
const run = (reason: string) => ({
  reasonOf: ({ kind }: Row) => (kind === RowKind.reason ? reason : null),
  resource: (index: number) => ['Bus', 'Sub'][index],
  wire: () => ({ from: 'Shop', to: 'Bus', action: 'events:PutEvents' }),
})
const rows = [row(3, RowKind.hop, {}), row(4, RowKind.reason, { subject: 1 })]

it('opens a bus with the event that no rule took', () => {
  expect(missedPattern(rows, run('eventbridge.unmatched'), scenario)).toEqual({
    tool: 'pattern',
    resource: 'Bus',
    path: '',
    row: 3,
  })
})
it('opens the filter policy that held a message back, if it is still there', () => {
  expect(missedPattern(rows, run('sns.filteredOut'), scenario)?.path).toBe('/resources/Sub/Properties/FilterPolicy')
  expect(missedPattern(rows, run('sns.filteredOut'), { ...scenario, resources: {} })).toBeNull()
})
it('has nothing to say of other reasons', () => {
  expect(missedPattern(rows, run('lambda.throttled'), scenario)).toBeNull()
})
