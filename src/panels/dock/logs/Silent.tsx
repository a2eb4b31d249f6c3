import type { Fix } from '../../../services/service'
import { Button } from '../../../ui/Button'
import { Glyph } from '../../../ui/glyphs'
import { digits } from '../../../state/run/clock'
import type { Words } from '../../../state/run/describe'
import type { Documents } from '../../../state/run/logs/documents'
import { allowLogs } from '../../../state/run/logs/permissions'

interface SilentProps {
  /** Invocations that left no line, by function. */
  silent: ReadonlyMap<string, number>
  documents: Documents
  words: Words
  onFix: ((fix: Fix) => void) | undefined
}

/** Functions told one by one: the lines need their room. */
const MOST = 2

/** Functions that ran and wrote nothing. */
export function Silent({ silent, ...more }: SilentProps) {
  const all = [...silent]
  return (
    <>
      {all.slice(0, MOST).map(([id, count]) => (
        <Told key={id} id={id} count={count} {...more} />
      ))}
      {all.length > MOST && (
        <p className="lg-silent">
          <Glyph name="warning" size={14} />
          <span>{digits(all.length - MOST)} more wrote nothing for the same reason.</span>
        </p>
      )}
    </>
  )
}

/** A function that ran and could not write (LAM-29, claim 5.2), with the remedy. */
function Told(props: {
  id: string
  count: number
  documents: Documents
  words: Words
  onFix: ((fix: Fix) => void) | undefined
}) {
  const { id, count, documents, words, onFix } = props
  const access = documents.code(id, Infinity)?.access
  const role = access?.role ?? null
  const fix = role === null || access?.allowed === true ? null : allowLogs(documents.scenario, role)
  return (
    <p className="lg-silent">
      <Glyph name="warning" size={14} />
      <span>
        <b>{words.name(id)}</b> wrote nothing in {digits(count)} {count === 1 ? 'invocation' : 'invocations'}:{' '}
        {role === null ? 'its execution role' : words.name(role)} may not{' '}
        {access?.missing.length ? access.missing.join(', ') : 'write logs at that time'} (LAM-29).
      </span>
      {fix !== null && onFix !== undefined && (
        <Button size="sm" onClick={() => onFix(fix)}>
          {fix.title}
        </Button>
      )}
    </p>
  )
}
