import { useId, useMemo, useState } from 'react'
import { isoSeconds, secondsOf, UTC, type Schedule } from '../../events/schedule'
import { RUN_EPOCH } from '../../model/identity'
import { Button } from '../../ui/Button'
import { Combobox } from '../../ui/Combobox'
import { firesFrom, offsetOf, onClock, shiftAfter, SHOWN, type Span } from './fires'
import { date } from './reading'
import type { Flexible } from './SchedulerOptions'
import { otherZone, setOtherZone, zones } from './zones'

interface FireTimesProps {
  /** null: it cannot be read. */
  schedule: Schedule | null
  /** Whose clock it reads. */
  zone: string
  span: Span
  flexible: Flexible
  onFrom: (from: number) => void
}

/** The next fires on two clocks: in UTC, and in a zone of the learner's choice. */
export function FireTimes({ schedule, zone, span, flexible, onFrom }: FireTimesProps) {
  const id = useId()
  const [other, setOther] = useState(otherZone)
  const options = useMemo(() => zones(other).map((name) => ({ value: name, label: name })), [other])
  const { from, start, end } = span
  const offset = useMemo(() => offsetOf(zone) ?? UTC, [zone])
  const shown = useMemo(() => offsetOf(other) ?? UTC, [other])
  const fires = useMemo(
    () => (schedule === null ? [] : firesFrom(schedule, { from, start: start ?? null, end: end ?? null }, offset)),
    [schedule, from, start, end, offset],
  )
  const shift = useMemo(
    () => (schedule === null ? null : shiftAfter(schedule, from, offset, shown)),
    [schedule, from, offset, shown],
  )
  return (
    <section className="sched-fires" aria-labelledby={id}>
      <div className="sched-fires-head">
        <h3 id={id} className="strong grow">
          {fires.length === 1
            ? 'Its only time'
            : fires.length === SHOWN || fires.length === 0
              ? 'Next ten times'
              : `The last ${fires.length} times`}
        </h3>
        <label className="row xs dim">
          from
          <span className="ui-input sched-date">
            <input
              type="date"
              value={isoSeconds(from).slice(0, 10)}
              min="1970-01-01"
              max="2199-12-31"
              onChange={({ target }) => {
                const day = secondsOf(`${target.value}T00:00:00`)
                if (day !== null) onFrom(day)
              }}
            />
          </span>
        </label>
      </div>
      <table className="ui-table num">
        <caption className="visually-hidden">When it fires next</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" data-align="end">
              UTC
            </th>
            <th scope="col" className="sched-other">
              <span className="visually-hidden">{other}</span>
              <Combobox
                aria-label="Another time zone"
                value={other}
                options={options}
                emptyText="No such zone is known."
                onChange={(next) => {
                  setOther(next)
                  setOtherZone(next)
                }}
              />
            </th>
          </tr>
        </thead>
        <tbody>
          {fires.map((at) => {
            const [utc, there] = [onClock(at, UTC), onClock(at, shown)]
            return (
              <tr key={at}>
                <td>{utc.date}</td>
                <td data-align="end">{utc.time}</td>
                <td data-align="end">
                  {utc.date === there.date ? null : <span className="faint">{there.date.slice(0, 3)} </span>}
                  <span className="strong">{there.time}</span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {schedule !== null && fires.length === 0 && (
        <p className="dim">It does not fire {from === RUN_EPOCH ? 'any more' : 'after this day'}.</p>
      )}
      {flexible.minutes !== null && fires.length > 0 && (
        <p className="xs dim">
          Fires at some moment within {flexible.minutes} min after {fires.length === 1 ? 'it' : 'each'}.
        </p>
      )}
      {shift !== null && (
        <p className="xs dim sched-shift">
          <span className="grow">
            {other} changes its clock: from {date(shift + shown(shift))} it fires at {onClock(shift, shown).time} there.
          </span>
          <Button size="sm" onClick={() => onFrom(Math.floor(shift / 86_400) * 86_400)}>
            Go there
          </Button>
        </p>
      )}
    </section>
  )
}
