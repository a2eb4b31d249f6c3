import { cloneElement, lazy, Suspense, useEffect, useState, type KeyboardEvent, type ReactElement } from 'react'
import type { MenuEntry } from './menu-entries'

export type { MenuEntry } from './menu-entries'

export interface MenuProps {
  /** The button that opens the menu: `<Button …/>` or `<IconButton …/>`. */
  trigger: ReactElement<TriggerProps>
  /** A function is asked each time the menu opens. */
  entries: readonly MenuEntry[] | (() => readonly MenuEntry[])
  align?: 'start' | 'center' | 'end' | undefined
  disabled?: boolean | undefined
}

interface TriggerProps {
  onClick?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
  disabled?: boolean | undefined
  'aria-haspopup'?: 'menu'
  'aria-expanded'?: boolean
}

const load = () => import('./MenuPopup')
const MenuPopup = lazy(load)
/** Quiet time after the first drawing before the menus are fetched (ms), so that opening one does not wait. */
const LATER = 1_200

/** A dropdown menu. Until it is opened the first time only its button exists: positioning and keyboard handling weigh 30 kB. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => void load(), LATER)
    return () => clearTimeout(timer)
  }, [])
  const open = (): void => setWanted(true)
  const button = cloneElement(props.trigger, {
    onClick: open,
    onKeyDown: (event) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      open()
    },
    disabled: props.disabled,
    'aria-haspopup': 'menu',
    'aria-expanded': false,
  })
  if (!wanted) return button
  return (
    <Suspense fallback={button}>
      <MenuPopup {...props} />
    </Suspense>
  )
}
