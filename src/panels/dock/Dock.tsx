import { lazy, Suspense, useCallback, useState, useSyncExternalStore, type ReactNode } from 'react'
import { TabPanel, Tabs } from '../../ui/Tabs'
import type { Scenario } from '../../model/scenario'
import type { Fix } from '../../services/service'
import type { Player } from '../../player/player'
import { clock, span } from '../../state/run/clock'
import type { Words } from '../../state/run/describe'
import type { RunStore } from '../../state/run/runStore'
import { Events } from './events/Events'
import { Timeline, type Selection } from './timeline/Timeline'
import type { View } from './timeline/view'
import './dock.css'

const Metrics = lazy(() => import('./metrics/Metrics'))
const Logs = lazy(() => import('./logs/Logs'))
const Traces = lazy(() => import('./traces/Traces'))
const Cost = lazy(() => import('./cost/Cost'))

/** A tab whose content comes from elsewhere: problems, traces, logs, reachability. */
export interface DockTab {
  readonly id: string
  readonly label: ReactNode
  readonly count?: ReactNode
  readonly content: ReactNode
}

export interface DockProps {
  store: RunStore
  player: Player
  words: Words
  /** Selected resource and entity, from the canvas or from here. */
  selectedResource?: string | undefined
  selectedEntity?: number | undefined
  onSelect?: ((selection: Selection) => void) | undefined
  /** Opens the causal chain of a row. */
  onWhy: (row: number) => void
  /** Row of the event whose JSON is open; null for none. */
  event?: number | null | undefined
  /** Opens the JSON of the event a row belongs to; null closes it. */
  onEvent?: ((row: number | null) => void) | undefined
  /** Opens the pattern editor of a bus with the event of a row. */
  onPattern?: ((bus: string, row: number) => void) | undefined
  /** What is simulated, defaults filled in; null before the first run. Without it there are no logs and traces. */
  scenario?: Scenario | null | undefined
  /** Applies a fix; absent where nothing may be edited. */
  onFix?: ((fix: Fix) => void) | undefined
  /** Further tabs, placed between Metrics and Cost. */
  tabs?: readonly DockTab[] | undefined
  /** Chosen tab, when the app keeps it; else the dock does. */
  tab?: string | undefined
  onTab?: ((id: string) => void) | undefined
  /** What stands at the right end of the tab bar, after what is on screen. */
  end?: ReactNode
}

/** The lower panel: the run over time, as events, as metrics and as money. */
export function Dock(props: DockProps) {
  const { store, player, words, selectedResource, selectedEntity, onSelect, onWhy, tabs = [], end } = props
  const { scenario, onFix, event, onEvent, onPattern } = props
  const [own, setOwn] = useState('timeline')
  const [view, setView] = useState<View | null>(null)
  const tab = props.tab ?? own
  const nameOf = useCallback((id: string) => words.name(id), [words])
  const choose = props.onTab ?? setOwn
  const all = [
    { id: 'timeline', label: 'Timeline' },
    { id: 'events', label: 'Events' },
    { id: 'metrics', label: 'Metrics' },
    ...(scenario === undefined
      ? []
      : [
          { id: 'logs', label: 'Logs' },
          { id: 'traces', label: 'Traces' },
        ]),
    ...tabs.map(({ id, label, count }) => ({ id, label, count })),
    { id: 'cost', label: 'Cost' },
  ]
  return (
    <Tabs
      className="dock"
      label="Run"
      tabs={all}
      value={tab}
      onChange={choose}
      end={
        <>
          {tab === 'timeline' && <Showing store={store} view={view} />}
          {end}
        </>
      }
    >
      <TabPanel id="timeline" className="dock-panel">
        {tab === 'timeline' && (
          <Timeline
            store={store}
            player={player}
            nameOf={nameOf}
            ownerOf={words.ownerOf}
            selectedEntity={selectedEntity}
            onSelect={onSelect}
            onView={setView}
          />
        )}
      </TabPanel>
      <TabPanel id="events" className="dock-panel">
        {tab === 'events' && (
          <Events {...{ store, player, words, scenario, event, onWhy, onSelect, onEvent, onPattern }} />
        )}
      </TabPanel>
      <TabPanel id="metrics" className="dock-panel">
        {tab === 'metrics' && (
          <Suspense fallback={null}>
            <Metrics store={store} player={player} nameOf={nameOf} selected={selectedResource} />
          </Suspense>
        )}
      </TabPanel>
      {scenario !== undefined && (
        <>
          <TabPanel id="logs" className="dock-panel">
            {tab === 'logs' && (
              <Suspense fallback={null}>
                <Logs {...{ store, player, words, scenario, onSelect, onWhy, onFix }} />
              </Suspense>
            )}
          </TabPanel>
          <TabPanel id="traces" className="dock-panel">
            {tab === 'traces' && (
              <Suspense fallback={null}>
                <Traces {...{ store, player, words, scenario, onSelect, onWhy, onEvent }} />
              </Suspense>
            )}
          </TabPanel>
        </>
      )}
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className="dock-panel">
          {tab === id && content}
        </TabPanel>
      ))}
      <TabPanel id="cost" className="dock-panel">
        {tab === 'cost' && (
          <Suspense fallback={null}>
            <Cost store={store} nameOf={nameOf} ownerOf={words.ownerOf} />
          </Suspense>
        )}
      </TabPanel>
    </Tabs>
  )
}

/** `Showing 10 s of 05:00`. */
function Showing({ store, view }: { store: RunStore; view: View | null }) {
  const { duration } = useSyncExternalStore(store.subscribe, store.status)
  if (view === null || duration <= 0) return null
  return (
    <span className="dim num">
      Showing {view.to - view.from >= duration ? 'all' : span(view.to - view.from)} of {clock(duration).slice(0, -4)}
    </span>
  )
}
