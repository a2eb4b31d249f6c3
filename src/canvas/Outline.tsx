import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import type { Drawing, DrawnNode } from '../drawing'
import type { MenuEntry } from '../ui/menu-entries'
import { Tree, type TreeItem } from '../ui/Tree'
import { Overlays } from './overlays'
import { edgeEntries, nodeEntries, removeAll, type Commands } from './commands'
import { glyphName } from './glyph-name'
import { RenameField } from './RenameField'
import { tell } from './tell'
import type { CanvasProps, FaceSource } from './types'
import { alertOf, edgeName } from './words'

/** The drawing as a tree: the same selection and commands as the canvas, for those who do not see or point. */
export function Outline(props: CanvasProps) {
  const { drawing, selection } = props
  const [renaming, setRenaming] = useState<string | null>(null)
  const [connectFrom, setConnectFrom] = useState<string | null>(null)
  const [menu, setMenu] = useState<{ at: { x: number; y: number }; entries: readonly MenuEntry[] } | null>(null)
  const rename = (id: string, text: string | null): void => {
    setRenaming(null)
    if (text !== null) tell(props.onRename(id, text), true)
  }
  const { faces } = props
  const items = useMemo(() => outlineOf(drawing, faces), [drawing, faces])
  const shown = renaming === null ? items : withField(items, renaming, (text) => rename(renaming, text))
  const commands: Commands = {
    props,
    openConnect: setConnectFrom,
    startRename: setRenaming,
    pasteAt: () => ({ x: drawing.bounds.x + drawing.bounds.w / 2, y: drawing.bounds.y + drawing.bounds.h + 60 }),
  }
  const chosenWith = (id: string): readonly string[] => (selection.has(id) ? [...selection] : [id])
  const isEditable = (id: string): boolean => props.readOnly !== true && drawing.nodeById.get(id)?.resource !== null
  return (
    <>
      <Tree
        label="Outline of the drawing"
        items={shown}
        selected={selection}
        onSelect={(id, { toggle, extend }) => {
          const next = new Set(toggle || extend ? selection : [])
          if (toggle && next.has(id)) next.delete(id)
          else next.add(id)
          props.onSelect([...next])
        }}
        onActivate={props.onOpen}
        onRename={(id) => drawing.nodeById.has(id) && isEditable(id) && setRenaming(id)}
        onDelete={(id) => removeAll(commands, chosenWith(id))}
        onContextMenu={(id, at) => {
          const node = drawing.nodeById.get(id)
          setMenu({
            at,
            entries: node === undefined ? edgeEntries(commands, id) : nodeEntries(commands, node, chosenWith(id)),
          })
        }}
      />
      <Overlays
        menu={menu}
        onMenuClose={() => setMenu(null)}
        connectFrom={connectFrom}
        onConnectClose={() => setConnectFrom(null)}
        drawing={drawing}
        canConnect={props.canConnect}
        onConnect={props.onConnect}
      />
    </>
  )
}

/** Nodes nested as drawn; under each the wires that leave it. */
function outlineOf(drawing: Drawing, faces: FaceSource): TreeItem[] {
  const childrenOf = new Map<string | null, DrawnNode[]>()
  for (const node of drawing.nodes) childrenOf.set(node.parent, [...(childrenOf.get(node.parent) ?? []), node])
  const build = (node: DrawnNode): TreeItem => {
    const wires: TreeItem[] = drawing.edges
      .filter((edge) => edge.from === node.id && edge.connection !== null)
      .map((edge) => ({
        id: edge.id,
        text: edgeName(edge, drawing),
        label: `to ${drawing.nodeById.get(edge.to)?.label ?? edge.to}`,
        note: edge.label || undefined,
        glyph: 'link',
      }))
    const nested = (childrenOf.get(node.id) ?? []).map(build)
    const children = [...nested, ...wires]
    return {
      id: node.id,
      text: node.label,
      note: <Note id={node.id} usual={node.kind.label === node.label ? '' : node.kind.label} faces={faces} />,
      glyph: glyphName(node.glyph),
      ...(children.length > 0 ? { children } : {}),
    }
  }
  return (childrenOf.get(null) ?? []).map(build)
}

/** What a node is, or what it should be noticed for. */
function Note({ id, usual, faces }: { id: string; usual: string; faces: FaceSource }) {
  const data = useSyncExternalStore(
    useCallback((listener: () => void) => faces.subscribe(id, listener), [faces, id]),
    () => faces.get(id),
  )
  const alert = alertOf(data)
  return alert === undefined ? usual : <b>{alert}</b>
}

function withField(items: readonly TreeItem[], id: string, onDone: (text: string | null) => void): TreeItem[] {
  return items.map((item) => ({
    ...item,
    ...(item.id === id ? { label: <RenameField value={item.text} onDone={onDone} /> } : {}),
    ...(item.children === undefined ? {} : { children: withField(item.children, id, onDone) }),
  }))
}
