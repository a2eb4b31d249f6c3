import { expect, test } from 'vitest'
import { scenarioOf } from '../run.fixture'
import { kinds } from './kinds'
import { SOURCE } from './settings'

test('the form offers what a service sends to whom it sends, the usual event first', () => {
  const offered = (service: string, to?: string) => {
    const source = { Type: SOURCE, Behavior: { service, ...(to === undefined ? {} : { to }) } }
    const rest = {
      Fn: { Type: 'AWS::Lambda::Function' },
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'default' } },
    }
    return kinds[SOURCE]!.choices!('event', source, scenarioOf({ S: source, ...rest }))
  }
  expect(offered('ses')).toEqual(['ses-receipt'])
  expect(offered('codecommit')).toEqual(['codecommit-trigger', 'codecommit-reference-updated'])
  expect(offered('codecommit', 'Fn')).toEqual(['codecommit-trigger'])
  expect(offered('codecommit', 'Bus')).toEqual(['codecommit-reference-updated'])
  expect(kinds[SOURCE]!.choices!('service', { Type: SOURCE }, scenarioOf({}))).toBeNull()
})
