import { lazy, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { Canvas, tell, type CanvasHandle, type CanvasProps, type Marks, type WhySubject } from '../canvas'
import { problemCounts } from '../panels/problems/problem-list'
import { patchRecipe } from '../panels/problems/applyPatches'
import { IconButton } from '../ui/IconButton'
import { Splitter } from '../ui/Splitter'
import { Tabs, TabPanel } from '../ui/Tabs'
import { useWidth } from '../ui/width'
import { Banners } from './Banners'
import { canvasCommands } from './canvas-commands'
import { facesOf } from './face-source'
import { targetOf, useBenchKeys } from './keys'
import { openGallery } from './open'
import { Palette } from './Palette'
import { askAbout } from './reach'
import { placeThree } from './place-three'
import { tokensOf } from './token-source'
import { useReasons, wordsOf } from './words'
import { TopBar } from './TopBar'
import type { Workspace } from './workspace'
import './bench.css'

const CodeEditor = lazy(() => import('./CodePanel'))
const Dock = lazy(() => import('../panels/dock/Dock').then((module) => ({ default: module.Dock })))
const Problems = lazy(() => import('../panels/problems/Problems').then((module) => ({ default: module.Problems })))
const Outline = lazy(() => import('../canvas/Outline').then((module) => ({ default: module.Outline })))
const ReachTab = lazy(() => import('./ReachTab'))
const WalkLayer = lazy(() => import('./WalkLayer'))
const SidePanel = lazy(() => import('./SidePanel'))
const Builder = lazy(() => import('./Builder'))

/** The bench: palette, canvas, inspector and dock around one document. */
export default function Bench({ workspace }: { workspace: Workspace }) {
  const { session, run, player, simulation, ui } = workspace
  const scenario = useStore(session.history.store, (state) => state.document)
  const lock = useStore(session.store, (state) => state.lock.mode)
  const selection = useStore(ui, (state) => state.selection)
  const left = useStore(ui, (state) => state.left)
  const tab = useStore(ui, (state) => state.dock)
  const newer = useStore(ui, (state) => state.newer)
  const entity = useStore(ui, (state) => state.entity)
  const event = useStore(ui, (state) => state.event)
  const problems = useStore(simulation.store, (state) => state.problems)
  const normalised = useStore(simulation.store, (state) => state.normalised)
  const status = useSyncExternalStore(run.subscribe, run.status)
  const canvas = useRef<CanvasHandle>(null)
  const search = useRef<HTMLInputElement>(null)
  const bench = useRef<HTMLDivElement>(null)
  // whoever came here by a button of the start page, which is gone now, goes on by keyboard from here
  useEffect(() => {
    if (document.activeElement === document.body) bench.current?.focus({ preventScroll: true })
  }, [])
  // another document on the same bench is another picture: it is shown whole, as the first one was
  const id = useStore(session.store, (state) => state.id)
  const shown = useRef(id)
  useEffect(() => {
    if (shown.current === id) return
    shown.current = id
    requestAnimationFrame(() => requestAnimationFrame(() => canvas.current?.fit()))
  }, [id])
  const [code, setCode] = useState(false)
  const walking = useStore(ui, (state) => state.hop !== null)
  const [marks, setMarks] = useState<Marks>()
  const width = useWidth()
  const row = useStore(ui, (state) => state.row)
  const building = useStore(ui, (state) => state.building)
  const readOnly = lock === 'read-only' || newer !== null || width === 'phone'

  // drawn again when the network analysis came
  useStore(ui, (state) => state.networks)
  const picture = workspace.picture(scenario)
  const commands = useMemo(() => canvasCommands(workspace, workspace.picture), [workspace])
  const faces = useMemo(() => facesOf(run, player, workspace.picture), [run, player, workspace.picture])
  const tokens = useMemo(() => tokensOf(run, player, workspace.picture), [run, player, workspace.picture])
  const reasons = useReasons()
  const words = useMemo(
    () => wordsOf({ labels: scenario.labels, resources: scenario.resources }, reasons),
    [scenario.labels, scenario.resources, reasons],
  )
  useBenchKeys(workspace, { canvas, search, commands, drawing: workspace.picture })

  const place = (type: string): void => {
    tell(commands.onAdd(type, targetOf(type, commands, picture.nodeById.get(selection[0] ?? ''), canvas.current)))
  }
  const openReason = (subject: WhySubject): void => {
    // what moves is opened, with the reason why it moves beside it
    if (subject.kind === 'token')
      ui.setState({ row: subject.row, ...(subject.row < 0 ? {} : { event: subject.row, dock: 'events' }) })
    else if (subject.kind === 'badge') {
      if (subject.badge.row !== undefined) ui.setState({ row: subject.badge.row, selection: [subject.node] })
    } else if (subject.kind === 'slot')
      ui.setState({ selection: [subject.node], entity: subject.slot.entity ?? null, row: null })
    else {
      const resource = picture.nodeById.get(subject.node)?.resource ?? subject.node
      ui.setState({ selection: [subject.node], row: null, building: { tool: 'pattern', resource, path: '' } })
    }
  }
  const props: CanvasProps = {
    drawing: picture,
    selection: useMemo(() => new Set(selection), [selection]),
    faces,
    tokens,
    readOnly,
    stale: status.stale,
    marks,
    overlay: walking && (
      <Suspense fallback={null}>
        <WalkLayer workspace={workspace} onMarks={setMarks} />
      </Suspense>
    ),
    moreEntries: (node) => {
      const { resource } = node
      const other = selection.length === 2 ? selection.find((id) => id !== node.id) : undefined
      if (resource === null || node.shape === 'container') return []
      return [
        {
          label: other === undefined ? 'Ask what it reaches' : 'Ask whether one reaches the other',
          shortcut: 'R',
          onSelect: () => void askAbout(workspace, other === undefined ? [resource] : [resource, other]),
        },
      ]
    },
    onSelect: (ids) => {
      // a badge or slot of a node that was not chosen has chosen it already, with a reason or an environment: the click goes on to the node
      const { selection: before } = ui.getState()
      if (ids.length === before.length && ids.every((id) => before.includes(id))) return
      ui.setState({ selection: ids, row: null, entity: null })
    },
    onOpen: (id) => {
      ui.setState({ selection: [id], row: null })
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('.inspector-focus, .side [role="tab"][aria-selected="true"]')?.focus(),
      )
    },
    onOpenReason: openReason,
    ...commands,
    empty: {
      onPlaceThree: () => {
        workspace.edit('Place client, queue, function', placeThree(workspace.scenario()))
        // the three stand in the flow a frame after the document holds them
        requestAnimationFrame(() => requestAnimationFrame(() => canvas.current?.fit()))
      },
      example: { name: 'Orders', onOpen: () => void openGallery(workspace, 'orders') },
      onPasteTemplate: () => setCode(true),
    },
  }
  const counts = problemCounts(problems)
  const go = (resource: string | null): void => {
    ui.setState({ selection: resource === null ? [] : [resource], row: null })
    if (resource !== null && picture.nodeById.has(resource)) canvas.current?.focus(resource)
  }

  const side = (
    <div className="side">
      {code ? (
        <Suspense fallback={<p className="side-wait">Loading the editor</p>}>
          <CodeEditor workspace={workspace} onClose={() => setCode(false)} />
        </Suspense>
      ) : (
        <Suspense fallback={null}>
          <SidePanel
            workspace={workspace}
            picture={picture}
            words={words}
            readOnly={readOnly}
            commands={commands}
            onCode={() => setCode(true)}
          />
        </Suspense>
      )}
    </div>
  )

  return (
    <div className="bench" ref={bench} tabIndex={-1}>
      <TopBar workspace={workspace} onCode={() => setCode(true)} />
      <main className="bench-main">
        <Splitter
          way="column"
          label="Width of the inspector"
          panelId="side"
          panel={width === 'wide' ? side : null}
          size={code ? 480 : 312}
          min={280}
          max={640}
          rest={0.4}
        >
          <Splitter
            way="row"
            label="Height of the dock"
            panelId="dock"
            panel={
              <section className="dock-area" aria-label="Dock">
                <Suspense fallback={null}>
                  <Dock
                    store={run}
                    player={player}
                    words={words}
                    selectedResource={picture.nodeById.get(selection[0] ?? '')?.resource ?? undefined}
                    selectedEntity={entity ?? undefined}
                    onSelect={(chosen) =>
                      ui.setState({
                        selection: [chosen.resource],
                        entity: chosen.entity >= 0 ? chosen.entity : null,
                        row: chosen.row >= 0 ? chosen.row : null,
                      })
                    }
                    onWhy={(row) => ui.setState({ row })}
                    event={event}
                    onEvent={(event) => ui.setState(event === null ? { event } : { event, dock: 'events' })}
                    onPattern={(bus, row) =>
                      ui.setState({ building: { tool: 'pattern', resource: bus, path: '', row } })
                    }
                    scenario={normalised}
                    onFix={readOnly ? undefined : (fix) => session.history.edit(fix.title, patchRecipe(fix.patches))}
                    tab={tab}
                    onTab={(id) => ui.setState({ dock: id })}
                    tabs={[
                      {
                        id: 'problems',
                        label: 'Problems',
                        ...(counts.error + counts.warning > 0 ? { count: counts.error + counts.warning } : {}),
                        content: (
                          <Problems
                            scenario={scenario}
                            problems={problems}
                            readOnly={readOnly}
                            onGo={(_, resource) => go(resource)}
                            onFix={(fix) => {
                              if (!readOnly) session.history.edit(fix.title, patchRecipe(fix.patches))
                            }}
                          />
                        ),
                      },
                      {
                        id: 'reach',
                        label: 'Reachability',
                        content: (
                          <Suspense fallback={null}>
                            <ReachTab workspace={workspace} readOnly={readOnly} />
                          </Suspense>
                        ),
                      },
                    ]}
                  />
                </Suspense>
              </section>
            }
            size={256}
            min={120}
            rest={0.4}
          >
            <div className="bench-upper">
              <section className="bench-left" aria-label="Palette and outline">
                <Tabs
                  label="Palette and outline"
                  tabs={[
                    { id: 'add', label: 'Add' },
                    { id: 'outline', label: 'Outline' },
                  ]}
                  value={left}
                  onChange={(value) => ui.setState({ left: value })}
                >
                  <TabPanel id="add">
                    <Palette onPlace={place} disabled={readOnly} searchRef={search} />
                  </TabPanel>
                  <TabPanel id="outline">
                    <Suspense fallback={null}>{left === 'outline' && <Outline {...props} />}</Suspense>
                  </TabPanel>
                </Tabs>
              </section>
              <section className="mid" aria-label="Drawing">
                <Banners workspace={workspace} />
                <Canvas ref={canvas} {...props} />
              </section>
            </div>
          </Splitter>
        </Splitter>
        {width !== 'wide' && (code || selection.length > 0 || row !== null) && (
          <div className="sheet">
            {!code && (
              <IconButton
                className="sheet-close"
                glyph="close"
                label="Close the inspector"
                onClick={() => ui.setState({ selection: [], row: null, entity: null })}
              />
            )}
            {side}
          </div>
        )}
      </main>
      {building !== null && (
        <Suspense fallback={null}>
          <Builder workspace={workspace} building={building} readOnly={readOnly} />
        </Suspense>
      )}
    </div>
  )
}
