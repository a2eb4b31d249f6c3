import { useId, useMemo, useState } from 'react'
import { parseSchedule } from '../../events/schedule'
import { fromUnixCron } from '../../events/schedule/unix-cron'
import { RUN_EPOCH } from '../../model/identity'
import { objectOf } from '../../model/json'
import type { Json, JsonObject, Scenario } from '../../model/scenario'
import { announce } from '../../ui/announce'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Glyph } from '../../ui/glyphs'
import { setPatches } from '../inspector/patches'
import type { Building, EditHandler } from '../inspector/types'
import { nameOf } from '../inspector/words'
import { apiOf } from './expression'
import { ExpressionForm } from './ExpressionForm'
import { FireTimes } from './FireTimes'
import { instantOf, offsetOf } from './fires'
import { readingOf } from './reading'
import { SchedulerOptions, type Flexible } from './SchedulerOptions'
import './schedule.css'

export interface ScheduleDialogProps {
  building: Building
  scenario: Scenario
  readOnly: boolean
  onEdit: EditHandler
  onClose: () => void
  /** Gets the focus when it closes. */
  door: () => HTMLElement | null
}

/** A schedule, what it says in words, and when it fires next. */
export default function ScheduleDialog({ building, scenario, readOnly, onEdit, onClose, door }: ScheduleDialogProps) {
  const form = useId()
  const { resource } = building
  const api = apiOf(scenario.resources[resource]?.Type)
  const properties = scenario.resources[resource]?.Properties ?? {}
  const written = settingsOf(properties)
  const [text, setText] = useState(written.text)
  const [zone, setZone] = useState(written.zone)
  const [flexible, setFlexible] = useState<Flexible>(written.flexible)
  const [from, setFrom] = useState(RUN_EPOCH)

  const trimmed = text.trim()
  const schedule = useMemo(() => parseSchedule(trimmed, api), [trimmed, api])
  const offset = useMemo(() => offsetOf(zone), [zone])
  const refused = 'refused' in schedule
  const remedies = refused ? (fromUnixCron(trimmed.replace(/^cron\((.*)\)$/, '$1')) ?? []) : []
  const changed = trimmed !== written.text || zone !== written.zone || !same(flexible, written.flexible)
  const applies = !refused && offset !== null && !readOnly && changed

  const apply = (): void => {
    if (!applies) return
    const next: JsonObject = {
      ...properties,
      ScheduleExpression: trimmed,
      ...(zone === written.zone ? {} : { ScheduleExpressionTimezone: zone }),
      ...(same(flexible, written.flexible) ? {} : { FlexibleTimeWindow: windowOf(flexible) }),
    }
    onEdit(
      `Schedule of ${nameOf(resource, scenario)}`,
      setPatches(scenario, ['resources', resource, 'Properties'], next),
    )
    announce(`Wrote the schedule of ${nameOf(resource, scenario)}`)
    onClose()
  }
  const span = { from, start: instantOf(properties['StartDate']), end: instantOf(properties['EndDate']) }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Schedule of ${nameOf(resource, scenario)}`}
      description={
        api === 'rule'
          ? 'Rules read the clock in UTC, whatever the season.'
          : 'A schedule reads the clock of its own time zone.'
      }
      width={880}
      finalFocus={door}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={!applies}>
            Apply
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="sched"
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        <div className="sched-form">
          <ExpressionForm text={text} api={api} disabled={readOnly} onText={setText} />
          <div className="sched-reading" role="status" data-refused={refused || undefined}>
            {refused ? (
              <>
                <p>
                  <Glyph name="error" size={14} />
                  <span>{schedule.refused}</span>
                </p>
                {remedies.map((remedy) => (
                  <Button key={remedy} size="sm" disabled={readOnly} onClick={() => setText(remedy)}>
                    Use <span className="mono">{remedy}</span>
                  </Button>
                ))}
              </>
            ) : (
              <p className="strong">{readingOf(schedule, zone)}</p>
            )}
          </div>
          {api === 'scheduler' && (
            <SchedulerOptions
              zone={zone}
              flexible={flexible}
              disabled={readOnly}
              onZone={setZone}
              onFlexible={setFlexible}
            />
          )}
        </div>
        <FireTimes schedule={refused ? null : schedule} zone={zone} span={span} flexible={flexible} onFrom={setFrom} />
      </form>
    </Dialog>
  )
}

const same = (a: Flexible, b: Flexible): boolean => a.minutes === b.minutes

function settingsOf(properties: JsonObject): { text: string; zone: string; flexible: Flexible } {
  const { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow } = properties
  const { Mode, MaximumWindowInMinutes } = objectOf(FlexibleTimeWindow)
  const minutes = Mode === 'FLEXIBLE' && typeof MaximumWindowInMinutes === 'number' ? MaximumWindowInMinutes : null
  return {
    text: typeof ScheduleExpression === 'string' ? ScheduleExpression : 'rate(5 minutes)',
    zone: typeof ScheduleExpressionTimezone === 'string' ? ScheduleExpressionTimezone : 'UTC',
    flexible: { minutes },
  }
}

const windowOf = ({ minutes }: Flexible): Json =>
  minutes === null ? { Mode: 'OFF' } : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: minutes }
