import { objectOf } from '../../../model/json'
import type { Duration } from '../../../model/scenario'
import { NumberField } from '../../../ui/NumberField'
import { Select } from '../../../ui/Select'
import { TextArea } from '../../../ui/TextArea'
import { meanOf } from '../estimate'
import { FormRow } from './FormRow'
import { useForm, type ControlProps } from './form-context'
import { readJson } from './json-text'

type Shape = 'fixed' | 'exp' | 'uniform' | 'lognormal' | 'quantiles'

const SHAPES: readonly { value: Shape; label: string; note: string }[] = [
  { value: 'fixed', label: 'Fixed', note: 'always the same' },
  { value: 'exp', label: 'Exponential', note: 'mean' },
  { value: 'uniform', label: 'Uniform', note: 'shortest, longest' },
  { value: 'lognormal', label: 'Lognormal', note: 'median, p90' },
  { value: 'quantiles', label: 'Quantiles', note: 'points' },
]

const isDuration = (value: unknown): value is Duration =>
  typeof value === 'number' || (typeof value === 'object' && value !== null)
const shapeOf = (value: Duration): Shape =>
  typeof value === 'number'
    ? 'fixed'
    : ((['exp', 'uniform', 'lognormal'] as const).find((shape) => shape in value) ?? 'quantiles')
const round = (n: number): number => Number(n.toPrecision(3))

/** The same mean (or median) in another shape. */
function reshaped(value: Duration, shape: Shape): Duration {
  const mean = round(meanOf(value))
  switch (shape) {
    case 'fixed':
      return mean
    case 'exp':
      return { exp: mean }
    case 'uniform':
      return { uniform: [round(mean / 2), round(mean * 1.5)] }
    case 'lognormal':
      return { lognormal: { p50: Math.max(0.000001, mean), p90: Math.max(0.000001, round(mean * 2)) } }
    case 'quantiles':
      return { quantiles: { '0.5': mean, '0.9': round(mean * 2), '0.99': round(mean * 4) } }
  }
}

/** A time: fixed, or drawn at random from a distribution. */
export function DurationControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const written = isDuration(value) ? value : undefined
  const shown = written ?? (isDuration(field.default) ? field.default : undefined)
  const unit = field.unit === undefined || field.unit === 'count' ? 's' : field.unit
  const shape = shown === undefined ? 'fixed' : shapeOf(shown)
  const reset = written === undefined || field.required ? undefined : () => onChange(undefined)
  const set = (next: Duration) => onChange(next)

  function number(label: string, at: number | undefined, commit: (n: number) => void, least = 0) {
    return (
      <NumberField
        aria-label={`${field.title}: ${label}`}
        value={at}
        min={least}
        max={field.max}
        step={0.01}
        unit={unit}
        placeholder={at === undefined ? 'from facts' : undefined}
        disabled={form.readOnly}
        onCommit={commit}
        onClear={reset}
      />
    )
  }

  return (
    <FormRow field={field} path={path} layout="stack" onReset={reset}>
      <div className="insp-duration">
        <Select
          aria-label={`${field.title}: distribution`}
          value={shape}
          options={SHAPES}
          disabled={form.readOnly}
          onChange={(next) => set(reshaped(shown ?? 0.1, next))}
        />
        {(shown === undefined || typeof shown === 'number') &&
          number('seconds', written === undefined ? undefined : shown, set)}
        {typeof shown === 'object' && 'exp' in shown && number('mean', shown.exp, (exp) => set({ exp }))}
        {typeof shown === 'object' && 'uniform' in shown && (
          <>
            {number('shortest', shown.uniform[0], (n) => set({ uniform: [n, Math.max(n, shown.uniform[1])] }))}
            {number('longest', shown.uniform[1], (n) => set({ uniform: [Math.min(n, shown.uniform[0]), n] }))}
          </>
        )}
        {typeof shown === 'object' && 'lognormal' in shown && (
          <>
            {number(
              'median',
              shown.lognormal.p50,
              (p50) => set({ lognormal: { p50, p90: Math.max(p50, shown.lognormal.p90) } }),
              0.000001,
            )}
            {number(
              '90th percentile',
              shown.lognormal.p90,
              (p90) => set({ lognormal: { p50: Math.min(p90, shown.lognormal.p50), p90 } }),
              0.000001,
            )}
          </>
        )}
      </div>
      {typeof shown === 'object' && 'quantiles' in shown && (
        <TextArea
          mono
          rows={3}
          aria-label={`${field.title}: quantiles`}
          value={JSON.stringify(shown.quantiles)}
          disabled={form.readOnly}
          validate={quantileProblem}
          onCommit={(text) => set({ quantiles: JSON.parse(text) as { [p: string]: number } })}
        />
      )}
    </FormRow>
  )
}

function quantileProblem(text: string): string | undefined {
  const read = readJson(text)
  if ('problem' in read) return read.problem
  const entries = Object.entries(objectOf(read.value))
  const good = entries.every(([p, n]) => Number(p) >= 0 && Number(p) <= 1 && typeof n === 'number' && n >= 0)
  return entries.length > 0 && good ? undefined : 'Write probabilities and seconds: {"0.5": 0.1, "0.99": 0.8}.'
}
