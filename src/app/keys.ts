import { useEffect, type RefObject } from 'react'
import { tell, type CanvasHandle, type CanvasProps } from '../canvas'
import type { Drawing, DrawnNode } from '../drawing'
import { keyToEvent, ownsKeys } from '../player/keyboard'
import { KINDS } from '../services/kinds'
import { askAbout } from './reach'
import { openFromFile, saveToFile } from './open'
import { redoStep, undoStep } from './TopBar'
import type { Workspace } from './workspace'

interface Targets {
  canvas: RefObject<CanvasHandle | null>
  search: RefObject<HTMLInputElement | null>
  commands: Pick<CanvasProps, 'onAdd' | 'canNest'>
  drawing: () => Drawing
}

/** Keys of the bench, wherever the focus is outside text and controls that use them. */
export function useBenchKeys(workspace: Workspace, { canvas, search, commands, drawing }: Targets): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const control = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      // a dialog that was just opened takes the focus a moment later: what is typed meanwhile is not a command
      if (inText(event.target) || document.querySelector('.ui-dialog[role="dialog"]') !== null) return
      if (control && key === 'z') {
        event.preventDefault()
        if (event.shiftKey) redoStep(workspace)
        else undoStep(workspace)
      } else if (control && key === 'y') {
        event.preventDefault()
        redoStep(workspace)
      } else if (control && key === 's') {
        event.preventDefault()
        void saveToFile(workspace)
      } else if (control && key === 'o') {
        event.preventDefault()
        void openFromFile(workspace)
      } else if (!control && !event.altKey && key === '/') {
        event.preventDefault()
        workspace.ui.setState({ left: 'add' })
        requestAnimationFrame(() => search.current?.focus())
      } else if (
        !control &&
        !event.altKey &&
        !event.shiftKey &&
        key === 'r' &&
        workspace.ui.getState().selection.length > 0
      ) {
        event.preventDefault()
        void askAbout(workspace, workspace.ui.getState().selection)
      } else if (!control && !event.altKey && !event.shiftKey && place(key)) event.preventDefault()
      else if (!takesKey(event)) {
        const { player } = workspace
        const meant = keyToEvent(event, player.speed())
        if (meant === null) return
        event.preventDefault()
        player.send(meant)
      }
    }
    /** Letter keys place what their kind names: C, Q, F. */
    const place = (key: string): boolean => {
      const type = Object.entries(KINDS).find(([, kind]) => kind.key?.toLowerCase() === key)?.[0]
      if (type === undefined || !workspace.canEdit()) return false
      const [chosen] = workspace.ui.getState().selection
      const node = chosen === undefined ? undefined : drawing().nodeById.get(chosen)
      tell(commands.onAdd(type, targetOf(type, commands, node, canvas.current)))
      return true
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [workspace, canvas, search, commands, drawing])
}

/** Where what is placed without a pointer goes: into the chosen container, else to the middle of what is visible. */
export function targetOf(
  type: string,
  { canNest }: Pick<CanvasProps, 'canNest'>,
  chosen: DrawnNode | undefined,
  canvas: CanvasHandle | null,
): Parameters<CanvasProps['onAdd']>[1] {
  if (chosen?.shape !== 'container' || !canNest(type)) {
    return { point: canvas?.viewCenter() ?? { x: 0, y: 0 }, container: null }
  }
  const { x, y, w, h } = chosen.rect
  return { point: { x: x + w / 2, y: y + h / 2 }, container: chosen.id }
}

/** Keys of the transport that no control uses; Space and plain arrows are some controls' own. */
const FREE = ['.', ',', '[', ']', '\\']
/** Where a letter looks for an entry that begins with it. */
const LETTERS = '[role="combobox"], [role="listbox"], [role="tree"]'

/** Whether a key press belongs to the control it was made on, so that the transport leaves it alone. */
function takesKey({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (FREE.includes(key)) return false
  if (key.toLowerCase() === 'j') return target.closest(LETTERS) !== null
  // nodes and wires took what is theirs before
  const isDrawn = target.closest('[data-canvas]') !== null && target.closest('button, a, input') === null
  return !isDrawn && ownsKeys(target)
}

/** Fields that take letters; switches, sliders and radio buttons do not. */
const TEXT =
  'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, .monaco-editor, [role="dialog"], [role="menu"], [role="listbox"]'

function inText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest(TEXT) !== null)
}
