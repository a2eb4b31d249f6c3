import type { ReactNode } from 'react'
import { Button } from './Button'
import type { GlyphName } from './glyphs'
import './data.css'

export interface EmptyAction {
  label: string
  onAction: () => void
  glyph?: GlyphName | undefined
  primary?: boolean | undefined
}

interface EmptyStateProps {
  /** One sentence: what will appear and what makes it appear. */
  children: ReactNode
  /** At most one, except on the empty canvas. */
  actions?:
    | readonly []
    | readonly [EmptyAction]
    | readonly [EmptyAction, EmptyAction]
    | readonly [EmptyAction, EmptyAction, EmptyAction]
}

export function EmptyState({ children, actions = [] }: EmptyStateProps) {
  return (
    <div className="ui-empty">
      <p>{children}</p>
      {actions.length > 0 && (
        <div className="ui-empty-actions">
          {actions.map((action) => (
            <Button
              key={action.label}
              variant={action.primary ? 'primary' : 'default'}
              glyph={action.glyph}
              onClick={action.onAction}
            >
              {action.label}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
