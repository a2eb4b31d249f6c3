/** What a replay of an archive is asked for, and what it will find: pure functions over the document. */
import type { Intervention, LogicalId, Scenario } from '../../../model/scenario'
import { MICROS } from '../../../model/units'

const RULE = 'AWS::Events::Rule'
/** Seconds until a replay finds an event (EB-15), where the scenario says nothing else. */
const DELAY = 600

/** Enabled and disabled rules on the bus of an archive, in document order. */
export function rulesFor(archive: LogicalId, { resources }: Scenario): LogicalId[] {
  const bus = resources[archive]?.Properties?.['SourceArn']
  return Object.keys(resources).filter(
    (id) => resources[id]!.Type === RULE && bus !== undefined && resources[id]!.Properties?.['EventBusName'] === bus,
  )
}

/** The replay at the playhead (µs): all rules when none is chosen. */
export function replayAt(
  archive: LogicalId,
  at: number,
  { from, to, rules }: { readonly from: number; readonly to: number; readonly rules: readonly LogicalId[] },
): Intervention {
  return { at: at / MICROS, replay: archive, from, to, ...(rules.length === 0 ? {} : { rules: [...rules] }) }
}

/** Up to which second of the run events are in the archive at the playhead (µs). */
export const archivedUntil = (at: number, { facts }: Scenario): number =>
  Math.max(0, Math.floor(at / MICROS - (facts?.['eventbridge.archiveDelay'] ?? DELAY)))

/** What hinders it, in one sentence; null when nothing does. */
export function hindrance(archive: LogicalId, at: number, from: number, to: number, scenario: Scenario): string | null {
  if (scenario.resources[archive]?.Properties?.['SourceArn'] === undefined)
    return 'It keeps the events of no bus. Draw a wire to it from one.'
  if (archivedUntil(at, scenario) <= from) {
    const found = from + (scenario.facts?.['eventbridge.archiveDelay'] ?? DELAY)
    return `What came from ${from} s on is not in the archive yet (EB-15): replays find it from ${found} s on. Play on${from > 0 ? ', or make From earlier' : ''}.`
  }
  if (to <= from) return `It would end at ${to} s, before it begins. Make To later.`
  return null
}
