import { useState } from 'react'
import { LATEST, qualifierOf, routesOf } from '../../../drawing'
import { Button } from '../../../ui/Button'
import { Field } from '../../../ui/Field'
import { NumberField } from '../../../ui/NumberField'
import { Select, type SelectOption } from '../../../ui/Select'
import { Slider } from '../../../ui/Slider'
import { Card, type CardProps } from './card'
import { backOf, lossOf, percent, pointTo, removal, repoint, rollBack, sharingProblem, weigh } from './edits'
import { Provisioned } from './Provisioned'
import { callersOf, versionsOf, versionWords } from './releases'

const NONE = 'none'
/** Share a second version starts with. */
const CANARY = 0.1

/** An alias: where it points, the second version and its share, one press back, who could call it. */
export function AliasCard(props: CardProps) {
  const { id, fn, scenario, readOnly, open, onOpen, onApply } = props
  const name = qualifierOf(id, scenario)
  const { version, second, weight } = routesOf(id, scenario)
  const back = backOf(id, scenario)
  const newestFirst = versionsOf(fn, scenario).reverse()
  const option = (value: string, note?: string, disabled?: boolean): SelectOption => ({
    value,
    label: value === LATEST ? LATEST : `Version ${qualifierOf(value, scenario)}`,
    note,
    disabled,
  })
  const line =
    second === null
      ? `→ ${versionWords(version, scenario)}`
      : `→ ${qualifierOf(version, scenario)} · ${percent(1 - weight)}, ${qualifierOf(second, scenario)} · ${percent(weight)}`
  const loss = lossOf(id, scenario)
  return (
    <Card
      name={name}
      kind="alias"
      line={line}
      open={open}
      onOpen={onOpen}
      end={
        !readOnly &&
        back !== null && (
          <Button
            size="sm"
            title={back.words}
            aria-label={`${back.words}: ${name}`}
            onClick={() => onApply(rollBack(id, scenario))}
          >
            Roll back
          </Button>
        )
      }
    >
      <Field label="Points to" layout="wide">
        <Select
          value={version}
          options={[...newestFirst.map((each) => option(each)), option(LATEST, 'unpublished')]}
          disabled={readOnly}
          onChange={(next) => next !== version && onApply(pointTo(id, next, scenario))}
        />
      </Field>
      <Field
        label="Second version"
        layout="wide"
        help={
          version === LATEST ? `Weights need two published versions (LAM-62). ${name} points to ${LATEST}.` : undefined
        }
      >
        <Select
          value={second ?? NONE}
          options={[
            { value: NONE, label: 'none' },
            ...newestFirst
              .filter((each) => each !== version)
              .map((each) => {
                const problem = sharingProblem(id, version, each, scenario)
                return option(each, problem, problem !== undefined)
              }),
          ]}
          disabled={readOnly || version === LATEST}
          onChange={(next) => {
            const chosen = next === NONE ? null : next
            if (chosen !== second) onApply(weigh(id, chosen, second === null ? CANARY : weight, scenario))
          }}
        />
      </Field>
      {second !== null && (
        <Weight
          name={qualifierOf(second, scenario)}
          weight={weight}
          readOnly={readOnly}
          onWeigh={(next) => onApply(weigh(id, second, next, scenario), `weigh ${id}`)}
        />
      )}
      <Provisioned {...props} />
      {!readOnly && (
        <>
          <Offer {...props} name={name} />
          <div className="insp-fixes">
            <Button size="sm" variant="danger" onClick={() => onApply(removal(id, scenario))}>
              Delete {name}
            </Button>
            {loss !== '' && <span className="xs dim">{loss}</span>}
          </div>
        </>
      )}
    </Card>
  )
}

interface WeightProps {
  name: string
  weight: number
  readOnly: boolean
  onWeigh: (weight: number) => void
}

function Weight({ name, weight, readOnly, onWeigh }: WeightProps) {
  const [dragged, setDragged] = useState<number>()
  const shown = dragged ?? Math.round(weight * 10_000) / 100
  return (
    <Field label={`Calls to ${name}`} layout="slider">
      <Slider
        value={shown}
        min={0}
        max={100}
        unit="%"
        disabled={readOnly}
        onChange={setDragged}
        onCommit={(next) => {
          setDragged(undefined)
          onWeigh(next / 100)
        }}
      />
      <NumberField
        value={shown}
        min={0}
        max={100}
        unit="%"
        aria-label={`Calls to version ${name}, percent`}
        disabled={readOnly}
        onCommit={(next) => onWeigh(next / 100)}
      />
    </Field>
  )
}

/** Callers that name the function itself or something else of it, and one press that makes them all call this alias. */
function Offer({ id, fn, scenario, onApply, name }: CardProps & { name: string }) {
  const others = callersOf(fn, scenario).filter(({ to }) => to !== id)
  if (others.length === 0) return null
  const names = [...new Set(others.map((caller) => caller.name))]
  return (
    <div className="insp-fixes ver-offer">
      <span className="xs dim">
        {names.join('; ')} {names.length === 1 ? 'does' : 'do'} not call it.
      </span>
      <Button size="sm" onClick={() => onApply(repoint(others, id, scenario))}>
        {others.length === 1 ? `Make it call ${name}` : `Make all ${others.length} call ${name}`}
      </Button>
    </div>
  )
}
