import { Button, type ButtonProps } from './Button'
import type { GlyphName } from './glyphs'
import { Tooltip } from './Tooltip'

export type IconButtonProps = Omit<ButtonProps, 'children' | 'aria-label' | 'glyph'> & {
  glyph: GlyphName
  /** Accessible name and tooltip text. */
  label: string
  /** Key shown in the tooltip, for example `Space`. */
  shortcut?: string | undefined
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right' | undefined
}

export function IconButton({ label, shortcut, tooltipSide, variant = 'quiet', ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut} side={tooltipSide}>
      <Button {...rest} variant={variant} aria-label={label} />
    </Tooltip>
  )
}
