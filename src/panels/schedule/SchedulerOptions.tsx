import { useMemo } from 'react'
import { Combobox } from '../../ui/Combobox'
import { Field } from '../../ui/Field'
import { NumberField } from '../../ui/NumberField'
import { Segmented } from '../../ui/Segmented'
import { zones } from './zones'

export interface Flexible {
  /** Length of the window; null: it fires at its time. */
  readonly minutes: number | null
}

interface SchedulerOptionsProps {
  zone: string
  flexible: Flexible
  disabled: boolean
  onZone: (zone: string) => void
  onFlexible: (flexible: Flexible) => void
}

/** What EventBridge Scheduler knows and rules do not: a time zone and a flexible window (EB-66). */
export function SchedulerOptions({ zone, flexible, disabled, onZone, onFlexible }: SchedulerOptionsProps) {
  const options = useMemo(() => zones(zone).map((name) => ({ value: name, label: name })), [zone])
  const { minutes } = flexible
  return (
    <div>
      <Field label="Time zone" layout="wide" help="Its clock is read: times follow summer and winter there.">
        <Combobox
          value={zone}
          options={options}
          emptyText="No such zone is known. Try a continent and a city: Europe/Sarajevo."
          disabled={disabled}
          onChange={onZone}
        />
      </Field>
      <Field label="Flexible window" layout="wide">
        <span className="row">
          <Segmented
            label="Flexible window"
            value={minutes === null ? 'off' : 'on'}
            options={[
              { value: 'off', label: 'Off' },
              { value: 'on', label: 'Within' },
            ]}
            disabled={disabled}
            onChange={(next) => onFlexible({ minutes: next === 'off' ? null : 15 })}
          />
          {minutes !== null && (
            <span className="sched-number">
              <NumberField
                aria-label="Minutes of the window"
                value={minutes}
                min={1}
                max={1_440}
                integer
                unit="min"
                disabled={disabled}
                onCommit={(next) => onFlexible({ minutes: next })}
              />
            </span>
          )}
        </span>
      </Field>
    </div>
  )
}
