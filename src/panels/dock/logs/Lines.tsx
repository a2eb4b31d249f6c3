import { useMemo, useState } from 'react'
import { EmptyState } from '../../../ui/EmptyState'
import { Glyph } from '../../../ui/glyphs'
import { IconButton } from '../../../ui/IconButton'
import { usePlayheadTime } from '../../../player/usePlayer'
import type { Player } from '../../../player/player'
import { clock } from '../../../state/run/clock'
import type { Words } from '../../../state/run/describe'
import { LineKind } from '../../../state/run/logs/lineKind'
import type { LineWriter } from '../../../state/run/logs/lines'
import { LogView, type LogFilter } from '../../../state/run/logs/logView'
import { copyText } from './copy'
import { useScan } from './useScan'
import { VirtualRows } from './VirtualRows'

interface LinesProps {
  writer: LineWriter
  filter: LogFilter
  player: Player
  words: Words
  /** Why there is nothing, when the filter is not to blame. */
  empty: string
  onJump: (position: number) => void
  onWhy: (row: number) => void
}

/** Log lines, oldest first, the newest at the playhead in view. */
export function Lines({ writer, filter, player, words, empty, onJump, onWhy }: LinesProps) {
  const view = useMemo(() => new LogView(writer, filter), [writer, filter])
  useScan(view, writer.index.length)
  const t = usePlayheadTime(player)
  const [chosen, setChosen] = useState(-1)
  const count = view.lines.length
  const reached = view.reached(t + 0.5)
  const active = Math.min(chosen, count - 1)
  const choose = (place: number): void => {
    setChosen(place)
    onJump(view.lines.at(place))
  }
  if (count === 0)
    return (
      <EmptyState>
        {writer.index.length === 0 ? empty : 'No line matches. Choose another stream or clear the search.'}
      </EmptyState>
    )
  return (
    <>
      <VirtualRows
        label="Log lines"
        className="lg-lines"
        count={count}
        reached={reached}
        active={active}
        onActive={setChosen}
        onChoose={choose}
        onWhy={(place) => onWhy(writer.line(view.lines.at(place)).row)}
        data={(place) => ({
          'data-now': place === reached || undefined,
          'data-future': place > reached || undefined,
          'data-kind': kindOf(writer, view.lines.at(place)),
        })}
        render={(place) => {
          const line = writer.line(view.lines.at(place))
          const failed = kindOf(writer, line.position) === 'error'
          const entity = writer.index.source.names.entities[line.entity]
          // environments of a version count for themselves: `v1 e1` and `v2 e1`
          const tag = entity && words.ownerOf?.(entity.owner)?.tag
          const label = tag === undefined ? (entity?.label ?? '') : `${tag} ${entity!.label}`
          return (
            <>
              <span role="gridcell" className="mono lg-time">
                {clock(line.at)}
              </span>
              <span role="gridcell" className="lg-mark">
                {failed && <Glyph name="error" size={14} label="error" />}
              </span>
              <span role="gridcell" className="lg-from" title={writer.stream(line.position)}>
                {words.name(writer.code(line.position)?.id ?? line.resource)} {label}
              </span>
              <span role="gridcell" className="mono lg-message">
                {spaced(line.message)}
              </span>
              <span role="gridcell">
                <button
                  type="button"
                  className="vr-why"
                  tabIndex={-1}
                  onClick={(event) => {
                    event.stopPropagation()
                    onWhy(line.row)
                  }}
                >
                  Why?
                </button>
              </span>
            </>
          )
        }}
      />
      {active >= 0 && <Whole writer={writer} position={view.lines.at(active)} onClose={() => setChosen(-1)} />}
    </>
  )
}

/** Fields of a line stand two spaces apart; a tab stop may leave them less. */
const spaced = (message: string): string => message.replaceAll('\t', '  ')

/** The chosen line in full, with the stream it stands in. */
function Whole({ writer, position, onClose }: { writer: LineWriter; position: number; onClose: () => void }) {
  const message = writer.message(position)
  return (
    <div className="lg-whole" role="group" aria-label="Chosen line">
      <div>
        <p className="mono lg-message">{spaced(message)}</p>
        <p className="dim mono">
          {writer.group(position)} {writer.stream(position)}
        </p>
      </div>
      <IconButton glyph="file" size="sm" label="Copy the line" onClick={() => void copyText(message, 'the line')} />
      <IconButton glyph="close" size="sm" label="Close the line" onClick={onClose} />
    </div>
  )
}

function kindOf(writer: LineWriter, position: number): 'error' | 'service' | undefined {
  const kind = writer.index.kind.at(position)
  if (kind === LineKind.error) return 'error'
  if (kind === LineKind.report && writer.report(position)?.status !== null) return 'error'
  return kind === LineKind.text ? undefined : 'service'
}
