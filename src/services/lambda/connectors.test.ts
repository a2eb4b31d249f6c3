import { describe, expect, test } from 'vitest'
import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { executionRole } from '../roles'
import type { Connection } from '../service'
import { connectors } from './connectors'

const start: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: 'FnRole' } },
    FnRole: executionRole(),
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: 'Fn', Name: 'live', FunctionVersion: '$LATEST' } },
    Next: { Type: 'AWS::Lambda::Function', Properties: { Role: 'NextRole' } },
    NextRole: executionRole(),
    Q: { Type: 'AWS::SQS::Queue' },
    Bus: { Type: 'AWS::Events::EventBus' },
    Table: { Type: 'AWS::DynamoDB::Table' },
  },
}

const after = (scenario: Scenario, changes: { [id: LogicalId]: Resource | null }): Scenario => ({
  ...scenario,
  resources: Object.fromEntries(
    Object.entries({ ...scenario.resources, ...changes }).filter(
      (entry): entry is [string, Resource] => entry[1] !== null,
    ),
  ),
})
const wiresOf = (scenario: Scenario): Connection[] => connectors.flatMap((connector) => connector.derive(scenario))
const verdict = (from: LogicalId, to: LogicalId, scenario: Scenario, port?: string): string | true =>
  connectors.reduce<string | true>((found, connector) => {
    const answer = connector.accepts(from, to, scenario, port)
    if (found === true || answer === true) return true
    return found === '' && answer !== null ? answer.refused : found
  }, '')
function connect(from: LogicalId, to: LogicalId, scenario: Scenario, port?: string): { next: Scenario; said: string } {
  const connector = connectors.find((each) => each.accepts(from, to, scenario, port) === true)!
  const { resources, said } = connector.connect(from, to, scenario, port)
  return { next: after(scenario, resources), said }
}
function disconnect(connection: Connection, scenario: Scenario): Scenario {
  const connector = connectors.find((each) =>
    each.derive(scenario).some((wire) => JSON.stringify(wire) === JSON.stringify(connection)),
  )!
  return after(scenario, connector.disconnect(connection, scenario).resources)
}

describe('a destination', () => {
  test.each([
    ['Q', 'success', 'success', 'on success', 'sqs:SendMessage', 'sqs:SendMessage'],
    ['Q', 'onFailure', 'failure', 'on failure', 'sqs:SendMessage', 'sqs:SendMessage'],
    ['Next', 'success', 'success', 'on success', 'lambda:InvokeAsync', 'lambda:InvokeFunction'],
    ['Bus', 'onFailure', 'failure', 'on failure', 'events:PutEvents', 'events:PutEvents'],
  ])('%s from port %s: written, drawn, permitted, taken back', (to, drawn, port, label, action, iam) => {
    const { next, said } = connect('Fn', to, start, drawn)
    const settings = 'FnAsyncSettings'
    expect(wiresOf(next)).toEqual([{ from: 'Fn', to, action, port, resource: settings, style: 'async', label }])
    expect(said).toContain(iam)
    expect(JSON.stringify(next.resources['FnRole'])).toContain(iam)
    expect(disconnect(wiresOf(next)[0]!, next)).toEqual(start)
  })

  test('joins the settings there are and leaves them when it goes', () => {
    const settings = {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: 'Fn', MaximumRetryAttempts: 0 },
    }
    const before = after(start, { Own: settings })
    const both = connect('Fn', 'Q', connect('Fn', 'Bus', before, 'success').next, 'onFailure').next
    expect(both.resources['Own']?.Properties).toMatchObject({
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnSuccess: { Destination: 'Bus' }, OnFailure: { Destination: 'Q' } },
    })
    const less = disconnect(wiresOf(both)[0]!, both)
    expect(less.resources['Own']?.Properties?.['DestinationConfig']).toEqual({ OnFailure: { Destination: 'Q' } })
    expect(disconnect(wiresOf(less)[0]!, less)).toEqual(before)
  })

  test('goes to queues, functions and buses, never back to the function', () => {
    expect(verdict('Fn', 'Table', start, 'success')).toContain('a queue, a topic, a function or a bus')
    expect(verdict('Fn', 'Live', start, 'success')).toContain('start it again')
    expect(verdict('Fn', 'Next', start, 'failure')).toContain('standard queue')
    const there = connect('Fn', 'Q', start, 'success').next
    expect(verdict('Fn', 'Q', there, 'success')).toContain('already')
    expect(verdict('Fn', 'Q', there, 'onFailure')).toBe(true)
  })

  test('shares a permission with a call and a dead-letter queue: it goes with the last of them', () => {
    const called = connect('Fn', 'Q', start).next
    const buried = connect('Fn', 'Q', called, 'failure').next
    const all = connect('Fn', 'Q', buried, 'success').next
    let now = all
    for (const wire of wiresOf(all)) {
      expect(JSON.stringify(now.resources['FnRole'])).toContain('sqs:SendMessage')
      now = disconnect(wire, now)
    }
    expect(now.resources['FnRole']).toEqual(start.resources['FnRole'])
  })
})

describe('a call', () => {
  test('to a FIFO queue has a message group, to a standard one none (SQS-4)', () => {
    const fifo = after(start, { Q: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } })
    const { next, said } = connect('Fn', 'Q', fifo)
    expect(next.resources['Fn']!.Behavior!['steps']).toEqual([{ call: 'sqs:SendMessage', to: 'Q', group: 'a' }])
    expect(said).toContain('in message group a')
    const plain = connect('Fn', 'Q', start).next
    expect(plain.resources['Fn']!.Behavior!['steps']).toEqual([{ call: 'sqs:SendMessage', to: 'Q' }])
  })
})

describe('an alias', () => {
  test('is its function: one mapping, one call, no call to itself', () => {
    const mapped = connect('Q', 'Live', start).next
    expect(JSON.stringify(mapped.resources['FnRole'])).toContain('sqs:ReceiveMessage')
    expect(verdict('Q', 'Fn', mapped)).toContain('already feeds')
    expect(verdict('Fn', 'Live', start)).toContain('loops')
    const called = connect('Next', 'Live', start).next
    expect(verdict('Next', 'Fn', called)).toContain('already calls')
    expect(JSON.stringify(called.resources['NextRole'])).toContain('"Live"')
    expect(disconnect(wiresOf(mapped)[0]!, mapped).resources['FnRole']).not.toEqual(mapped.resources['FnRole'])
  })
})
