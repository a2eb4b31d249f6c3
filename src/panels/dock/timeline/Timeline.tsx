import {
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type PointerEvent,
} from 'react'
import { useTheme } from '../../../ui/theme'
import { clock, digits } from '../../../state/run/clock'
import type { RunStore } from '../../../state/run/runStore'
import type { Player } from '../../../player/player'
import { usePlayheadTime } from '../../../player/usePlayer'
import { hitAt, type Hit } from './hit'
import { laneModel, type Lane, type LaneGroup, type OwnerOf } from './lanes'
import { gapWords } from './painter'
import { PhaseLegend } from './PhaseLegend'
import { TimelineView, LABEL_WIDTH } from './timelineView'
import { clampView, initialView, type View } from './view'
import './timeline.css'

export interface Selection {
  readonly resource: string
  /** -1 for none. */
  readonly entity: number
  /** -1 for none. */
  readonly row: number
}

export interface TimelineProps {
  store: RunStore
  player: Player
  /** Name on screen of a resource id. */
  nameOf: (id: string) => string
  /** Groups the lanes of versions under their function. */
  ownerOf?: OwnerOf | undefined
  selectedEntity?: number | undefined
  onSelect?: ((selection: Selection) => void) | undefined
  /** Told when the visible stretch changes, for the tab bar (µs). */
  onView?: ((view: View) => void) | undefined
}

/** Lanes of the run over time; the picture is a canvas, its keyboard is a slider, its text is the event list. */
export function Timeline(props: TimelineProps) {
  const { store } = props
  const status = useSyncExternalStore(store.subscribe, store.status)
  if (status.run < 0 || (status.phase !== 'computing' && status.rows === 0)) {
    return <p className="dock-empty">The timeline fills as soon as an event can travel.</p>
  }
  return <Lanes {...props} />
}

function Lanes({ store, player, nameOf, ownerOf, selectedEntity = -1, onSelect, onView }: TimelineProps) {
  const status = useSyncExternalStore(store.subscribe, store.status)
  const { resolved } = useTheme()
  const filled = store.levels.reduce((sum, _, level) => sum + (store.levelPeak(level, Infinity) > 0 ? 1 : 0), 0)
  // a window further on has lanes of its own
  const shape = `${status.run}/${store.shown.firstRow}-${store.shown.to}/${store.entities.length}/${store.levels.length}/${filled}`
  const model = useMemo(() => laneModel(store, shape, ownerOf), [store, shape, ownerOf])
  const t = usePlayheadTime(player)
  const lanes = useRef<HTMLCanvasElement>(null)
  const ruler = useRef<HTMLCanvasElement>(null)
  const scroll = useRef<HTMLDivElement>(null)
  const view = useRef<TimelineView | null>(null)
  const tell = useRef(onView)
  useEffect(() => {
    tell.current = onView
  }, [onView])
  const [tip, setTip] = useState<{ hit: Hit; x: number; y: number } | null>(null)

  useEffect(() => {
    const made = new TimelineView({
      store,
      player,
      lanes: lanes.current!,
      ruler: ruler.current!,
      scroll: scroll.current!,
      onView: (shown) => tell.current?.(shown),
    })
    view.current = made
    return () => made.dispose()
  }, [store, player])
  useEffect(() => view.current?.setModel(model), [model])
  useEffect(() => view.current?.setSelected(selectedEntity), [selectedEntity])
  useEffect(() => view.current?.readTheme(), [resolved])
  const { duration } = status
  useEffect(() => {
    const now = view.current
    if (now === null || duration <= 0) return
    now.setView(now.untouched ? initialView(duration) : clampView(now.view, duration))
  }, [duration])

  const drag = useRef<{ kind: 'scrub' | 'pan' | 'press'; x: number; moved: boolean } | null>(null)
  const timeOf = (event: PointerEvent): number => view.current!.timeAt(event.clientX)

  const onPointerDown = (event: PointerEvent<HTMLElement>, ruled: boolean): void => {
    if (event.button !== 0 || view.current === null) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const scrubs = ruled || view.current.nearPlayhead(event.clientX)
    drag.current = { kind: scrubs ? 'scrub' : 'press', x: event.clientX, moved: false }
    setTip(null)
    if (!scrubs) return
    player.send({ type: 'scrubStart' })
    player.send({ type: 'seek', at: timeOf(event) })
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const now = drag.current
    if (now === null) return hover(event)
    const by = event.clientX - now.x
    if (now.kind === 'scrub') player.send({ type: 'seek', at: timeOf(event) })
    else if (now.kind === 'pan' || Math.abs(by) > 4) {
      drag.current = { kind: 'pan', x: event.clientX, moved: true }
      view.current?.pan(-by)
    }
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const now = drag.current
    drag.current = null
    if (now?.kind === 'scrub') player.send({ type: 'scrubEnd' })
    if (now?.kind !== 'press' || view.current === null) return
    const at = timeOf(event)
    player.send({ type: 'seek', at })
    const hit = view.current.hit(event.clientX, event.clientY)
    if (hit) onSelect?.({ resource: hit.resource, entity: hit.entity, row: hit.row })
  }
  const hover = (event: PointerEvent<HTMLElement>): void => {
    const hit = event.currentTarget === lanes.current ? (view.current?.hit(event.clientX, event.clientY) ?? null) : null
    const box = scroll.current!.getBoundingClientRect()
    setTip(hit && { hit, x: event.clientX - box.left, y: event.clientY - box.top })
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (view.current?.key(event.key, event.shiftKey, event.ctrlKey || event.metaKey || event.altKey)) {
      event.preventDefault()
      event.stopPropagation()
    } else if (event.key === 'Enter' && selectedEntity >= 0) {
      const lane = model.groups
        .flatMap((group) => group.lanes)
        .find((one) => one.type === 'bars' && one.entity === selectedEntity)
      const hit = lane && hitAt(store, model, lane.y + 1, player.playhead.get())
      if (hit) onSelect?.({ resource: hit.resource, entity: hit.entity, row: hit.row })
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const entities = model.groups.flatMap((group) =>
        group.lanes.flatMap((lane) => (lane.type === 'bars' ? [lane] : [])),
      )
      const now = entities.findIndex((lane) => lane.entity === selectedEntity)
      const next = entities[now < 0 ? 0 : now + (event.key === 'ArrowDown' ? 1 : -1)]
      if (next === undefined) return
      event.preventDefault()
      view.current?.reveal(next.y, next.height)
      const state = store.stateAt(next.entity, player.playhead.get())
      onSelect?.({ resource: next.resource, entity: next.entity, row: state?.row ?? -1 })
    }
  }

  return (
    <div
      className="tl"
      data-stale={status.stale || undefined}
      style={{ '--tl-labels': `${LABEL_WIDTH}px` } as React.CSSProperties}
    >
      <div className="tl-head">
        <div className="tl-corner truncate" role="status">
          {status.awaiting ? gapWords(true) : computed(status.phase, status.until, status.duration)}
        </div>
        <canvas
          ref={ruler}
          className="tl-ruler"
          aria-hidden="true"
          onPointerDown={(event) => onPointerDown(event, true)}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={onPointerUp}
        />
      </div>
      <div className="tl-scroll" ref={scroll}>
        <div className="tl-labels" style={{ height: model.height }}>
          {model.groups.map((group) => (
            <GroupLabel
              key={`${group.resource}/${group.subtitle}`}
              group={group}
              store={store}
              t={t}
              name={nameOf(group.resource)}
              onSelect={onSelect}
            />
          ))}
        </div>
        <canvas
          ref={lanes}
          className="tl-lanes"
          tabIndex={0}
          role="slider"
          aria-label="Timeline"
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={Math.round(status.duration / 1_000)}
          aria-valuenow={Math.round(t / 1_000)}
          aria-valuetext={clock(t)}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => onPointerDown(event, false)}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={onPointerUp}
          onPointerLeave={() => setTip(null)}
          onWheel={() => setTip(null)}
        />
      </div>
      {useMemo(
        () => (
          <PhaseLegend store={store} model={model} />
        ),
        [store, model],
      )}
      {tip && (
        <div className="tl-tip" style={{ left: tip.x, top: tip.y }} data-left={tip.x > 400 || undefined}>
          {tip.hit.text}
        </div>
      )}
    </div>
  )
}

/** `62 % of 05:00 computed`; nothing once it is all there. */
export function computed(phase: string, until: number, duration: number): string {
  if (phase !== 'computing' || duration <= 0) return ''
  return `${Math.floor((until / duration) * 100)} % of ${clock(duration).slice(0, -4)} computed`
}

interface GroupLabelProps {
  group: LaneGroup
  store: RunStore
  t: number
  name: string
  onSelect: TimelineProps['onSelect']
}

function GroupLabel({ group, store, t, name, onSelect }: GroupLabelProps) {
  const first = group.lanes[0]!
  const valueOf = (lane: Lane): string | null =>
    lane.type === 'levels' ? digits(store.levelValue(lane.levels[0]!, t)) : null
  const value = group.titled ? null : valueOf(first)
  return (
    <div className="tl-group" style={{ top: group.y, height: group.height }} data-titled={group.titled || undefined}>
      <button
        type="button"
        className="tl-name"
        title={name}
        onClick={() => onSelect?.({ resource: group.resource, entity: -1, row: -1 })}
      >
        <b className="truncate">{name}</b>
        {(group.height > 38 || group.titled) && <span className="truncate">{group.subtitle}</span>}
      </button>
      {value !== null && <span className="tl-value num">{value}</span>}
      {group.lanes.map(
        (lane) =>
          lane.label !== '' && (
            <span key={lane.y} className="tl-lane truncate" style={{ top: lane.y - group.y, height: lane.height }}>
              {lane.label}
              {group.titled && <b className="num">{valueOf(lane)}</b>}
            </span>
          ),
      )}
    </div>
  )
}
