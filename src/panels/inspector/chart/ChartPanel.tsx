import { useState } from 'react'
import type { AnyStateMachine } from 'xstate'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { qualifierOf } from '../../../drawing'
import { serviceOf } from '../../../services'
import { clock } from '../../../state/run/clock'
import { Select } from '../../../ui/Select'
import { Section } from '../../../ui/Section'
import { Tag } from '../../../ui/Tag'
import type { Clock, RunQueries } from '../types'
import { useNow } from '../use-now'
import { versionsOf } from '../versions/releases'
import { span } from '../words'
import { ChartView } from './ChartView'

interface ChartPanelProps {
  id: LogicalId
  scenario: Scenario
  run: RunQueries
  playhead: Clock
  onSeek: (t: number) => void
  /** Small: only the machine that has most to tell, without pickers. */
  onOpenChart?: (() => void) | undefined
}

const NEWEST = 60

/** The statechart of a resource, at the playhead. */
export function ChartPanel({ id, scenario, run, playhead, onSeek, onOpenChart }: ChartPanelProps) {
  const machines = machinesFor(id, scenario, run)
  const [chosen, setChosen] = useState<string | null>(null)
  const [picked, setPicked] = useState<number | null>(null)
  const now = useNow(playhead)
  const name = chosen !== null && machines[chosen] !== undefined ? chosen : Object.keys(machines)[0]
  const machine = name === undefined ? undefined : machines[name]
  if (name === undefined || machine === undefined) return null

  // environments of a published version are the function's, too
  const owners = name === ENVIRONMENT ? [id, ...versionsOf(id, scenario)] : [id]
  const entitiesAt = (t?: number): readonly number[] => owners.flatMap((own) => run.entitiesOf(own, name, t))
  const alive = entitiesAt(now)
  const all = alive.length > 0 ? alive : entitiesAt()
  const labelOf = (it: number): string => {
    const own = owners.find((owner) => owner !== id && run.entitiesOf(owner, name).includes(it))
    return own === undefined ? run.labelOf(it) : `v${qualifierOf(own, scenario)} ${run.labelOf(it)}`
  }
  const entity = picked !== null && all.includes(picked) ? picked : (freshest(all, run, now) ?? null)
  const state = entity === null ? null : run.stateAt(entity, now)
  const current = entity === null ? null : run.stateName(entity, now)
  const before = entity === null || state === null ? null : run.stateName(entity, state.since - 1)
  const label = entity === null ? '' : labelOf(entity)

  return (
    <Section
      title={words(name)}
      end={
        onOpenChart ? (
          <button type="button" className="ui-link xs" onClick={onOpenChart}>
            Open chart
          </button>
        ) : (
          label !== '' && <Tag>{label}</Tag>
        )
      }
    >
      {!onOpenChart && (
        <div className="insp-pickers">
          {Object.keys(machines).length > 1 && (
            <Select
              aria-label="Chart"
              value={name}
              options={Object.keys(machines).map((value) => ({
                value,
                label: words(value),
                note: countText(run.entitiesOf(id, value).length),
              }))}
              onChange={(next) => {
                setChosen(next)
                setPicked(null)
              }}
            />
          )}
          {all.length > 1 && (
            <Select
              aria-label="Which one"
              value={String(entity)}
              options={all.slice(-NEWEST).map((value) => ({
                value: String(value),
                label: labelOf(value),
                note: run.stateName(value, now) ?? 'not yet',
              }))}
              onChange={(next) => setPicked(Number(next))}
            />
          )}
        </div>
      )}
      <ChartView machine={machine} current={current} before={before} />
      <p className="xs dim num insp-hint">
        {entity === null
          ? 'Nothing has lived through it yet. The chart lights up when an event arrives.'
          : stateLine(label, current, state, now)}
        {state !== null && Number.isFinite(state.until) && (
          <>
            {' '}
            <button type="button" className="ui-link xs" onClick={() => onSeek(state.until)}>
              Next at {clock(state.until)}
            </button>
          </>
        )}
      </p>
    </Section>
  )
}

function stateLine(
  label: string,
  current: string | null,
  state: { since: number; until: number } | null,
  now: number,
): string {
  if (state === null || current === null) return `${label} does not exist yet.`
  const passed = span(Math.max(0, now - state.since))
  return Number.isFinite(state.until)
    ? `${label} in ${current}, ${passed} of ${span(state.until - state.since)}.`
    : `${label} in ${current} for ${passed}.`
}

/** The entity that changed last: the one a learner would look at. */
function freshest(entities: readonly number[], run: RunQueries, now: number): number | undefined {
  let best: number | undefined
  let since = Number.NEGATIVE_INFINITY
  for (const entity of entities) {
    const at = run.stateAt(entity, now)?.since ?? Number.NEGATIVE_INFINITY
    if (best === undefined || at > since) {
      best = entity
      since = at
    }
  }
  return best
}

/** Charts of the resource's service, those it has entities of first. */
function machinesFor(id: LogicalId, scenario: Scenario, run: RunQueries): { readonly [name: string]: AnyStateMachine } {
  const machines = serviceOf(scenario.resources[id]?.Type ?? '')?.machines ?? {}
  const family = [id, ...versionsOf(id, scenario)]
  const lived = [...new Set(family.flatMap((own) => run.machinesOf(own)))].filter(
    (name) => machines[name] !== undefined,
  )
  const order = [...PREFERRED.filter((name) => lived.includes(name)), ...lived, ...Object.keys(machines)]
  return Object.fromEntries([...new Set(order)].map((name) => [name, machines[name]!] as const))
}
const ENVIRONMENT = 'environment'
const PREFERRED = [ENVIRONMENT]

const countText = (n: number): string => (n === 0 ? 'none yet' : String(n))

const words = (name: string): string =>
  name === 'environment'
    ? 'Execution environment'
    : name.charAt(0).toUpperCase() +
      name
        .slice(1)
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase()
