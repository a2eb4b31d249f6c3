import { useState } from 'react'
import { digits } from '../../../state/run/clock'
import { folded, type Line } from './compare'

/** Lines that are made; the rest is copied, not read. */
const MOST_LINES = 2_000
const WORDS = { '+': 'added', '-': 'removed', '~': 'changed', ' ': undefined } as const

interface JsonLinesProps {
  label: string
  lines: readonly Line[]
}

/** JSON line by line: a sign before each line that is not as it was, runs of others folded between them. */
export function JsonLines({ label, lines }: JsonLinesProps) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const shown = lines.slice(0, MOST_LINES)
  const marked = lines.some(({ sign }) => sign !== ' ')
  const stretches = marked ? folded(shown) : [{ lines: shown, folded: false }]
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
    <div className="ct-json mono" tabIndex={0} role="region" aria-label={label}>
      {stretches.map((stretch, s) =>
        stretch.folded && !open.has(s) ? (
          <button key={s} type="button" className="ct-fold" onClick={() => setOpen(new Set([...open, s]))}>
            {digits(stretch.lines.length)} lines unchanged
          </button>
        ) : (
          stretch.lines.map((line, i) => <Row key={`${s}/${i}`} line={line} />)
        ),
      )}
      {lines.length > shown.length && (
        <p className="ct-more">{digits(lines.length - shown.length)} more lines. Copy takes them all.</p>
      )}
    </div>
  )
}

function Row({ line: { sign, depth, text, was } }: { line: Line }) {
  return (
    <div className="ct-line" data-sign={sign === ' ' ? undefined : WORDS[sign]}>
      <span className="ct-sign" role={sign === ' ' ? undefined : 'img'} aria-label={WORDS[sign]}>
        {sign}
      </span>
      <span className="ct-text" style={{ paddingInlineStart: `${depth * 2}ch` }}>
        {text}
        {was !== undefined && <span className="ct-was"> was {was}</span>}
      </span>
    </div>
  )
}
