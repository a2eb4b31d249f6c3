import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { locate, sameJson } from '../../gate/text'
import type { Json, Scenario } from '../../model/scenario'
import type { Problem } from '../../services/service'
import { minimalEdit } from './minimal-edit'
import { monaco } from './monaco'
import { converted, follow, read, type Format, type Written } from './sync'
import { completeFrom } from './yaml-language'

type Editor = monaco.editor.IStandaloneCodeEditor

/** ms without a key press before the text is read. */
const QUIET = 300
const OWNER = 'coldstart'

const same = (a: Scenario, b: Scenario): boolean => sameJson(a as unknown as Json, b as unknown as Json)

/** Comments live in the text alone; the last text is kept for when the editor opens again on the same scenario. */
let remembered: Written | null = null

export interface CodeDocument {
  readonly problems: readonly Problem[]
  /** in step: the canvas shows this text. invalid: the text is no document. behind: the canvas changed and the text cannot follow. */
  readonly state: 'in step' | 'invalid' | 'behind'
  readonly format: Format
  readonly setFormat: (format: Format) => void
  /** Gives up what is typed for the document of the canvas. */
  readonly takeCanvas: () => void
  readonly reveal: (problem: Problem) => void
}

/** Keeps the editor's text and the document in step, both ways. */
export function useCodeDocument(
  editor: RefObject<Editor | null>,
  scenario: Scenario,
  onDocument: (scenario: Scenario) => void,
): CodeDocument {
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [state, setState] = useState<CodeDocument['state']>('in step')
  const [format, setFormatState] = useState<Format>('yaml')
  /** The document the text says, as far as it is known to say one. */
  const said = useRef(scenario)
  const present = useRef(scenario)
  const tell = useRef(onDocument)
  const yaml = useRef<Written | null>(null)
  const quiet = useRef(false)
  const formatRef = useRef(format)

  useEffect(() => {
    tell.current = onDocument
    present.current = scenario
  })

  const check = useCallback(() => {
    const model = editor.current?.getModel()
    if (!model) return
    const text = model.getValue()
    const reading = read(text, present.current)
    setProblems(reading.problems)
    monaco.editor.setModelMarkers(
      model,
      OWNER,
      reading.problems.map((problem) => marker(problem, text)),
    )
    setState(reading.scenario === null ? 'invalid' : 'in step')
    if (reading.scenario === null) return
    said.current = reading.scenario
    if (formatRef.current === 'yaml') remembered = yaml.current = { text, scenario: reading.scenario }
    if (!same(reading.scenario, present.current)) tell.current(reading.scenario)
  }, [editor])

  /** Changes the text without handing it on; cursor and undo stay. */
  const write = useCallback(
    (text: string) => {
      const model = editor.current?.getModel()
      const edit = model && minimalEdit(model.getValue(), text)
      if (!model || !edit) return
      const from = model.getPositionAt(edit.from)
      const to = model.getPositionAt(edit.to)
      quiet.current = true
      model.pushStackElement()
      model.pushEditOperations(
        editor.current?.getSelections() ?? null,
        [{ range: monaco.Range.fromPositions(from, to), text: edit.text }],
        () => null,
      )
      model.pushStackElement()
      quiet.current = false
    },
    [editor],
  )

  // the editor's first text, and what typing does
  useEffect(() => {
    const model = editor.current?.getModel()
    if (!model) return
    completeFrom(() => said.current)
    const known = remembered?.scenario.name === present.current.name ? remembered : null
    quiet.current = true
    model.setValue(converted(present.current, 'yaml', known))
    quiet.current = false
    said.current = present.current
    check()
    let timer: ReturnType<typeof setTimeout> | undefined
    const typing = model.onDidChangeContent(() => {
      if (quiet.current) return
      clearTimeout(timer)
      timer = setTimeout(check, QUIET)
    })
    return () => {
      // what was typed in the last moment counts
      if (timer !== undefined) {
        clearTimeout(timer)
        check()
      }
      typing.dispose()
    }
  }, [editor, check])

  // the canvas changed the document
  useEffect(() => {
    const model = editor.current?.getModel()
    if (!model || same(scenario, said.current)) return
    const text = follow(model.getValue(), said.current, scenario, formatRef.current)
    if (text === null) {
      setState('behind')
      return
    }
    said.current = scenario
    write(text)
    present.current = scenario
    check()
  }, [editor, scenario, write, check])

  const show = useCallback(
    (next: Format) => {
      const model = editor.current?.getModel()
      if (!model) return
      formatRef.current = next
      setFormatState(next)
      monaco.editor.setModelLanguage(model, next)
      said.current = present.current
      write(converted(present.current, next, yaml.current))
      check()
    },
    [editor, write, check],
  )

  return {
    problems,
    state,
    format,
    setFormat: show,
    takeCanvas: () => {
      write(converted(present.current, formatRef.current, null))
      said.current = present.current
      check()
    },
    reveal(problem) {
      const model = editor.current?.getModel()
      const place = model && locate(model.getValue(), problem.path)
      if (!place) return
      editor.current?.revealLineInCenter(place.line)
      editor.current?.setSelection(new monaco.Selection(place.line, place.column, place.endLine, place.endColumn))
      editor.current?.focus()
    },
  }
}

const SEVERITY: { readonly [severity in Problem['severity']]: monaco.MarkerSeverity } = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
}

function marker(problem: Problem, text: string): monaco.editor.IMarkerData {
  // a text that does not parse is told by line, everything else by its place in the document
  const spoken = /^Line (\d+)(?:, column (\d+))?/.exec(problem.message)
  const line = Number(spoken?.[1] ?? 1)
  const column = Number(spoken?.[2] ?? 1)
  const told = { line, column, endLine: line, endColumn: column + 1 }
  const place = spoken === null || problem.path !== '' ? (locate(text, problem.path) ?? told) : told
  return {
    severity: SEVERITY[problem.severity],
    message: problem.message,
    startLineNumber: place.line,
    startColumn: place.column,
    endLineNumber: place.endLine,
    endColumn: Math.max(place.endColumn, place.line === place.endLine ? place.column + 1 : 1),
  }
}
