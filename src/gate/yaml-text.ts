/** YAML documents, read once per text and never trusted. JSON is read the same way, as YAML is a superset of it. */
import { isAlias, isMap, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, ScalarTag } from 'yaml'
import { yamlRefusal } from './yaml-guard'

export interface YamlText {
  readonly document: Document
  readonly lines: LineCounter
  /** First thing that forbids the text, with the offset it stands at. */
  readonly refusal: { readonly message: string; readonly offset: number } | null
}

/** Short forms of CloudFormation, read as the logical id they name and written as they stood. */
const SHORT_FORMS: ScalarTag[] = ['!Ref', '!GetAtt'].map((tag) => ({
  tag,
  resolve: (text) => text.split('.')[0]!,
  stringify: ({ source, value }) => source ?? String(value),
}))

let last: { readonly text: string; readonly result: YamlText | string } | null = null

/** The parsed text, or why it may not be parsed. The latest text is kept, because a place is asked for again and again. */
export function readYaml(text: string): YamlText | string {
  if (last?.text === text) return last.result
  const result = yamlRefusal(text) ?? parse(text)
  last = { text, result }
  return result
}

/** A document of its own, for those who change it. */
export function parseYaml(text: string): { document: Document; lines: LineCounter } {
  const lines = new LineCounter()
  // Unique keys are checked below in linear time; the parser's own check is quadratic.
  const document = parseDocument(text, {
    schema: 'core',
    customTags: SHORT_FORMS,
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'error',
  })
  return { document, lines }
}

function parse(text: string): YamlText | string {
  try {
    const { document, lines } = parseYaml(text)
    const wrong = document.errors[0] ?? document.warnings[0]
    return {
      document,
      lines,
      refusal:
        wrong === undefined ? forbidden(document) : { message: firstSentence(wrong.message), offset: wrong.pos[0] },
    }
  } catch {
    return 'The text is nested too deeply to be read.'
  }
}

const firstSentence = (message: string): string => `${(message.split('\n')[0] ?? '').replace(/[.:]$/, '')}.`

function forbidden(document: Document): YamlText['refusal'] {
  let found: YamlText['refusal'] = null
  visit(document, (_, node) => {
    if (isAlias(node)) {
      found = {
        message: `*${node.source} repeats a value by reference. Write the value out.`,
        offset: node.range?.[0] ?? 0,
      }
      return visit.BREAK
    }
    if (!isMap(node)) return undefined
    const keys = new Set<unknown>()
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue
      const { value, range } = pair.key
      if (keys.has(value)) {
        found = { message: `${String(value)} is written twice. Remove one.`, offset: range?.[0] ?? 0 }
        return visit.BREAK
      }
      keys.add(value)
    }
    return undefined
  })
  return found
}
