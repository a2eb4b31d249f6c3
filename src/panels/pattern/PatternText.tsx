import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react'
import type { Json } from '../../model/scenario'
import { useTheme } from '../../ui/theme'
import { monaco } from '../code/monaco'
import { applyTheme } from '../code/theme'
import { completeFrom, LANGUAGE } from './language'
import type { Reading } from './read-pattern'

export interface PatternTextHandle {
  /** Writes another text, as one step that Ctrl+Z takes back. */
  write(text: string): void
  focus(): void
}

interface PatternTextProps {
  /** What it begins with. */
  text: string
  reading: Reading
  /** Events whose fields and values completion offers. */
  events: readonly Json[]
  readOnly: boolean
  label: string
  onText: (text: string) => void
  ref: Ref<PatternTextHandle>
}

const OWNER = 'event-pattern'

/** The pattern as text. Heavy: load this module lazily. */
export function PatternText({ text, reading, events, readOnly, label, onText, ref }: PatternTextProps) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null)
  const now = useRef({ events, onText })
  const { resolved } = useTheme()
  useEffect(() => {
    now.current = { events, onText }
  })

  useLayoutEffect(() => {
    if (host.current === null) return
    applyTheme(monaco, resolved)
    completeFrom(() => now.current.events)
    const made = monaco.editor.create(host.current, {
      language: LANGUAGE,
      value: text,
      automaticLayout: true,
      minimap: { enabled: false },
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
      fontSize: 12.5,
      lineHeight: 19,
      tabSize: 2,
      scrollBeyondLastLine: false,
      renderLineHighlight: 'line',
      overviewRulerLanes: 0,
      lineNumbersMinChars: 3,
      bracketPairColorization: { enabled: false },
      folding: false,
      autoSurround: 'never',
      fixedOverflowWidgets: true,
      quickSuggestions: { other: true, strings: true, comments: false },
      wordBasedSuggestions: 'off',
      suggest: { showWords: false },
      snippetSuggestions: 'inline',
      padding: { top: 10, bottom: 10 },
      // Tab leaves: this is a field of a dialog, and Ctrl+] indents
      tabFocusMode: true,
      ariaLabel: label,
    })
    made.onDidChangeModelContent(() => now.current.onText(made.getValue()))
    editor.current = made
    // the dialog has put the focus on its first button by then
    const focused = requestAnimationFrame(() => made.focus())
    void document.fonts.ready.then(() => monaco.editor.remeasureFonts())
    return () => {
      cancelAnimationFrame(focused)
      editor.current = null
      made.getModel()?.dispose()
      made.dispose()
    }
    // what it begins with; later changes are the effects' below
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  useEffect(() => applyTheme(monaco, resolved), [resolved])
  useEffect(() => editor.current?.updateOptions({ readOnly }), [readOnly])
  useEffect(() => {
    const model = editor.current?.getModel()
    if (!model) return
    if (reading.ok) return monaco.editor.setModelMarkers(model, OWNER, [])
    const from = model.getPositionAt(reading.place.from)
    const to = model.getPositionAt(Math.max(reading.place.to, reading.place.from + 1))
    monaco.editor.setModelMarkers(model, OWNER, [
      {
        severity: monaco.MarkerSeverity.Error,
        message: reading.message,
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: to.lineNumber,
        endColumn: to.column,
      },
    ])
  }, [reading])
  useImperativeHandle(ref, () => ({
    write(next) {
      const model = editor.current?.getModel()
      if (!model || readOnly) return
      model.pushStackElement()
      model.pushEditOperations(null, [{ range: model.getFullModelRange(), text: next }], () => null)
      model.pushStackElement()
    },
    focus: () => editor.current?.focus(),
  }))
  return <div ref={host} className="pattern-text" data-testid="pattern-text" />
}
