import { Glyph } from '../../ui/glyphs'
import type { FaceProps } from '../types'

/** One row per rule, each with its own port, and what matched none at the foot. */
export function BusFace({ node, data, attachments, onWhy }: FaceProps) {
  const rules = attachments.filter((attachment) => attachment.kind.category === 'events')
  if (rules.length === 0) return null
  const hidden = data.hidden === true
  return (
    <>
      {rules.map((rule) => {
        const row = data.rows?.[rule.id]
        return (
          <div key={rule.id} className="cs-rule">
            <Glyph name="rule" size={14} />
            <div className="cs-grow">
              <div className="cs-rule-name">{rule.label}</div>
              <div className="cs-type">
                {row?.note ?? ''}
                <span className="num">{hidden ? '?' : (row?.value ?? '')}</span>
              </div>
            </div>
          </div>
        )
      })}
      <div className="cs-unmatched">
        <Glyph name="drop" size={14} />
        <div className="cs-grow">
          <b className="num">{hidden ? '?' : (data.unmatched ?? 0)}</b> matched no rule
          {!hidden && (data.unmatched ?? 0) > 0 && (
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
