import {
  Background,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type NodeChange,
  type EdgeChange,
} from '@xyflow/react'
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent as ReactMouseEvent,
  type Ref,
} from 'react'
import type { MenuEntry } from '../ui/ContextMenu'
import { useReducedMotion } from '../ui/theme'
import { CanvasContext, type CanvasContextValue } from './canvas-context'
import { useClipboard } from './use-clipboard'
import { edgeEntries, nodeEntries, paneEntries, type Commands } from './commands'
import { ConnectionLine } from './ConnectionLine'
import { ContainerView } from './ContainerView'
import { find, isInView } from './dom'
import { EmptyCanvas } from './EmptyCanvas'
import { FlowCache } from './flow'
import { handleKey, type KeyTarget } from './keys'
import { Legend } from './Legend'
import { Overlays } from './overlays'
import { NodeView, type FlowNode } from './NodeView'
import { selectFrom } from './selection'
import { tell } from './tell'
import { TokenOverlay, type TokenOverlayHandle } from './tokens/TokenOverlay'
import type { CanvasHandle, CanvasProps } from './types'
import { useConnect, type AskWire } from './use-connect'
import { useDrag } from './use-drag'
import { useTokenTip } from './use-token-tip'
import { ViewControls } from './ViewControls'
import { FLOW_TEXTS } from './words'
import { WireView, type FlowEdge } from './Wire'
import './styles'

const NODE_TYPES = { node: NodeView, container: ContainerView }
const EDGE_TYPES = { wire: WireView }
const SNAP: [number, number] = [4, 4]
const MULTI_KEYS = ['Shift', 'Meta', 'Control']
const FIT = { padding: { top: '56px', x: '24px', bottom: '48px' }, maxZoom: 1 } as const
/** Above this many nodes only what is on screen is in the DOM. */
const CULL_FROM = 200
const CAMERA_MS = 420

/** The drawing, live. A projection of its props: it keeps the camera, a drag and open menus, and nothing of the document. */
export function Canvas(props: CanvasProps & { ref?: Ref<CanvasHandle> | undefined }) {
  return (
    <ReactFlowProvider>
      <Surface {...props} />
    </ReactFlowProvider>
  )
}

function Surface({ ref, ...props }: CanvasProps & { ref?: Ref<CanvasHandle> | undefined }) {
  const { selection, readOnly = false } = props
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const root = useRef<HTMLDivElement>(null)
  const overlay = useRef<TokenOverlayHandle>(null)
  const [cache] = useState(() => new FlowCache())
  const [active, setActive] = useState<string | null>(null)
  const [renaming, setRenaming] = useState<string | null>(null)
  const [connectFrom, setConnectFrom] = useState<string | null>(null)
  const [menu, setMenu] = useState<{ at: { x: number; y: number }; entries: readonly MenuEntry[] } | null>(null)
  const [mapShown, setMapShown] = useState(false)
  const drag = useDrag(props)
  const ask = useCallback<AskWire>((at, entries) => setMenu({ at, entries }), [])
  const wire = useConnect(props, ask)
  const drawing = drag.shown
  const zoomLevel = useStore((store) => (store.transform[2] < 0.35 ? 'far' : store.transform[2] < 0.6 ? 'mid' : 'near'))
  const camera = useReducedMotion() ? 0 : CAMERA_MS

  const tabStop =
    active !== null && drawing.nodeById.has(active)
      ? active
      : ([...selection].find((id) => drawing.nodeById.has(id)) ?? drawing.nodes[0]?.id ?? null)
  const { marks } = props
  const state = useMemo(() => ({ selection, tabStop, readOnly, marks }), [selection, tabStop, readOnly, marks])
  const nodes = useMemo(() => cache.toNodes(drawing, state), [cache, drawing, state])
  const edges = useMemo(() => cache.toEdges(drawing, state), [cache, drawing, state])

  const fit = (ids?: readonly string[]): void => {
    void flow.fitView({ ...FIT, duration: camera, ...(ids === undefined ? {} : { nodes: ids.map((id) => ({ id })) }) })
  }
  const viewCenter = (): { x: number; y: number } => {
    const box = root.current?.getBoundingClientRect()
    return flow.screenToFlowPosition(
      { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 },
      { snapToGrid: false },
    )
  }
  const focusNode = (id: string): void => {
    setActive(id)
    const node = drawing.nodeById.get(id)
    const element = find(root.current, 'node', id)
    if (node !== undefined && (element === null || !isInView(element, root.current))) {
      void flow.setCenter(node.rect.x + node.rect.w / 2, node.rect.y + node.rect.h / 2, {
        zoom: flow.getZoom(),
        duration: camera,
      })
    }
    // a culled node enters the DOM with the camera
    if (element === null)
      requestAnimationFrame(() =>
        requestAnimationFrame(() => find(root.current, 'node', id)?.focus({ preventScroll: true })),
      )
    else element.focus({ preventScroll: true })
  }
  const commands: Commands = {
    props,
    openConnect: (id) => setConnectFrom(id),
    startRename: (id) => {
      if (!readOnly && drawing.nodeById.get(id)?.resource != null) setRenaming(id)
    },
    pasteAt: viewCenter,
  }
  useImperativeHandle(ref, () => ({
    viewCenter,
    fit,
    focus: focusNode,
    openConnect: commands.openConnect,
    rename: commands.startRename,
  }))

  const keys: KeyTarget = {
    ...commands,
    focusNode,
    focusEdge: (id) => find(root.current, 'edge', id)?.focus({ preventScroll: true }),
    cancel: () => {
      wire.cancel()
      if (selection.size > 0) props.onSelect([])
    },
    zoom: (step) => {
      if (step === 'fit') fit()
      else void (step === 'in' ? flow.zoomIn() : flow.zoomOut())
    },
  }

  // an empty canvas keeps its view, or its first node would jump from where it was put
  const [fitsAtFirst] = useState(drawing.nodes.length > 0)

  // nodes and edges report in turn within one gesture, before the app has answered the first
  const pending = useRef(selection)
  useEffect(() => {
    pending.current = selection
  }, [selection])
  const { onPositions } = drag
  const { onSelect } = props
  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      onPositions(changes)
      selectFrom(changes, pending, onSelect)
    },
    [onPositions, onSelect],
  )
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => selectFrom(changes, pending, onSelect),
    [onSelect],
  )

  const context = useMemo(
    (): CanvasContextValue => ({
      faces: props.faces,
      readOnly,
      connecting: wire.connecting,
      drop: drag.drop,
      renaming,
      onRenamed: (id, text) => {
        setRenaming(null)
        if (text !== null) tell(props.onRename(id, text), true)
        requestAnimationFrame(() => find(root.current, 'node', id)?.focus({ preventScroll: true }))
      },
      onWhy: props.onOpenReason,
      onResize: (id, rect) => tell(props.onResize(id, rect), true),
    }),
    [props, readOnly, wire.connecting, drag.drop, renaming],
  )

  const openMenu = (event: ReactMouseEvent | MouseEvent, entries: readonly MenuEntry[]): void => {
    event.preventDefault()
    const box = event.target instanceof Element ? event.target.getBoundingClientRect() : null
    const byKeyboard = event.clientX === 0 && event.clientY === 0 && box !== null
    setMenu({
      at: byKeyboard ? { x: box.left + 24, y: box.top + 24 } : { x: event.clientX, y: event.clientY },
      entries,
    })
  }
  const { tip, ...pointer } = useTokenTip(root, overlay, props)
  const clipboard = useClipboard(props, viewCenter)
  const isEmpty = drawing.nodes.length === 0

  return (
    <CanvasContext value={context}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble up from the nodes, which take focus */}
      <div
        ref={root}
        className="cs-canvas"
        data-canvas
        data-zoom={zoomLevel}
        data-connecting={wire.connecting !== null || undefined}
        data-stale={props.stale || undefined}
        data-token-hover={tip !== null || undefined}
        tabIndex={-1}
        role="region"
        aria-label="Canvas"
        onKeyDown={(event: KeyboardEvent<HTMLDivElement>) => handleKey(event, keys)}
        onFocus={(event) => {
          const id = event.target.closest<HTMLElement>('.react-flow__node')?.dataset.id
          if (id !== undefined) setActive(id)
        }}
        {...pointer}
        {...clipboard}
        onDragOver={drag.onDragOver}
        onDrop={drag.onDrop}
        onDragLeave={drag.onDragLeave}
      >
        <p id="cs-keys" className="visually-hidden">
          Arrow keys go from node to node. Space selects; then arrow keys move the selection. Enter opens the inspector,
          W connects, F2 renames, right bracket follows a wire.
        </p>
        <ReactFlow<FlowNode, FlowEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={onEdgesChange}
          onNodeDrag={drag.onNodeDrag}
          onNodeDragStop={drag.onNodeDragStop}
          onSelectionDrag={(event, moved) => moved[0] && drag.onNodeDrag(event.nativeEvent, moved[0], moved)}
          onSelectionDragStop={drag.onNodeDragStop}
          onNodeDoubleClick={(_, node) => props.onOpen(node.id)}
          onEdgeDoubleClick={(_, edge) => props.onOpen(edge.id)}
          onConnectStart={wire.onConnectStart}
          onConnectEnd={wire.onConnectEnd}
          isValidConnection={wire.isValidConnection}
          connectionLineComponent={ConnectionLine}
          connectionRadius={16}
          connectOnClick={false}
          onNodeContextMenu={(event, node) => {
            const drawn = drawing.nodeById.get(node.id)
            if (drawn === undefined) return
            const ids = selection.has(node.id) ? [...selection] : [node.id]
            openMenu(event, nodeEntries(commands, drawn, ids))
          }}
          onEdgeContextMenu={(event, edge) => openMenu(event, edgeEntries(commands, edge.id))}
          onPaneContextMenu={(event) =>
            openMenu(
              event,
              paneEntries(commands, () => fit()),
            )
          }
          onPaneClick={() => root.current?.focus({ preventScroll: true })}
          nodesDraggable={!readOnly}
          nodesConnectable={!readOnly}
          snapToGrid
          snapGrid={SNAP}
          zIndexMode="manual"
          elevateNodesOnSelect={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          panActivationKeyCode={null}
          multiSelectionKeyCode={MULTI_KEYS}
          selectNodesOnDrag={false}
          nodeDragThreshold={2}
          zoomOnDoubleClick={false}
          minZoom={0.1}
          maxZoom={4}
          fitView={fitsAtFirst}
          fitViewOptions={FIT}
          onlyRenderVisibleElements={drawing.nodes.length > CULL_FROM}
          ariaLabelConfig={FLOW_TEXTS}
        >
          <Background gap={20} size={1.8} color="var(--c-canvas-dot)" />
          <TokenOverlay ref={overlay} drawing={drawing} tokens={props.tokens} faces={props.faces} />
          {props.overlay}
          {mapShown && (
            <MiniMap
              pannable
              zoomable
              position="bottom-right"
              style={{ width: 168, height: 112 }}
              nodeColor="var(--c-line-strong)"
              maskColor="var(--c-scrim)"
              bgColor="var(--c-sunken)"
            />
          )}
        </ReactFlow>
        {drawing.nodes.some((node) => node.type === 'AWS::Lambda::Function') && (
          <Legend restores={drawing.nodes.some((node) => node.snapStart === true)} />
        )}
        {isEmpty && props.empty && <EmptyCanvas {...props.empty} />}
        {!isEmpty && <ViewControls mapShown={mapShown} onMapShown={setMapShown} onFit={() => fit()} />}
        {tip !== null && (
          <div className="cs-tip" style={{ left: tip.x, top: tip.y }} aria-hidden="true">
            {tip.text}
          </div>
        )}
        {drag.drop !== null && drag.drop.container === null && drag.drop.text !== '' && (
          <div className="cs-dropnote">{drag.drop.text}</div>
        )}
      </div>
      <Overlays
        menu={menu}
        onMenuClose={() => setMenu(null)}
        connectFrom={connectFrom}
        onConnectClose={() => setConnectFrom(null)}
        drawing={drawing}
        canConnect={props.canConnect}
        onConnect={props.onConnect}
      />
    </CanvasContext>
  )
}
