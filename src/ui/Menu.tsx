import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import { MenuSurface, type MenuEntry } from './menu-entries'

export type { MenuEntry } from './menu-entries'

interface MenuProps {
  /** The button that opens the menu: `<Button …/>` or `<IconButton …/>`. */
  trigger: ReactElement
  /** A function is asked each time the menu opens. */
  entries: readonly MenuEntry[] | (() => readonly MenuEntry[])
  align?: 'start' | 'center' | 'end' | undefined
  disabled?: boolean | undefined
}

/** A dropdown menu. It does not block the page behind it. */
export function Menu({ trigger, entries, align, disabled }: MenuProps) {
  return (
    <Base.Root modal={false} disabled={disabled}>
      <Base.Trigger render={trigger} />
      <LazySurface entries={entries} align={align} />
    </Base.Root>
  )
}

function LazySurface({ entries, align }: Pick<MenuProps, 'entries' | 'align'>) {
  return <MenuSurface entries={typeof entries === 'function' ? entries() : entries} align={align} />
}
