import { clock } from '../../../state/run/clock'
import { Field } from '../../../ui/Field'
import { Glyph } from '../../../ui/glyphs'
import { NumberField } from '../../../ui/NumberField'
import type { Clock, RunQueries } from '../types'
import { useNow } from '../use-now'
import type { CardProps } from './card'
import { provision, requestAt } from './edits'
import { objectOf } from '../../../model/json'

/** Provisioned concurrency of a version or an alias; empty for none (LAM-46, LAM-47). */
export function Provisioned({ id, scenario, readOnly, run, playhead, onApply }: CardProps) {
  const { Properties, Behavior } = scenario.resources[id] ?? {}
  const count = objectOf(Properties?.['ProvisionedConcurrencyConfig'])['ProvisionedConcurrentExecutions']
  const at = Behavior?.['requestedAt']
  return (
    <>
      <Field
        label="Provisioned concurrency"
        layout="narrow"
        help={count === undefined ? undefined : <Status id={id} run={run} playhead={playhead} />}
      >
        <NumberField
          value={typeof count === 'number' ? count : undefined}
          min={1}
          max={1_000_000}
          integer
          placeholder="none"
          disabled={readOnly}
          onCommit={(next) => onApply(provision(id, next, scenario), `provision ${id}`)}
          onClear={() => onApply(provision(id, undefined, scenario))}
        />
      </Field>
      {count !== undefined && (
        <Field label="Asked for at" layout="narrow">
          <NumberField
            value={typeof at === 'number' ? at : undefined}
            min={0}
            max={scenario.duration}
            unit="s"
            placeholder="before"
            disabled={readOnly}
            onCommit={(next) => onApply(requestAt(id, next, scenario), `request ${id}`)}
            onClear={() => onApply(requestAt(id, undefined, scenario))}
          />
        </Field>
      )}
    </>
  )
}

/** AWS's status of a state of the machine `provisioned`, with its glyph. */
const STATUS = {
  REQUESTED: { word: 'IN_PROGRESS', glyph: 'pending' },
  ALLOCATING: { word: 'IN_PROGRESS', glyph: 'pending' },
  READY: { word: 'READY', glyph: 'check' },
  FAILED: { word: 'FAILED', glyph: 'error' },
} as const
const isKnown = (state: string): state is keyof typeof STATUS => Object.hasOwn(STATUS, state)

interface StatusProps {
  id: string
  run: RunQueries
  playhead: Clock
}

/** `IN_PROGRESS since 00:05.000`: how far it is at the playhead. */
function Status({ id, run, playhead }: StatusProps) {
  const now = useNow(playhead)
  const [entity] = run.entitiesOf(id, 'provisioned')
  const state = entity === undefined ? null : run.stateAt(entity, now)
  const name = entity === undefined ? null : run.stateName(entity, now)
  if (state === null || name === null || !isKnown(name)) return <>Not asked for at {clock(now)}.</>
  const { word, glyph } = STATUS[name]
  const until = name === 'REQUESTED' && state.until < Infinity ? `, allocation begins at ${clock(state.until)}` : ''
  return (
    <span className="ver-status num" data-status={word}>
      <Glyph name={glyph} size={12} />
      <span>
        {word}, {state.value} requested{until}.
      </span>
    </span>
  )
}
