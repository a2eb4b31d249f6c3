import { useState, type CSSProperties, type KeyboardEvent } from 'react'
import { useFieldControl } from './field-context'
import { positionOf, steppedBy, valueAt, type SliderScale } from './slider-scale'
import './controls.css'

interface SliderProps {
  value: number
  min: number
  max: number
  step?: number | undefined
  /** log spreads small values out (memory, rates); it needs min > 0. */
  scale?: SliderScale | undefined
  /** Values marked on the track: the default, a threshold. */
  ticks?: readonly number[] | undefined
  /** Spoken after the value: `MB`. */
  unit?: string | undefined
  /** Every value passed while dragging. */
  onChange?: ((value: number) => void) | undefined
  /** The value left behind, once, when the pointer or key is let go. */
  onCommit: (value: number) => void
  'aria-label'?: string | undefined
  disabled?: boolean | undefined
}

const RESOLUTION = 1000

/** A native range input over a linear or log scale. Arrows move by one step (a hundredth of a log track), Page keys by ten. */
export function Slider(props: SliderProps) {
  const { value, min, max, step = 1, scale = 'linear', ticks = [], unit, onChange, onCommit, disabled } = props
  const field = useFieldControl()
  const [draft, setDraft] = useState<number | null>(null)
  const shown = draft ?? value
  const position = positionOf(shown, min, max, scale)

  function preview(next: number) {
    setDraft(next)
    onChange?.(next)
  }

  function commit() {
    if (draft === null) return
    setDraft(null)
    if (draft !== value) onCommit(draft)
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = keyTarget(event.key, shown, props)
    if (next === undefined) return
    event.preventDefault()
    preview(next)
  }

  const style: CSSProperties & Record<'--at', number> = { '--at': position }
  return (
    <span className="ui-slider" style={style}>
      {ticks.map((tick) => (
        <i key={tick} style={{ '--at': positionOf(tick, min, max, scale) } as CSSProperties} />
      ))}
      <input
        type="range"
        min={0}
        max={RESOLUTION}
        step="any"
        value={position * RESOLUTION}
        disabled={disabled}
        aria-label={props['aria-label']}
        aria-labelledby={props['aria-label'] ? undefined : field?.labelId}
        aria-describedby={field?.describedBy}
        aria-valuetext={unit ? `${shown} ${unit}` : String(shown)}
        onChange={(event) => preview(valueAt(event.target.valueAsNumber / RESOLUTION, min, max, step, scale))}
        onKeyDown={onKeyDown}
        onKeyUp={commit}
        onPointerUp={commit}
        onBlur={commit}
      />
    </span>
  )
}

function keyTarget(
  key: string,
  value: number,
  { min, max, step = 1, scale = 'linear' }: SliderProps,
): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return steppedBy(1, value, min, max, step, scale)
    case 'ArrowLeft':
    case 'ArrowDown':
      return steppedBy(-1, value, min, max, step, scale)
    case 'PageUp':
      return steppedBy(10, value, min, max, step, scale)
    case 'PageDown':
      return steppedBy(-10, value, min, max, step, scale)
    case 'Home':
      return min
    case 'End':
      return max
    default:
      return undefined
  }
}
