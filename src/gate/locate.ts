/** Where a JSON pointer stands in text, for markers and messages. */
import { isCollection, isMap, isPair, isScalar, isSeq } from 'yaml'
import type { LineCounter, Node, Pair } from 'yaml'
import { parsePointer } from './pointer'
import { readYaml } from './yaml-text'

/** Lines and columns from 1; the end is behind the last character. */
export interface Location {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/**
 * The place of a pointer in YAML or JSON text: a scalar's own characters, the key of a collection. For what is not
 * written (a default, a missing property) the nearest written ancestor. Null when the text cannot be read at all.
 */
export function locate(text: string, pointer: string): Location | null {
  const yaml = readYaml(text)
  if (typeof yaml === 'string') return null
  const { document, lines } = yaml
  let node: unknown = document.contents
  let place: Location = { line: 1, column: 1, endLine: 1, endColumn: 1 }
  for (const part of parsePointer(pointer)) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === part)
      if (pair === undefined) break
      place = ofPair(pair, lines) ?? place
      node = pair.value
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(part)]
      if (item === undefined) break
      place = ofItem(item, lines) ?? place
      node = item
    } else break
  }
  return place
}

function ofPair(pair: Pair, lines: LineCounter): Location | null {
  const { key, value } = pair
  return isScalar(value) && value.range && value.range[1] > value.range[0]
    ? span(value, lines)
    : isScalar(key)
      ? span(key, lines)
      : null
}

function ofItem(item: unknown, lines: LineCounter): Location | null {
  if (isScalar(item)) return span(item, lines)
  if (!isCollection(item) || !item.range) return null
  const first: unknown = isMap(item) ? item.items[0]?.key : undefined
  return isScalar(first) ? span(first, lines) : at(item.range[0], item.range[0] + 1, lines)
}

function span(node: Node, lines: LineCounter): Location | null {
  return node.range ? at(node.range[0], node.range[1], lines) : null
}

function at(from: number, to: number, lines: LineCounter): Location {
  const start = lines.linePos(from)
  const end = lines.linePos(to)
  return {
    line: Math.max(1, start.line),
    column: Math.max(1, start.col),
    endLine: Math.max(1, end.line),
    endColumn: Math.max(1, end.col),
  }
}
