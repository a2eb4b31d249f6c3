import { patternLine } from '../../../events/pattern-line'
import { integer, properties } from '../../../network/read'
import { idsOf } from '../../edit'
import type { Kind } from '../../service'
import { BUS } from '../settings'
import { ARCHIVE } from './settings'

const kept = (days: number): string => (days === 0 ? 'for ever' : days === 1 ? '1 day' : `${days} days`)

export const archiveKind: Kind = {
  label: 'Event archive',
  short: 'Archive',
  category: 'events',
  drawn: 'node',
  glyph: 'archive',
  silhouette: 'store',
  summary: 'Keeps the events of a bus, and sends them to it again in a replay.',
  idStem: 'Archive',
  create(id, { container }, scenario) {
    const buses = idsOf(BUS, scenario)
    const bus = container ?? (buses.length === 1 ? buses[0] : undefined)
    return {
      [id]: { Type: ARCHIVE, Properties: { ...(bus === undefined ? {} : { SourceArn: bus }), RetentionDays: 0 } },
    }
  },
  typeLine: (resource) => `Archive · ${kept(integer(properties(resource)['RetentionDays']) ?? 0)}`,
  row({ Properties }) {
    const pattern = Properties?.['EventPattern']
    return { line: pattern === undefined ? 'keeps every event' : `keeps ${patternLine(pattern)}` }
  },
}
