/** What can be done to a selection, shared by keys, context menu and outline. */
import type { Drawing, DrawnNode, Point } from '../drawing'
import { toast } from '../ui/toast'
import type { MenuEntry } from '../ui/menu-entries'
import { tell } from './tell'
import type { CanvasProps } from './types'

export interface Commands {
  readonly props: CanvasProps
  openConnect(id: string): void
  startRename(id: string): void
  /** Where pasted things go. */
  pasteAt(): Point
}

export function removeAll({ props }: Commands, ids: readonly string[]): void {
  if (ids.length > 0 && props.readOnly !== true) tell(props.onRemove(ids))
}

export function duplicateAll({ props }: Commands, ids: readonly string[]): void {
  if (ids.length > 0 && props.readOnly !== true) tell(props.onDuplicate(ids), true)
}

async function copyAll({ props }: Commands, ids: readonly string[]): Promise<boolean> {
  const text = props.onCopy(ids)
  if (text === null) return false
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    toast.show({
      id: 'canvas',
      title: 'This browser keeps the clipboard closed to menus.',
      body: 'Press Ctrl+C instead.',
      kind: 'warning',
    })
    return false
  }
}

async function pasteAll(commands: Commands): Promise<void> {
  const at = commands.pasteAt()
  try {
    tell(commands.props.onPaste(await navigator.clipboard.readText(), at), true)
  } catch {
    toast.show({
      id: 'canvas',
      title: 'This browser keeps the clipboard closed to menus.',
      body: 'Press Ctrl+V instead.',
      kind: 'warning',
    })
  }
}

/** Context menu of one or more nodes; `ids` is the selection when the node is part of it, else the node alone. */
export function nodeEntries(commands: Commands, node: DrawnNode, ids: readonly string[]): MenuEntry[] {
  const { props } = commands
  const readOnly = props.readOnly === true
  const single = ids.length === 1
  const isResource = node.resource !== null
  const entries: MenuEntry[] = [{ label: 'Open', shortcut: 'Enter', onSelect: () => props.onOpen(node.id) }]
  for (const more of props.moreEntries?.(node) ?? []) entries.push(more)
  if (readOnly || !isResource) return entries
  entries.push({ kind: 'separator' })
  if (single && node.ports.some((port) => port.shown))
    entries.push({ label: 'Connect to…', glyph: 'link', shortcut: 'W', onSelect: () => commands.openConnect(node.id) })
  if (single) entries.push({ label: 'Rename', shortcut: 'F2', onSelect: () => commands.startRename(node.id) })
  if (single && props.canNest(node.type)) entries.push(placeEntry(props, node))
  if (node.shape === 'node' && node.rect.h > 44) entries.push(extentEntry(props, node, ids))
  else if (node.extent === 'collapsed') entries.push(extentEntry(props, node, ids))
  entries.push(
    { kind: 'separator' },
    { label: 'Duplicate', shortcut: 'Ctrl+D', onSelect: () => duplicateAll(commands, ids) },
    { label: 'Copy', shortcut: 'Ctrl+C', onSelect: () => void copyAll(commands, ids) },
    {
      label: 'Cut',
      shortcut: 'Ctrl+X',
      onSelect: () => void copyAll(commands, ids).then((copied) => copied && removeAll(commands, ids)),
    },
    { kind: 'separator' },
    {
      label: single ? `Delete ${node.label}` : `Delete ${ids.length} nodes`,
      shortcut: 'Del',
      danger: true,
      onSelect: () => removeAll(commands, ids),
    },
  )
  return entries
}

export function edgeEntries(commands: Commands, id: string): MenuEntry[] {
  const { props } = commands
  const edge = props.drawing.edgeById.get(id)
  if (edge === undefined) return []
  const name = (node: string): string => props.drawing.nodeById.get(node)?.label ?? node
  const entries: MenuEntry[] = [
    { label: 'Open', shortcut: 'Enter', onSelect: () => props.onOpen(id) },
    { label: `Go to ${name(edge.from)}`, onSelect: () => props.onSelect([edge.from]) },
    { label: `Go to ${name(edge.to)}`, onSelect: () => props.onSelect([edge.to]) },
  ]
  if (props.readOnly !== true)
    entries.push(
      { kind: 'separator' },
      { label: 'Delete wire', shortcut: 'Del', danger: true, onSelect: () => removeAll(commands, [id]) },
    )
  return entries
}

export function paneEntries(commands: Commands, fit: () => void): MenuEntry[] {
  const { props } = commands
  const all = props.drawing.nodes.map((node) => node.id)
  const entries: MenuEntry[] = [
    { label: 'Select all', shortcut: 'Ctrl+A', onSelect: () => props.onSelect(all) },
    { label: 'Fit the drawing', shortcut: '0', onSelect: fit },
  ]
  if (props.readOnly !== true)
    entries.unshift({ label: 'Paste', shortcut: 'Ctrl+V', onSelect: () => void pasteAll(commands) })
  return entries
}

/** The keyboard's way to drop a node into a container. */
function placeEntry(props: CanvasProps, node: DrawnNode): MenuEntry {
  const places: MenuEntry[] = containersFor(props.drawing, node).map((container) => {
    const preview = props.previewDrop({ ids: [node.id] }, container.id)
    const refused = 'refused' in preview
    return {
      label: container.label,
      glyph: 'vpc',
      disabled: refused,
      note: refused ? preview.refused : undefined,
      onSelect: () => tell(props.onMove({ to: new Map([[node.id, insideOf(container)]]), into: container.id })),
    }
  })
  if (node.parent !== null) {
    const at = props.drawing.nodeById.get(node.parent)?.rect
    places.push({
      label: 'Outside all',
      onSelect: () =>
        tell(
          props.onMove({ to: new Map([[node.id, { x: (at?.x ?? 0) - node.rect.w - 40, y: at?.y ?? 0 }]]), into: null }),
        ),
    })
  }
  return { kind: 'submenu', label: 'Place in', disabled: places.length === 0, entries: places }
}

function containersFor(drawing: Drawing, node: DrawnNode): DrawnNode[] {
  return drawing.nodes.filter(
    (other) => other.shape === 'container' && other.id !== node.id && other.id !== node.parent,
  )
}

function insideOf(container: DrawnNode): Point {
  return { x: container.rect.x + 20, y: container.rect.y + 40 }
}

function extentEntry(props: CanvasProps, node: DrawnNode, ids: readonly string[]): MenuEntry {
  return {
    kind: 'choice',
    label: 'Show',
    value: node.extent,
    options: [
      { value: 'collapsed', label: 'Name only' },
      { value: 'normal', label: 'Face' },
      ...(node.kind.size !== undefined && node.kind.size.w > 148 ? [{ value: 'wide', label: 'Face, wide' }] : []),
    ],
    onChange: (value) => {
      if (value === 'collapsed' || value === 'normal' || value === 'wide') tell(props.onExtent(ids, value), true)
    },
  }
}
