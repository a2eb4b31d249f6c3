import { useMemo } from 'react'
import { Button } from '../../../ui/Button'
import type { Documents } from '../../../state/run/logs/documents'
import { bytes, segmentDocument } from '../../../state/run/traces/document'
import type { Segment, TraceTree } from '../../../state/run/traces/segment'
import { digits } from '../../../state/run/clock'
import { copyText } from '../logs/copy'

/** The chosen segment as X-Ray would store it (OBS-9). */
export function SegmentDocument(props: { tree: TraceTree; segment: Segment; documents: Documents }) {
  const { tree, segment, documents } = props
  const document = useMemo(() => segmentDocument(tree, segment, documents), [tree, segment, documents])
  const text = JSON.stringify(document, null, 2)
  return (
    <aside className="wf-document" aria-label="Segment document">
      <p className="wf-document-head">
        <span className="dim num">{digits(bytes(document))} of 65,536 bytes</span>
        <Button size="sm" glyph="file" onClick={() => void copyText(text, 'the segment document')}>
          Copy
        </Button>
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
      <pre className="mono" tabIndex={0}>
        {text}
      </pre>
    </aside>
  )
}
