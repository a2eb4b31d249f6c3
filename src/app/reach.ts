/** Questions about reachability, from wherever they are asked. */
import type { PropertyAt } from '../panels/dock/reach/property'
import { goToField } from '../panels/inspector/go-to-field'
import type { Query } from '../network'
import type { Workspace } from './workspace'

/** Opens the tab with a question. `walk`: and puts the packet at the first gate. */
export function ask({ ui }: Workspace, query: Query | null, walk = false): void {
  ui.setState({ dock: 'reach', hop: walk ? 0 : null, ...(query === null ? {} : { query }) })
}

/** A question about one or two of the drawing, whichever way round makes sense; the tab says what cannot be asked. */
export async function askAbout(workspace: Workspace, ids: readonly string[]): Promise<void> {
  const { networkOf, questionAbout } = await import('../panels/dock/reach/question')
  ask(workspace, questionAbout(networkOf(workspace.scenario()), ids))
  focusVerdict(PATIENCE)
}

/** Frames to wait for a tab that is still loading. */
const PATIENCE = 120

/** The question came from elsewhere: its answer gets the keyboard. */
function focusVerdict(frames: number): void {
  requestAnimationFrame(() => {
    const walk = document.querySelector<HTMLElement>('.rc-verdict .ui-btn')
    if (walk !== null) walk.focus()
    else if (frames > 0) focusVerdict(frames - 1)
  })
}

/** The inspector at a property. */
export function openProperty({ ui }: Workspace, { resource, property }: PropertyAt): void {
  ui.setState({ selection: [resource], row: null, entity: null })
  goToField(resource, property)
}
