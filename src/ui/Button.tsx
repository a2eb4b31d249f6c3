import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'
import { Glyph, type GlyphName } from './glyphs'
import './controls.css'

export type ButtonVariant = 'default' | 'primary' | 'quiet' | 'danger' | 'play'
export type ButtonSize = 'sm' | 'md' | 'lg'

interface ButtonLook {
  /** At most one `primary` per panel; `play` is the only cobalt button and belongs to the transport. */
  variant?: ButtonVariant | undefined
  /** sm 24 px, md 28 px, lg 36 px high; touch density raises all of them to 44. */
  size?: ButtonSize | undefined
  glyph?: GlyphName | undefined
  glyphEnd?: GlyphName | undefined
}

type NamedButton = { children: ReactNode; 'aria-label'?: string | undefined }
type IconOnlyButton = { children?: undefined; glyph: GlyphName; 'aria-label': string }

export type ButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> &
  ButtonLook &
  (NamedButton | IconOnlyButton)

/** A button that acts. Without children it is a square glyph and must carry an `aria-label`; prefer `IconButton`, which adds a tooltip. */
export function Button({
  variant = 'default',
  size = 'md',
  glyph,
  glyphEnd,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  const iconOnly = children === undefined || children === null
  return (
    <button
      {...rest}
      type={type}
      className={cx('ui-btn', className)}
      data-variant={variant}
      data-size={size}
      data-icon={iconOnly || undefined}
    >
      {glyph && <Glyph name={glyph} size={iconOnly ? 16 : 14} />}
      {children}
      {glyphEnd && <Glyph name={glyphEnd} size={12} />}
    </button>
  )
}
