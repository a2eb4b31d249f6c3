import { useState, type DragEvent, type KeyboardEvent } from 'react'
import { ownerOf } from '../../../drawing'
import type { Field } from '../../../gate'
import type { Json, JsonObject } from '../../../model/scenario'
import { KINDS } from '../../../services/kinds'
import { announce } from '../../../ui/announce'
import { Button } from '../../../ui/Button'
import { Menu, type MenuEntry } from '../../../ui/Menu'
import { Section } from '../../../ui/Section'
import { batchOf, stepTime } from '../estimate'
import { switched } from '../form/field-words'
import { useForm, type Form } from '../form/form-context'
import { seconds as time } from '../words'
import { StepEditor } from './StepEditor'
import { loopsOf, moved, STARTS, STEP_GROUPS, stepLine, type InLoop, type StepLine } from './steps'

interface StepListProps {
  field: Field
  steps: readonly JsonObject[]
  path: string
  onChange: (steps: Json[]) => void
}

/** What the code does, in order: a bar in proportion to time and a row per step, which opens to its settings. */
export function StepList({ field, steps, path, onChange }: StepListProps) {
  const form = useForm()
  const [open, setOpen] = useState<number | null>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const lines = steps.map((step) => stepLine(step, form.owner, form.scenario))
  const total = steps.reduce((sum, step) => sum + (stepTime(step, form.owner, form.scenario).seconds ?? 0), 0)
  const batch = batchOf(form.owner, form.scenario)
  const loops = loopsOf(steps)
  const { item } = field

  function move(from: number, to: number) {
    const next = moved(steps, from, to)
    if (next === steps) return
    onChange([...next])
    setOpen((at) => (at === from ? to : at))
    announce(`Step ${from + 1} is now step ${to + 1}.`)
  }
  function remove(index: number) {
    onChange(steps.toSpliced(index, 1))
    setOpen(null)
    announce(`Step ${index + 1} removed.`)
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>, index: number) {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      const to = index + (event.key === 'ArrowUp' ? -1 : 1)
      const rows = event.currentTarget.closest('ol')?.querySelectorAll<HTMLElement>('.insp-step-row')
      rows?.[to]?.focus()
      if (!form.readOnly) move(index, to)
    }
    if (event.key === 'Delete' && !form.readOnly) remove(index)
  }
  function onDrop(event: DragEvent, index: number) {
    event.preventDefault()
    if (dragged !== null) move(dragged, index)
    setDragged(null)
  }

  return (
    <Section
      title="Behavior"
      end={
        <span className="xs faint num">
          {steps.length === 0 ? 'does nothing' : `${time(total)} ${batch === null ? 'a call' : 'a batch'}`}
        </span>
      }
    >
      <StepBar lines={lines} total={total} />
      <ol className="insp-steps" aria-label="Steps">
        {steps.map((step, index) => (
          // rows are dragged with the mouse; Alt+Up, Alt+Down and the buttons of an open step do the same
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={index}
            data-loop={loops[index] ?? undefined}
            draggable={!form.readOnly && open !== index}
            data-dragged={dragged === index || undefined}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              setDragged(index)
            }}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDragEnd={() => setDragged(null)}
            onDrop={(event) => onDrop(event, index)}
          >
            {(loops[index] === 'first' || loops[index] === 'only') && (
              <p className="insp-loop xxs" aria-hidden="true">
                for each of {batch === null ? 'the messages' : `${batch} messages`}
              </p>
            )}
            <StepRow
              line={lines[index]}
              loop={loops[index] ?? null}
              index={index}
              open={open === index}
              onOpen={() => setOpen(open === index ? null : index)}
              onKeyDown={(event) => onKeyDown(event, index)}
            />
            {open === index && item && (
              <StepEditor
                field={item}
                step={step}
                path={`${path}/${index}`}
                first={index === 0}
                last={index === steps.length - 1}
                onChange={(next) => onChange(steps.map((old, i) => (i === index ? next : old)))}
                onMove={(by) => move(index, index + by)}
                onRemove={() => remove(index)}
              />
            )}
          </li>
        ))}
      </ol>
      {!form.readOnly && item && (
        <Menu
          trigger={
            <Button size="sm" glyph="add" glyphEnd="chevron-down">
              Add step
            </Button>
          }
          entries={() =>
            stepEntries(item, (name) => {
              onChange([...steps, newStep(name, switched(item, {}, name, form.scenario), form)])
              setOpen(steps.length)
            })
          }
        />
      )}
    </Section>
  )
}

/** Kinds of steps under what they are for; what no group names comes last. */
function stepEntries(item: Field, add: (name: string) => void): MenuEntry[] {
  const variants = item.variants ?? []
  const grouped = new Set(STEP_GROUPS.flatMap((group) => group.steps))
  const rest = variants.map(({ name }) => name).filter((name) => !grouped.has(name))
  return [...STEP_GROUPS, { label: 'Other', steps: rest }].flatMap(({ label, steps }): MenuEntry[] => {
    const found = steps.flatMap((name) => variants.find((variant) => variant.name === name) ?? [])
    const entries = found.map(({ name, title }): MenuEntry => ({ label: title, note: name, onSelect: () => add(name) }))
    return entries.length === 0 ? [] : [{ kind: 'heading', label }, ...entries]
  })
}

/** A new call goes to the first resource that answers one and does not lead straight back here. */
function newStep(name: string, step: Json, { scenario, owner }: Form): Json {
  if (name !== 'call') return STARTS[name] ?? step
  const back = new Set(Object.values(scenario.resources).map(({ Properties }) => Properties?.['EventSourceArn']))
  for (const [id, { Type }] of Object.entries(scenario.resources)) {
    const action = Object.keys(KINDS[Type]?.actions ?? {})[0]
    if (action !== undefined && id !== owner && ownerOf(id, scenario) !== owner && !back.has(id))
      return { call: action, to: id }
  }
  return step
}

function StepBar({ lines, total }: { lines: readonly StepLine[]; total: number }) {
  if (total <= 0) return null
  return (
    <div className="insp-bar" aria-hidden="true">
      {lines.map((line, index) =>
        line.seconds !== null && line.seconds > 0 ? (
          <i
            key={index}
            data-kind={line.what.split(' ')[0]}
            data-tone={index % 4}
            style={{ flexGrow: line.seconds / total }}
          />
        ) : null,
      )}
    </div>
  )
}

interface StepRowProps {
  line: StepLine | undefined
  loop: InLoop
  index: number
  open: boolean
  onOpen: () => void
  onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void
}

function StepRow({ line, loop, index, open, onOpen, onKeyDown }: StepRowProps) {
  const [amount, unit] = (line?.seconds ?? null) === null ? ['', ''] : time(line?.seconds ?? 0).split(' ')
  return (
    <button
      type="button"
      className="insp-step-row xs"
      aria-expanded={open}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
      onClick={onOpen}
      onKeyDown={onKeyDown}
    >
      <span className="xxs faint num">{index + 1}</span>
      <span className="medium truncate">{line?.what}</span>
      <span className="dim">
        {line?.detail}
        {loop !== null && <span className="visually-hidden">, for each message</span>}
      </span>
      <span className="num insp-end">
        {amount} <span className="faint">{unit}</span>
      </span>
    </button>
  )
}
