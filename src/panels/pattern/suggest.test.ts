import { expect, it } from 'vitest'
import type { Json } from '../../model/scenario'
import { spotAt } from './json-scan'
import { suggest } from './suggest'

const EVENTS: readonly Json[] = [
  { source: 'shop', detail: { state: 'paid', total: 4, items: [{ sku: 'a$1' }] } },
  { source: 'aws.ec2', detail: { state: 'stopped' } },
]
/** Labels offered at `|`. */
const at = (text: string) => suggest(spotAt(text.replace('|', ''), text.indexOf('|')), EVENTS).map(({ label }) => label)
const OPERATORS = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'anything-but', 'numeric', 'cidr', 'exists']

it('offers the fields that events have where one stands', () => {
  expect(at('{|')).toEqual(['source', 'detail', '$or'])
  expect(at('{"detail": {"|')).toEqual(['state', 'total', 'items', '$or'])
  expect(at('{"detail":{"state":["a"],"|"}}')).toEqual(['state', 'total', 'items', '$or'])
  expect(at('{"detail": {"items": {"|')).toEqual(['sku', '$or'])
  expect(at('{"detail": {"$or": [{"|')).toEqual(['state', 'total', 'items', '$or'])
})

it('offers the values seen, and the operators beside them', () => {
  expect(at('{"detail": {"state": [|').slice(0, 3)).toEqual(['"paid"', '"stopped"', '{ "prefix": … }'])
  expect(at('{"detail": {"state": ["|')).toEqual(['"paid"', '"stopped"'])
  expect(at('{"detail": {"state": |').slice(0, 2)).toEqual(['["paid"]', '["stopped"]'])
  expect(at('{"detail": |')).toEqual(['{ }', '[ ]'])
})

it('offers operators within a list, and within them only what they can hold', () => {
  expect(at('{"detail": {"state": [{|')).toEqual(OPERATORS)
  expect(at('{"a": [{"anything-but": {"|')).toEqual(['prefix', 'suffix', 'equals-ignore-case', 'wildcard'])
  expect(at('{"a": [{"prefix": {|')).toEqual(['equals-ignore-case'])
  expect(at('{"a": [{"exists": |')).toEqual(['true'])
  expect(at('{"a": [{"numeric": [|')).toEqual([])
  expect(at('{"$or": [|')).toEqual([])
})

it('writes signs of snippets as themselves', () => {
  const [value] = suggest(spotAt('{"detail": {"items": {"sku": [', 30), EVENTS)
  expect(value).toMatchObject({ label: '"a$1"', insert: '"a\\$1"' })
})
