/** Patterns as a language of the editor: colours and completion, registered once per page. No worker: what is wrong is told by our own reader. */
import type { Json } from '../../model/scenario'
import { monaco } from '../code/monaco'
import { spotAt } from './json-scan'
import { suggest, type Suggestion } from './suggest'

export const LANGUAGE = 'event-pattern'

let events: (() => readonly Json[]) | null = null

/** From now on completion offers fields and values of these events. */
export function completeFrom(source: () => readonly Json[]): void {
  if (events === null) register()
  events = source
}

const KINDS: { readonly [kind in Suggestion['kind']]: monaco.languages.CompletionItemKind } = {
  field: monaco.languages.CompletionItemKind.Property,
  value: monaco.languages.CompletionItemKind.Value,
  operator: monaco.languages.CompletionItemKind.Function,
}

function register(): void {
  monaco.languages.register({ id: LANGUAGE })
  monaco.languages.setLanguageConfiguration(LANGUAGE, {
    brackets: [
      ['{', '}'],
      ['[', ']'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}' },
      { open: '[', close: ']' },
      { open: '"', close: '"', notIn: ['string'] },
    ],
    // names with dots and dashes are one word
    wordPattern: /[^\s"{}[\],:]+/,
  })
  monaco.languages.setMonarchTokensProvider(LANGUAGE, {
    tokenizer: {
      root: [
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'string.key.json'],
        [/"(?:[^"\\]|\\.)*"?/, 'string.value.json'],
        [/-?\d[\d.eE+-]*/, 'number.json'],
        [/\b(?:true|false|null)\b/, 'keyword.json'],
        [/[{}[\],:]/, 'delimiter'],
      ],
    },
  })
  monaco.languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['"', '{', '[', ',', ':', ' '],
    provideCompletionItems(model, position) {
      const text = model.getValue()
      const offset = model.getOffsetAt(position)
      const spot = spotAt(text, offset)
      // the closing quote that typing brought is part of the word
      const to = spot.word.startsWith('"') && text[offset] === '"' ? offset + 1 : offset
      const range = monaco.Range.fromPositions(model.getPositionAt(spot.from), model.getPositionAt(to))
      const written = spot.at === 'key' && /^\s*:/.test(text.slice(to))
      return {
        suggestions: suggest(spot, events?.() ?? []).map((each, index) => ({
          label: each.label,
          insertText: written ? each.insert.replace(/: .*$/s, '') : each.insert,
          insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
          kind: KINDS[each.kind],
          range,
          filterText: spot.word.startsWith('"') && !each.label.startsWith('"') ? `"${each.label}"` : each.label,
          sortText: String(index).padStart(4, '0'),
          ...(each.help === undefined ? {} : { detail: each.help }),
        })),
      }
    },
  })
}
