import { expect, test } from 'vitest'
import { Outcome, ROWS_PER_CHUNK, RowKind, Token } from '../../../model/recording'
import { compileFilter } from '../../../state/run/rowFilter'
import { createRunStore } from '../../../state/run/runStore'
import { headOf, legendOf, rowsOf, type WrittenRow } from '../../../state/run/sampleRun.fixture'
import { FilteredRows } from './filteredRows'

const WIRE = { from: 'Shoppers', to: 'Orders', action: 'sqs:SendMessage' }
const ROWS: WrittenRow[] = [
  { at: 0, kind: RowKind.hop, code: Token.message, subject: 0 },
  { at: 1, kind: RowKind.level, subject: 0, resource: 1, value: 1 },
  { at: 2, kind: RowKind.span, code: Outcome.timeout, subject: 0, resource: 2 },
  { at: 3, kind: RowKind.state, code: 1, subject: 0, resource: 2 },
  { at: 4, kind: RowKind.reason, code: 0, resource: 2 },
  { at: 5, kind: RowKind.hop, code: Token.retry, subject: 0 },
]

function storeWith(keepRows?: number) {
  const store = createRunStore(keepRows === undefined ? {} : { keepRows })
  store.begin(1, headOf(['Shoppers', 'Orders', 'Worker'], 10, ['lambda.full']))
  store.append(
    rowsOf(0, ROWS),
    legendOf(
      [WIRE],
      [{ owner: 'Worker', machine: 'environment', label: 'e7' }],
      [{ resource: 'Orders', name: 'visible' }],
    ),
  )
  return store
}

test('finds rows by kind, resource, outcome and words', () => {
  const store = storeWith()
  const found = (filter: Parameters<typeof compileFilter>[1]): number[] => {
    const list = new FilteredRows(
      store,
      compileFilter(store, filter, () => 'All environments are taken.'),
    )
    while (!list.complete) list.scan(2)
    return [...list.rows.data.subarray(0, list.rows.length)]
  }
  expect(found({})).toEqual([0, 2, 3, 4, 5])
  expect(found({ kinds: new Set([RowKind.hop]) })).toEqual([0, 5])
  expect(found({ resources: new Set(['Orders']) })).toEqual([0, 5])
  expect(found({ resources: new Set(['Worker']) })).toEqual([2, 3, 4])
  expect(found({ verdict: 'error' })).toEqual([2])
  expect(found({ verdict: 'retry' })).toEqual([5])
  expect(found({ text: 'e7' })).toEqual([2, 3])
  expect(found({ text: 'E7 init' })).toEqual([3])
  expect(found({ text: 'taken' })).toEqual([4])
  expect(found({ text: 'sendmessage retry' })).toEqual([5])
  expect(found({ text: 'nowhere' })).toEqual([])
})

test('says which rows could not be judged', () => {
  const store = storeWith(2 * ROWS_PER_CHUNK)
  const filler = Array.from({ length: 5 * ROWS_PER_CHUNK - ROWS.length }, (_, i) => ({
    at: 10 + i,
    kind: RowKind.hop,
    subject: 0,
  }))
  store.append(rowsOf(ROWS.length, filler), legendOf())
  const list = new FilteredRows(
    store,
    compileFilter(store, {}, () => ''),
  )
  list.scan(Infinity)
  expect(list.rows.length + list.missing).toBe(5 * ROWS_PER_CHUNK - 1)
  expect(list.missing).toBe(3 * ROWS_PER_CHUNK)
  expect(store.rowAt(list.firstMissing)).toBeUndefined()
  expect(list.positionOf(0)).toBe(0)
  expect(list.positionOf(1)).toBe(0)
  expect(store.timeOfRow(ROWS_PER_CHUNK)).toBe(10 + ROWS_PER_CHUNK - ROWS.length)
})
