import { expect, test, vi } from 'vitest'
import type { Scenario } from '../model/scenario'
import { HandHost } from './port.fixture'
import type { FromWorker } from './protocol'

// `engine/run` would have every service at hand: nothing here may import it
const withTable = (seed: number): Scenario => ({
  coldstart: 1,
  name: 'x',
  profile: 'teaching',
  seed,
  duration: 10,
  resources: {
    Client: {
      Type: 'Coldstart::Client',
      Behavior: { traffic: { pattern: 'constant', rate: 1 }, call: 'dynamodb:PutItem', to: 'Table' },
    },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } },
  },
})
const runs = (messages: readonly FromWorker[], type: 'head' | 'failed'): number[] =>
  messages.flatMap((message) => (message.type === type && 'run' in message ? [message.run] : []))

test('a document waits for the services it needs; of two orders given meanwhile the last one counts', async () => {
  const worker = new HandHost()
  worker.host.receive({ type: 'run', run: 1, scenario: withTable(1) })
  worker.host.receive({ type: 'run', run: 2, scenario: withTable(2) })
  expect(worker.take()).toEqual([])
  await vi.waitFor(() => expect(worker.sent).not.toEqual([]))
  const messages = worker.take()
  expect(runs(messages, 'head')).toEqual([2])
  expect(runs(messages, 'failed')).toEqual([])
  // now it is there: the next one starts at once
  worker.host.receive({ type: 'run', run: 3, scenario: withTable(3) })
  expect(runs(worker.take(), 'head')).toEqual([3])
})
