import { Glyph } from '../../ui/glyphs'
import { glyphName } from '../glyph-name'
import type { FaceProps, RowData } from '../types'

/** Each rule or subscription is a gate in its row, with its own port; what nobody wanted stands at the foot. */
export function BusFace({ node, data, attachments, onWhy }: FaceProps) {
  const rows = attachments.filter((attachment) => attachment.kind.category === 'events')
  if (rows.length === 0) return null
  const hidden = data.hidden === true
  const unmatched = data.unmatched ?? 0
  const rules = node.type === 'AWS::Events::EventBus'
  return (
    <>
      {rows.map(({ id, label, row }) => {
        const now: RowData = (hidden ? undefined : data.rows?.[id]) ?? {}
        return (
          <div key={id} className="cs-rule" data-off={row?.off} data-gate={row?.off ? undefined : (now.gate ?? 'rest')}>
            <Glyph name={row?.glyph === undefined ? 'rule' : glyphName(row.glyph)} size={14} />
            <div className="cs-grow">
              <div className="cs-rule-name">
                <span className="truncate">{label}</span>
                <b className="num">{hidden ? '?' : now.value}</b>
              </div>
              <div className="cs-type">
                <span className="truncate" title={row?.line}>
                  {row?.off ? `disabled, ${row.line}` : (now.line ?? row?.line)}
                </span>
              </div>
            </div>
            <i className="cs-gate" />
          </div>
        )
      })}
      <div className="cs-unmatched">
        <Glyph name="drop" size={14} />
        <div className="cs-grow">
          <b className="num">{hidden ? '?' : unmatched}</b> {rules ? 'matched no rule' : 'wanted by no one'}
          {!hidden && unmatched > 0 && rules && (
            <button
              type="button"
              className="cs-link nodrag"
              tabIndex={-1}
              onClick={() => onWhy({ kind: 'unmatched', node: node.id })}
            >
              Which field missed?
            </button>
          )}
        </div>
      </div>
    </>
  )
}
