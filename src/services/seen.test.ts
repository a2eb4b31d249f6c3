import { expect, it } from 'vitest'
import { seen } from './seen'

const which = { seed: 1, trace: 2, at: 61_500_000 }
const view = (as: Parameters<typeof seen>[0], arrived: Parameters<typeof seen>[1]) => seen(as, arrived, which)

it('shows rules the whole event, with an id and the time it came', () => {
  const event = view('event', { body: { source: 'shop', 'detail-type': 'order', detail: { total: 1 } } })
  expect(event).toMatchObject({
    source: 'shop',
    'detail-type': 'order',
    time: '2026-11-20T00:01:01Z',
    account: '123456789012',
  })
  expect(event).toHaveProperty('id', expect.stringMatching(/^[0-9a-f]{8}-/))
  expect(view('event', { body: { total: 1 } })).toMatchObject({ detail: { total: 1 } })
  expect(view('event', { body: { id: 'mine', detail: {} } })).toMatchObject({ id: 'mine' })
})

it('shows filter policies attributes or the body', () => {
  const arrived = { body: { n: 1 }, attributes: { kind: { dataType: 'String', stringValue: 'order' } } }
  expect(view('attributes', arrived)).toEqual({ kind: 'order' })
  expect(view('body', arrived)).toEqual({ n: 1 })
  expect(view('body', { body: {}, text: 'no JSON' })).toBeNull()
  expect(view('body', { body: {}, text: '{"n": 2}' })).toEqual({ n: 2 })
})

it('shows filters of a mapping a message, a record, a change', () => {
  expect(view('message', { body: { n: 1 }, group: 'g' })).toMatchObject({
    body: { n: 1 },
    attributes: { MessageGroupId: 'g' },
  })
  expect(view('record', { body: { n: 1 } })).toMatchObject({ data: { n: 1 } })
  expect(view('change', { body: { eventName: 'INSERT' } })).toEqual({ eventName: 'INSERT' })
})
