import type { Scenario } from '../../../model/scenario'
import { idsOf, typeOf, withProperties } from '../../edit'
import type { Connection, Connector } from '../../service'
import { BUS } from '../settings'
import { ARCHIVE, archiveOf, KEEP_ACTION, REPLAY_ACTION } from './settings'

/** bus -> archive: its events are kept there. A replay has a wire back. */
export const archiveConnector: Connector = {
  derive: (scenario) =>
    idsOf(ARCHIVE, scenario).flatMap((id): Connection[] => {
      const { bus } = archiveOf(id, scenario)
      if (bus === null) return []
      const back: Connection = { from: id, to: bus, action: REPLAY_ACTION, style: 'async' }
      return [{ from: bus, to: id, action: KEEP_ACTION, style: 'async' }, ...(isReplayed(id, scenario) ? [back] : [])]
    }),
  accepts(from, to, scenario, port) {
    const [bus, archive] = typeOf(from, scenario) === ARCHIVE ? [to, from] : [from, to]
    if (typeOf(archive, scenario) !== ARCHIVE) return null
    if (typeOf(bus, scenario) !== BUS || port === 'failure')
      return { refused: `An archive keeps the events of a bus. Draw from a bus to ${archive}.` }
    return archiveOf(archive, scenario).bus === bus
      ? { refused: `${archive} keeps the events of ${bus} already.` }
      : true
  },
  connect(from, to, scenario) {
    const [bus, archive] = typeOf(from, scenario) === ARCHIVE ? [to, from] : [from, to]
    const before = archiveOf(archive, scenario).bus
    return {
      resources: { [archive]: withProperties(scenario.resources[archive]!, { SourceArn: bus }) },
      said: `${archive} keeps the events of ${bus}${before === null ? '' : `, no longer those of ${before}`}. Narrow its pattern to keep less.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const [bus, archive] = typeOf(from, scenario) === ARCHIVE ? [to, from] : [from, to]
    const { SourceArn: _, ...rest } = scenario.resources[archive]!.Properties ?? {}
    return {
      resources: { [archive]: { ...scenario.resources[archive]!, Properties: rest } },
      said: `${archive} keeps no more events of ${bus}.`,
    }
  },
}

const isReplayed = (id: string, { interventions }: Scenario): boolean =>
  (interventions ?? []).some((step) => 'replay' in step && step.replay === id)
