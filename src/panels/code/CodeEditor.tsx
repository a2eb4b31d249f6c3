import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Scenario } from '../../model/scenario'
import { Button } from '../../ui/Button'
import { Glyph } from '../../ui/glyphs'
import { IconButton } from '../../ui/IconButton'
import { Kbd } from '../../ui/Kbd'
import { Segmented } from '../../ui/Segmented'
import type { ResolvedTheme } from '../../ui/theme'
import { bySeverity } from '../problems/problem-list'
import { monaco } from './monaco'
import { applyTheme } from './theme'
import { useCodeDocument, type CodeDocument } from './use-code-document'
import './code.css'

export interface CodeEditorProps {
  scenario: Scenario
  theme: ResolvedTheme
  readOnly?: boolean | undefined
  /** The text was changed and is a document: the canvas may show it. */
  onDocument: (scenario: Scenario) => void
  onClose?: (() => void) | undefined
}

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The document as YAML or JSON, in step with the canvas. Heavy: load this module lazily. */
export function CodeEditor({ scenario, theme, readOnly = false, onDocument, onClose }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null)

  useLayoutEffect(() => {
    if (host.current === null) return
    applyTheme(monaco, theme)
    const made = monaco.editor.create(host.current, {
      language: 'yaml',
      value: '',
      automaticLayout: true,
      minimap: { enabled: false },
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
      fontSize: 12.5,
      lineHeight: 19,
      tabSize: 2,
      insertSpaces: true,
      scrollBeyondLastLine: false,
      renderLineHighlight: 'line',
      overviewRulerLanes: 1,
      lineNumbersMinChars: 3,
      bracketPairColorization: { enabled: false },
      folding: true,
      fixedOverflowWidgets: true,
      quickSuggestions: { other: true, strings: true, comments: false },
      suggest: { showWords: false },
      wordBasedSuggestions: 'off',
      padding: { top: 8, bottom: 8 },
      accessibilitySupport: 'auto',
      ariaLabel: `Scenario as text. ${MAC ? 'Control+Shift+M' : 'Control+M'} lets Tab leave the editor.`,
    })
    editor.current = made
    void document.fonts.ready.then(() => monaco.editor.remeasureFonts())
    return () => {
      editor.current = null
      made.getModel()?.dispose()
      made.dispose()
    }
    // the theme at first; later changes are the next effect's
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  useEffect(() => applyTheme(monaco, theme), [theme])
  useEffect(() => editor.current?.updateOptions({ readOnly }), [readOnly])

  const code = useCodeDocument(editor, scenario, onDocument)
  const invalid = code.state !== 'in step'
  return (
    <section className="code" aria-label="Code">
      <header className="code-head">
        <h2 className="strong grow">Code</h2>
        <Segmented
          label="Format"
          value={code.format}
          options={[
            { value: 'yaml', label: 'YAML', disabled: invalid },
            { value: 'json', label: 'JSON', disabled: invalid },
          ]}
          onChange={code.setFormat}
        />
        {onClose && <IconButton glyph="close" label="Close the code" onClick={onClose} />}
      </header>
      <div ref={host} className="code-text" data-testid="code-text" />
      <Footer code={code} readOnly={readOnly} />
    </section>
  )
}

const SHOWN = 3

function Footer({ code, readOnly }: { code: CodeDocument; readOnly: boolean }) {
  const errors = code.problems.filter(({ severity }) => severity === 'error')
  const shown = bySeverity(code.problems).slice(0, SHOWN)
  return (
    <footer className="code-foot">
      {shown.length > 0 && (
        <ol aria-label="Problems in the text">
          {shown.map((problem) => (
            <li key={problem.path + problem.message}>
              <button type="button" data-severity={problem.severity} onClick={() => code.reveal(problem)}>
                <Glyph
                  name={problem.severity === 'error' ? 'error' : problem.severity === 'warning' ? 'warning' : 'info'}
                  size={14}
                />
                <span>{problem.message}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
      <div className="row xs">
        <p className="grow" role="status">
          {statusText(code.state, errors.length, code.problems.length - shown.length, readOnly)}
        </p>
        {code.state === 'behind' && (
          <Button size="sm" onClick={code.takeCanvas}>
            Take the canvas's document
          </Button>
        )}
        <span className="faint row">
          <Kbd>{MAC ? '⌃⇧M' : 'Ctrl+M'}</Kbd> lets Tab leave
        </span>
      </div>
    </footer>
  )
}

function statusText(state: CodeDocument['state'], errors: number, more: number, readOnly: boolean): string {
  const rest = more > 0 ? ` ${more} more under Problems.` : ''
  if (state === 'behind') return 'The canvas was changed and this text cannot be read, so it did not follow.'
  if (state === 'invalid')
    return `The canvas shows the last valid document. ${errors === 1 ? '1 error' : `${errors} errors`} here.${rest}`
  return readOnly ? `Read only.${rest}` : `The canvas shows this document.${rest}`
}
