import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'
import { Glyph, type GlyphName } from './glyphs'
import './data.css'

export type BadgeKind = 'dead' | 'throttled' | 'error' | 'retry' | 'warn'

/** The order in which at most two badges stand on a node. */
export const BADGE_ORDER: readonly BadgeKind[] = ['dead', 'error', 'throttled', 'retry', 'warn']

const GLYPH: Record<BadgeKind, GlyphName> = {
  dead: 'dead-letter',
  throttled: 'throttle',
  error: 'error',
  retry: 'retry',
  warn: 'warning',
}

interface BadgeProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  kind: BadgeKind
  /** What is printed: `3`, `2 of 3`. */
  children: ReactNode
  /** The whole sentence: `3 messages dead-lettered. Why?` */
  label: string
}

/** A count that opens its reason. It looks 20 px high; the button is 24. */
export function Badge({ kind, children, label, className, ...rest }: BadgeProps) {
  return (
    <button {...rest} type="button" aria-label={label} className={cx('ui-badge', className)}>
      <span data-kind={kind} className="num">
        <Glyph name={GLYPH[kind]} size={12} />
        {children}
      </span>
    </button>
  )
}
