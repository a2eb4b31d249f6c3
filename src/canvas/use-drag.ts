import { useReactFlow, type NodeChange } from '@xyflow/react'
import { useCallback, useMemo, useRef, useState, type DragEvent } from 'react'
import { containerAt, withMoved, type DrawnNode, type Point } from '../drawing'
import type { DropTarget } from './canvas-context'
import { draggedType, DRAG_MIME, endTypeDrag } from './drag-type'
import type { FlowNode } from './NodeView'
import { tell } from './tell'
import type { CanvasProps, Dragged } from './types'

/**
 * Dragging nodes and dropping new ones. The document changes once, at the end; until then the drawing is shifted here, so that
 * wires and tokens follow.
 */
export function useDrag(props: CanvasProps) {
  const { drawing } = props
  const flow = useReactFlow()
  const [places, setPlaces] = useState<ReadonlyMap<string, Point> | null>(null)
  const [drop, setDrop] = useState<DropTarget | null>(null)
  const target = useRef<{ key: string; container: string | null; changes: boolean }>({
    key: '',
    container: null,
    changes: false,
  })
  const shown = useMemo(() => (places === null ? drawing : withMoved(drawing, places)), [drawing, places])

  const aim = useCallback(
    (dragged: Dragged, point: Point, except: ReadonlySet<string>, home: string | null | undefined) => {
      const container = containerAt(drawing, point, except)?.id ?? null
      const changes = container !== home
      const key = `${container} ${changes}`
      if (target.current.key === key) return
      target.current = { key, container, changes }
      if (!changes || (container === null && 'type' in dragged)) return setDrop(null)
      const preview = props.previewDrop(dragged, container)
      setDrop(
        'refused' in preview
          ? { container, text: preview.refused, refused: true }
          : { container, text: preview.says, refused: false },
      )
    },
    [drawing, props],
  )

  const settle = useCallback(() => {
    target.current = { key: '', container: null, changes: false }
    setDrop(null)
    setPlaces(null)
  }, [])

  /** Positions React Flow reports while a drag goes on; they are relative to the parent. */
  const onPositions = useCallback(
    (changes: readonly NodeChange<FlowNode>[]) => {
      let next: Map<string, Point> | null = null
      for (const change of changes) {
        if (change.type !== 'position' || change.position === undefined || change.dragging !== true) continue
        const node = drawing.nodeById.get(change.id)
        if (node === undefined) continue
        next ??= new Map()
        next.set(change.id, absolute(change.position, node))
      }
      const moved = next
      if (moved !== null) setPlaces((before) => new Map([...(before ?? []), ...moved]))
    },
    [drawing],
  )

  const onNodeDrag = useCallback(
    (event: MouseEvent | TouchEvent, _node: FlowNode, nodes: FlowNode[]) => {
      const moved = nodes.flatMap((node) => drawing.nodeById.get(node.id) ?? [])
      const nestable = moved.filter(
        (node) => node.resource !== null && node.shape !== 'gate' && props.canNest(node.type),
      )
      const first = nestable[0]
      const pointer = 'touches' in event ? event.touches[0] : event
      if (first === undefined || pointer === undefined) return
      const point = flow.screenToFlowPosition({ x: pointer.clientX, y: pointer.clientY }, { snapToGrid: false })
      aim({ ids: nestable.map((node) => node.id) }, point, new Set(moved.map((node) => node.id)), first.parent)
    },
    [aim, drawing, flow, props],
  )

  const onNodeDragStop = useCallback(() => {
    const { container, changes } = target.current
    if (places !== null && places.size > 0) tell(props.onMove({ to: places, ...(changes ? { into: container } : {}) }))
    settle()
  }, [places, props, settle])

  const pointOf = (event: DragEvent): Point =>
    flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false })

  const onDragOver = (event: DragEvent): void => {
    if (props.readOnly === true || !event.dataTransfer.types.includes(DRAG_MIME)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    const type = draggedType()
    if (type !== null && props.canNest(type)) aim({ type }, pointOf(event), new Set(), undefined)
  }
  const onDrop = (event: DragEvent): void => {
    const type = event.dataTransfer.getData(DRAG_MIME)
    settle()
    endTypeDrag()
    if (type === '' || props.readOnly === true) return
    event.preventDefault()
    const point = pointOf(event)
    const container = props.canNest(type) ? (containerAt(drawing, point)?.id ?? null) : null
    tell(props.onAdd(type, { point, container }), true)
  }
  const onDragLeave = (event: DragEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null)) settle()
  }

  return {
    shown,
    drop,
    dragging: places !== null,
    onPositions,
    onNodeDrag,
    onNodeDragStop,
    onDragOver,
    onDrop,
    onDragLeave,
  }
}

function absolute(position: Point, node: DrawnNode): Point {
  const parent = { x: node.rect.x - node.relative.x, y: node.rect.y - node.relative.y }
  return { x: Math.round(parent.x + position.x), y: Math.round(parent.y + position.y) }
}
