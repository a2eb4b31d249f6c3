import { Menu as Base } from '@base-ui/react/menu'
import type { MenuProps } from './Menu'
import { MenuSurface } from './menu-entries'

/** The menu itself; `Menu` loads it when it is first wanted. It does not block the page behind it. */
export default function MenuPopup({ trigger, entries, align, disabled }: MenuProps) {
  return (
    <Base.Root modal={false} disabled={disabled} defaultOpen>
      <Base.Trigger render={trigger} />
      <MenuSurface entries={entries} align={align} />
    </Base.Root>
  )
}
