/** Turns a drawing into what React Flow is given. Objects stay the same while nothing about them changed. */
import type { Attachment, Drawing, DrawnEdge, DrawnNode } from '../drawing'
import { Position } from '@xyflow/react'
import { nameId, type FlowNode } from './NodeView'
import type { Marks } from './types'
import { edgeName } from './words'
import type { FlowEdge } from './Wire'

/** Layers inside the viewport: containers by depth, then wires, then nodes. */
const Z = { wire: 10, node: 20 }
const SIDES = { left: Position.Left, right: Position.Right, top: Position.Top, bottom: Position.Bottom }

interface State {
  readonly selection: ReadonlySet<string>
  /** The one tab stop. */
  readonly tabStop: string | null
  readonly readOnly: boolean
  readonly marks: Marks | undefined
}

interface Kept<Drawn, Flow> {
  readonly drawn: Drawn
  readonly key: string
  readonly attachments: readonly Attachment[] | undefined
  readonly flow: Flow
}

export class FlowCache {
  private readonly nodes = new Map<string, Kept<DrawnNode, FlowNode>>()
  private readonly edges = new Map<string, Kept<DrawnEdge, FlowEdge>>()

  toNodes(drawing: Drawing, state: State): FlowNode[] {
    const depth = new Map<string, number>()
    return drawing.nodes.map((drawn) => {
      const level = drawn.parent === null ? 0 : (depth.get(drawn.parent) ?? 0) + 1
      depth.set(drawn.id, level)
      const selected = state.selection.has(drawn.id)
      const mark = state.marks?.nodes.get(drawn.id)
      const attachments = drawing.attachments.get(drawn.id)
      const key = `${selected} ${state.tabStop === drawn.id} ${state.readOnly} ${mark ?? ''} ${level}`
      const kept = this.nodes.get(drawn.id)
      if (
        kept !== undefined &&
        kept.drawn === drawn &&
        kept.key === key &&
        sameAttachments(kept.attachments, attachments)
      )
        return kept.flow
      const flow = toNode(drawn, attachments ?? [], {
        selected,
        tabStop: state.tabStop === drawn.id,
        readOnly: state.readOnly,
        mark,
        level,
      })
      this.nodes.set(drawn.id, { drawn, key, attachments, flow })
      return flow
    })
  }

  toEdges(drawing: Drawing, state: State): FlowEdge[] {
    return drawing.edges.map((drawn) => {
      const selected = state.selection.has(drawn.id)
      const mark = state.marks?.edges.get(drawn.id)
      const key = `${selected} ${mark ?? ''} ${state.readOnly} ${edgeName(drawn, drawing)}`
      const kept = this.edges.get(drawn.id)
      if (kept !== undefined && kept.drawn === drawn && kept.key === key) return kept.flow
      const flow: FlowEdge = {
        id: drawn.id,
        type: 'wire',
        source: drawn.from,
        target: drawn.to,
        data: { drawn, mark },
        selected,
        zIndex: selected ? Z.wire + 1 : Z.wire,
        selectable: drawn.connection !== null,
        focusable: drawn.connection !== null,
        deletable: false,
        ariaRole: 'group',
        ariaLabel: edgeName(drawn, drawing),
        domAttributes: { tabIndex: -1 },
      }
      this.edges.set(drawn.id, { drawn, key, attachments: undefined, flow })
      return flow
    })
  }
}

function sameAttachments(a: readonly Attachment[] | undefined, b: readonly Attachment[] | undefined): boolean {
  if (a === b) return true
  return (
    a !== undefined &&
    b !== undefined &&
    a.length === b.length &&
    a.every((item, i) => item.id === b[i]?.id && item.label === b[i]?.label)
  )
}

function toNode(
  drawn: DrawnNode,
  attachments: readonly Attachment[],
  state: { selected: boolean; tabStop: boolean; readOnly: boolean; mark: string | undefined; level: number },
): FlowNode {
  const { w, h } = drawn.rect
  const container = drawn.shape === 'container'
  return {
    id: drawn.id,
    type: container ? 'container' : 'node',
    data: { drawn, attachments, mark: state.mark },
    position: { x: drawn.relative.x, y: drawn.relative.y },
    ...(drawn.parent === null ? {} : { parentId: drawn.parent }),
    width: w,
    height: h,
    // sizes are fixed, so React Flow need not wait to measure them
    measured: { width: w, height: h },
    // given, so that culling and wires never wait for a measurement
    handles: drawn.ports.map((port) => ({
      id: port.id,
      type: port.role === 'in' ? ('target' as const) : ('source' as const),
      position: SIDES[port.side],
      x: port.side === 'right' ? w : port.side === 'left' ? 0 : port.at,
      y: port.side === 'bottom' ? h : port.side === 'top' ? 0 : port.at,
      width: 1,
      height: 1,
    })),
    selected: state.selected,
    draggable: !state.readOnly && drawn.type !== 'zone',
    ...(container ? { dragHandle: '.cs-grab, .cs-title' } : {}),
    connectable: !state.readOnly,
    deletable: false,
    zIndex: container ? state.level : Z.node,
    ariaRole: 'group',
    domAttributes: {
      tabIndex: state.tabStop ? 0 : -1,
      'aria-labelledby': nameId(drawn.id),
      'aria-describedby': 'cs-keys',
      'aria-roledescription': container ? 'container' : 'node',
    },
  }
}
