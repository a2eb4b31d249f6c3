/** Puts the keyboard on a property of the resource the inspector is about to show, opening the tab or part it is in. */
import { pointer } from './patches'

/** Frames to wait for a panel that is still loading. */
const PATIENCE = 120

const CONTROL = 'input:not([type="hidden"]), textarea, [role="combobox"], [role="switch"], button:not(.insp-about)'

/** `property` null: the resource as a whole. */
export function goToField(resource: string, property: string | null): void {
  const path = pointer(['resources', resource, 'Properties', property ?? ''])
  const name = property === 'VpcConfig' ? 'Network' : 'Setup'
  let left = PATIENCE
  const look = (): void => {
    const panel = document.querySelector('.insp')
    const tab = [...(panel?.querySelectorAll<HTMLElement>('[role="tab"]') ?? [])].find(
      (each) => each.textContent === name,
    )
    const row = panel?.querySelector(`[data-field="${CSS.escape(path)}"]`)
    if (row != null) {
      row.scrollIntoView({ block: 'nearest' })
      row.querySelector<HTMLElement>(CONTROL)?.focus()
    } else if (left-- === 0 || (property === null && tab !== undefined)) tab?.focus()
    else {
      if (tab?.getAttribute('aria-selected') === 'false') tab.click()
      else if (left < PATIENCE / 2) panel?.querySelector<HTMLElement>('.ui-disclosure[aria-expanded="false"]')?.click()
      requestAnimationFrame(look)
    }
  }
  // the selection is drawn first
  requestAnimationFrame(() => requestAnimationFrame(look))
}
