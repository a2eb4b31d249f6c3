import { useId, useState } from 'react'
import type { ScheduleApi } from '../../events/schedule'
import { Field } from '../../ui/Field'
import { NumberField } from '../../ui/NumberField'
import { Segmented } from '../../ui/Segmented'
import { Select } from '../../ui/Select'
import {
  atOf,
  CRON_FIELDS,
  cronOf,
  fieldProblem,
  FIRST,
  modeOf,
  PRESETS,
  rateOf,
  UNITS,
  writeAt,
  writeCron,
  writeRate,
  type CronFields,
  type Mode,
  type Unit,
} from './expression'

interface ExpressionFormProps {
  text: string
  api: ScheduleApi
  disabled: boolean
  onText: (text: string) => void
}

/** A schedule expression by its parts, and as the text it is. Both are always the same. */
export function ExpressionForm({ text, api, disabled, onText }: ExpressionFormProps) {
  const id = useId()
  const read = modeOf(text)
  const [mode, setMode] = useState<Mode>(read ?? 'cron')
  // what was written in a mode is there again when one comes back to it
  const [kept, setKept] = useState<{ readonly [mode in Mode]: string }>({ ...FIRST, ...(read && { [read]: text }) })
  const [seen, setSeen] = useState(text)
  if (seen !== text) {
    setSeen(text)
    if (read !== null) {
      setMode(read)
      setKept({ ...kept, [read]: text })
    }
  }
  const choose = (next: Mode): void => {
    setMode(next)
    onText(kept[next])
  }
  return (
    <>
      <Segmented<Mode>
        label="Kind of schedule"
        value={mode}
        options={[
          { value: 'rate', label: 'Every so often' },
          { value: 'cron', label: 'By the calendar' },
          { value: 'at', label: 'Once', disabled: api === 'rule' },
        ]}
        disabled={disabled}
        onChange={choose}
      />
      {api === 'rule' && <p className="xs faint sched-note">Once is for EventBridge Scheduler; a rule repeats.</p>}
      <div className="sched-parts">
        {mode === 'rate' && <RateParts text={text} disabled={disabled} onText={onText} />}
        {mode === 'cron' && <CronParts text={text} kept={kept.cron} disabled={disabled} onText={onText} />}
        {mode === 'at' && (
          <Field label="Date and time" layout="wide">
            <span className="ui-input">
              <input
                type="datetime-local"
                step={1}
                aria-label="Date and time"
                disabled={disabled}
                value={atOf(text) ?? ''}
                onChange={(event) => event.target.value !== '' && onText(writeAt(event.target.value))}
              />
            </span>
          </Field>
        )}
      </div>
      <div className="sched-text">
        <label htmlFor={id} className="dim">
          Expression
        </label>
        <span className="ui-input mono">
          <input
            id={id}
            value={text}
            maxLength={256}
            spellCheck={false}
            autoComplete="off"
            disabled={disabled}
            onChange={(event) => onText(event.target.value)}
          />
        </span>
      </div>
    </>
  )
}

interface PartsProps {
  text: string
  disabled: boolean
  onText: (text: string) => void
}

function RateParts({ text, disabled, onText }: PartsProps) {
  const rate = rateOf(text) ?? { count: 5, unit: 'minute' as const }
  return (
    <Field label="Every" layout="wide">
      <span className="row">
        <span className="sched-number">
          <NumberField
            aria-label="How many"
            value={rate.count}
            min={1}
            max={31_536_000}
            integer
            disabled={disabled}
            onCommit={(count) => onText(writeRate({ ...rate, count }))}
          />
        </span>
        <Select<Unit>
          aria-label="Unit"
          className="sched-unit"
          value={rate.unit}
          options={UNITS.map((unit) => ({ value: unit, label: rate.count === 1 ? unit : `${unit}s` }))}
          disabled={disabled}
          onChange={(unit) => onText(writeRate({ ...rate, unit }))}
        />
      </span>
    </Field>
  )
}

function CronParts({ text, kept, disabled, onText }: PartsProps & { kept: string }) {
  // a text that has not six fields (yet) leaves the last ones that were there
  const [last, setLast] = useState<CronFields>(() => cronOf(kept) ?? cronOf(FIRST.cron)!)
  const fields = cronOf(text) ?? last
  if (fields !== last && fields.join() !== last.join()) setLast(fields)
  return (
    <>
      <div className="sched-cron" role="group" aria-label="Fields of the cron expression">
        {CRON_FIELDS.map((field, index) => (
          <CronField
            key={field.name}
            {...field}
            value={fields[index]!}
            problem={fieldProblem(fields, index)}
            disabled={disabled}
            onValue={(value) => onText(writeCron(fields, index, value))}
          />
        ))}
      </div>
      <Field label="Begin with" layout="wide">
        <Select
          value={PRESETS.find((preset) => preset.text === text)?.text ?? null}
          options={PRESETS.map(({ label, text: value }) => ({ value, label }))}
          placeholder="A usual one"
          disabled={disabled}
          onChange={onText}
        />
      </Field>
    </>
  )
}

interface CronFieldProps {
  name: string
  takes: string
  value: string
  problem: string | null
  disabled: boolean
  onValue: (value: string) => void
}

function CronField({ name, takes, value, problem, disabled, onValue }: CronFieldProps) {
  const id = useId()
  return (
    <div className="sched-field">
      <label htmlFor={id} className="xs">
        {name}
      </label>
      <span className="ui-input mono" data-invalid={problem !== null || undefined}>
        <input
          id={id}
          value={value}
          aria-invalid={problem !== null || undefined}
          aria-describedby={`${id}-takes`}
          title={problem ?? undefined}
          spellCheck={false}
          autoComplete="off"
          disabled={disabled}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onValue(event.target.value.replaceAll(/\s/g, ''))}
        />
      </span>
      <span id={`${id}-takes`} className="xxs faint">
        {takes}
      </span>
    </div>
  )
}
