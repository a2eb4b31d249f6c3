import { ContextMenu as Base } from '@base-ui/react/context-menu'
import { Menu as BaseMenu } from '@base-ui/react/menu'
import { useMemo, useState, type ReactElement } from 'react'
import { MenuEntries, MenuSurface, type MenuEntry } from './menu-entries'

export type { MenuEntry } from './menu-entries'

interface ContextMenuProps {
  /** A function is asked each time the menu opens. */
  entries: readonly MenuEntry[] | (() => readonly MenuEntry[])
  /** The one element whose right click, long press, Shift+F10 or menu key opens the menu. */
  children: ReactElement
}

export function ContextMenu({ entries, children }: ContextMenuProps) {
  const [shown, setShown] = useState<readonly MenuEntry[]>([])
  return (
    <Base.Root
      onOpenChange={(open) => {
        if (open) setShown(typeof entries === 'function' ? entries() : entries)
      }}
    >
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="ui-positioner" collisionPadding={8}>
          <Base.Popup className="ui-popup">
            <MenuEntries entries={shown} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface ContextMenuAtProps {
  /** Viewport px where the menu opens; null keeps it closed. */
  at: { x: number; y: number } | null
  entries: readonly MenuEntry[]
  onClose: () => void
}

/** A context menu opened from code, for surfaces that handle their own events (the canvas). Focus returns to where it was. */
export function ContextMenuAt({ at, entries, onClose }: ContextMenuAtProps) {
  const x = at?.x ?? 0
  const y = at?.y ?? 0
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }), [x, y])
  return (
    <BaseMenu.Root modal={false} open={at !== null} onOpenChange={(open) => !open && onClose()}>
      <MenuSurface entries={entries} anchor={anchor} />
    </BaseMenu.Root>
  )
}
