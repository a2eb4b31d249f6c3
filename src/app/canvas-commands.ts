/** What gestures on canvas and outline mean for the document. */
import type { CanvasProps, Dragged, DrawingCommands, Told } from '../canvas'
import type { Scenario } from '../model/scenario'
import {
  addResource,
  canConnect,
  connect,
  copy,
  disconnect,
  drawing as draw,
  duplicate,
  isRefusal,
  move,
  moveInto,
  paste,
  PLAIN_NETWORK_VIEW,
  remove,
  rename,
  resize,
  roomFor,
  setExtent,
  type Drawing,
  type EditResult,
} from '../drawing'
import { gateNow } from './gate'
import { REGISTRY } from './registry'
import type { Workspace } from './workspace'

export function canvasCommands(workspace: Workspace, drawing: () => Drawing): DrawingCommands {
  const { scenario } = workspace
  /** Applies an edit: one undo step, what it made is selected, what it said is told. */
  const apply = (label: string, result: EditResult, options: { key?: string; select?: boolean } = {}): Told => {
    if (isRefusal(result)) return result
    workspace.edit(label, result.scenario, options.key)
    if (options.select === true) workspace.ui.setState({ selection: result.ids, row: null, entity: null })
    return { said: result.said }
  }
  return {
    onAdd: (type, { point, container }) =>
      apply(
        `Add ${REGISTRY.kinds[type]?.label ?? type}`,
        addResource(scenario(), drawing(), REGISTRY, type, { point, container }),
        {
          select: true,
        },
      ),
    onMove({ to, into }) {
      const moved = move(scenario(), drawing(), to)
      if (into === undefined) return apply('Move', moved, { key: `move ${[...to.keys()].join(' ')}` })
      const placed = moveInto(moved.scenario, drawing(), REGISTRY, [...to.keys()], into)
      return apply('Move', placed)
    },
    onResize: (id, rect) => apply('Resize', resize(scenario(), drawing(), id, rect), { key: `resize ${id}` }),
    onExtent: (ids, extent) => apply('Change face', setExtent(scenario(), drawing(), ids, extent)),
    canConnect: (from, to, port) => canConnect(scenario(), REGISTRY, from, to, port),
    onConnect: (from, to, port) => apply('Connect', spaced(scenario(), connect(scenario(), REGISTRY, from, to, port))),
    onRemove(ids) {
      const edges = ids.flatMap((id) => drawing().edgeById.get(id)?.connection ?? [])
      const nodes = ids.flatMap((id) => drawing().nodeById.get(id)?.resource ?? [])
      const said: string[] = []
      let next = scenario()
      for (const connection of edges) {
        const result = disconnect(next, REGISTRY, connection)
        if (isRefusal(result)) return result
        next = result.scenario
        said.push(result.said)
      }
      if (nodes.length > 0) {
        const gate = gateNow()
        if (gate === null) return { refused: 'The checks are not loaded yet. Try again.' }
        const result = remove(next, nodes, gate.removeResources)
        if (isRefusal(result)) return result
        next = result.scenario
        said.push(result.said)
      }
      if (said.length === 0)
        return { refused: 'Zones and interfaces go with the subnets and functions that make them.' }
      return apply('Delete', { scenario: next, said: said.join(' '), ids: [] }, { select: true })
    },
    onRename: (id, label) => apply('Rename', rename(scenario(), drawing().nodeById.get(id)?.resource ?? id, label)),
    onDuplicate: (ids) => apply('Duplicate', duplicate(scenario(), drawing(), REGISTRY, ids), { select: true }),
    onCopy: (ids) => copy(scenario(), drawing(), REGISTRY, ids),
    onPaste: (text, at) => apply('Paste', paste(scenario(), text, at), { select: true }),
    previewDrop: (dragged, container) => preview(workspace, drawing(), dragged, container),
    canNest: (type) => {
      const kind = REGISTRY.kinds[type]
      return kind !== undefined && (kind.moveInto !== undefined || kind.container !== undefined)
    },
  }
}

/** A wire may make a row of a bus or topic: what the row would cover moves down. */
function spaced(before: Scenario, result: EditResult): EditResult {
  if (isRefusal(result)) return result
  const after = draw(result.scenario, REGISTRY, PLAIN_NETWORK_VIEW)
  const room = roomFor(draw(before, REGISTRY, PLAIN_NETWORK_VIEW), after)
  return room.size === 0 ? result : { ...result, scenario: move(result.scenario, after, room).scenario }
}

function preview(
  workspace: Workspace,
  drawing: Drawing,
  dragged: Dragged,
  container: string | null,
): ReturnType<CanvasProps['previewDrop']> {
  const result =
    'type' in dragged
      ? addResource(workspace.scenario(), drawing, REGISTRY, dragged.type, { point: { x: 0, y: 0 }, container })
      : moveInto(workspace.scenario(), drawing, REGISTRY, dragged.ids, container)
  return isRefusal(result) ? result : { says: result.said }
}
