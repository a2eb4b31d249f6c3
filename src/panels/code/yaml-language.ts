/** Completion and hovers for scenarios in YAML, registered once per page; they ask for the last valid document. */
import { helpAt, suggestions, type Suggestion } from './suggest'
import { contextAt } from './yaml-context'
import type { Scenario } from '../../model/scenario'
import { monaco } from './monaco'

let document: (() => Scenario) | null = null

/** From now on completion knows the resources of this document. */
export function completeFrom(scenario: () => Scenario): void {
  if (document === null) register()
  document = scenario
}

const KINDS: { readonly [kind in Suggestion['kind']]: monaco.languages.CompletionItemKind } = {
  property: monaco.languages.CompletionItemKind.Property,
  value: monaco.languages.CompletionItemKind.Value,
  reference: monaco.languages.CompletionItemKind.Reference,
  type: monaco.languages.CompletionItemKind.Class,
}

function register(): void {
  monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', ':', '{', ','],
    provideCompletionItems(model, position) {
      if (document === null) return { suggestions: [] }
      const text = model.getValue()
      const context = contextAt(text, model.getOffsetAt(position))
      const range = {
        startLineNumber: position.lineNumber,
        endLineNumber: position.lineNumber,
        startColumn: position.column - context.word.length,
        endColumn: position.column,
      }
      return {
        suggestions: suggestions(context, text, document()).map((each, index) => ({
          label: each.label,
          insertText: each.insert,
          kind: KINDS[each.kind],
          range,
          sortText: String(index).padStart(4, '0'),
          ...(each.detail === undefined ? {} : { detail: each.detail }),
          ...(each.help === undefined ? {} : { documentation: each.help }),
        })),
      }
    },
  })
  monaco.languages.registerHoverProvider('yaml', {
    provideHover(model, position) {
      const line = model.getLineContent(position.lineNumber)
      const key = keyAround(line, position.column - 1)
      if (document === null || key === null) return null
      const text = model.getValue()
      const offset = model.getOffsetAt({ lineNumber: position.lineNumber, column: key.end + 1 })
      const help = helpAt(contextAt(text, offset).path, text, document())
      return help === null ? null : { contents: [{ value: help }] }
    },
  })
}

/** The key under a column; `end` is behind its colon. */
function keyAround(line: string, column: number): { end: number } | null {
  for (const match of line.matchAll(/["']?([A-Za-z_][\w.-]*)["']?\s*:(?=\s|$)/g)) {
    if (column >= match.index && column <= match.index + match[0].length) return { end: match.index + match[0].length }
  }
  return null
}
