import { expect, test } from 'vitest'
import { Token, type EventContent } from '../../../model/recording'
import type { Json } from '../../../model/scenario'
import { toldOf, type EventHop } from './hops'

const ORDER = { order: 1, total: 42 }
const text = (value: Json): string => JSON.stringify(value)
const NOTIFICATION = { Type: 'Notification', Message: text(ORDER) }

const hop = (row: number, from: string, to: string, token: number = Token.message): EventHop => {
  const answers = token === Token.response
  return { row, at: row, action: 'x', token, count: 1, from, to, answers }
}
const content = (body: Json): EventContent => ({ body, count: 1 })

test('each hop is compared with what came in where it starts, through all envelopes', () => {
  const hops = [
    hop(0, 'Shop', 'Topic'),
    hop(1, 'Topic', 'Queue'),
    hop(2, 'Topic', 'Raw'),
    hop(3, 'Queue', 'Mapping', Token.response),
    hop(4, 'Mapping', 'Fn'),
    hop(5, 'Fn', 'Table'),
    hop(6, 'Table', 'Fn', Token.response),
  ]
  const contents = [
    content(ORDER),
    content(NOTIFICATION),
    content(ORDER),
    content({ Messages: [{ Body: text(NOTIFICATION) }] }),
    content({ Records: [{ body: text(NOTIFICATION) }] }),
    content({ key: 'k', set: { n: 1 } }),
    content(null),
  ]
  const told = toldOf(hops, contents, 0)
  expect(told.map(({ row, comparison: { kind } }) => [row, kind])).toEqual([
    [0, 'first'],
    [1, 'wrapped'],
    [2, 'same'],
    [3, 'wrapped'],
    [4, 'wrapped'],
    [5, 'new'],
  ])
  expect(told[4]!.comparison).toMatchObject({ path: 'Records[0].body' })
  // an answer that carries nothing is shown to who asks for it; what is not known is not
  expect(toldOf(hops, contents, 6).at(-1)!.row).toBe(6)
  expect(toldOf(hops, [...contents.slice(0, 6), null], 6).at(-1)!.row).toBe(5)
})
