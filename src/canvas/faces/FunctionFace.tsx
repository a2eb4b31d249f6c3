import type { CSSProperties } from 'react'
import { Glyph } from '../../ui/glyphs'
import { glyphName } from '../glyph-name'
import type { FaceProps } from '../types'
import { Facts } from './Facts'
import { Releases } from './Releases'
import { Slots } from './Slots'

const shareOf = ({ used, of }: { used: number; of: number }): number => (of > 0 ? Math.min(1, used / of) : 1)

/** What a quota counts (LAM-41, LAM-42). */
const POOL_TITLE = {
  pool: 'Environments at work of all functions without reserved concurrency, of what the account leaves them',
  reserved: 'Environments at work, of its ReservedConcurrentExecutions',
}

/** Slots, facts and what is attached: the face of a function, and of anything as tall. */
export function FunctionFace({ node, data, attachments, onWhy }: FaceProps) {
  const shown = attachments.filter(
    (attachment) => attachment.kind.category === 'access' || attachment.kind.category === 'network',
  )
  return (
    <>
      <div className="cs-body cs-slotarea">
        <Slots
          slots={data.slots ?? []}
          wide={node.extent === 'wide'}
          hidden={data.hidden === true}
          onChoose={(slot) => onWhy({ kind: 'slot', node: node.id, slot })}
        />
        {(data.slots ?? []).length === 0 && data.hidden !== true && (
          <p className="cs-quiet">{data.quiet ?? 'No environment yet. The first call makes one.'}</p>
        )}
      </div>
      <div className="cs-body">
        <Facts facts={data.facts ?? []} hidden={data.hidden === true} />
        <div className="cs-attached">
          {shown.slice(0, 2).map((attachment) => (
            <span key={attachment.id}>
              <Glyph name={glyphName(attachment.kind.glyph)} size={14} />
              <span className="truncate">{attachment.label}</span>
            </span>
          ))}
          {shown.length > 2 && <span>+{shown.length - 2}</span>}
          {data.quota && data.hidden !== true && (
            <span
              className="cs-quota num"
              title={POOL_TITLE[data.quota.words.startsWith('pool') ? 'pool' : 'reserved']}
              data-full={data.quota.used >= data.quota.of || undefined}
            >
              <i style={{ '--v': shareOf(data.quota) } as CSSProperties} />
              {data.quota.words}
            </span>
          )}
        </div>
      </div>
      <Releases fn={node.id} attachments={attachments} data={data} />
    </>
  )
}
