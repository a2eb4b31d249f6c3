import { patternLine } from '../../events/pattern-line'
import { properties, ref, text } from '../../network/read'
import { idsOf } from '../edit'
import type { Kind } from '../service'
import { archiveKind } from './archive/kinds'
import { ARCHIVE } from './archive/settings'
import { BUS, BUS_POLICY, partnerOf, RULE, ruleOf, targetEntries } from './settings'

/** Matches every event, because every event has a source. */
export const MATCH_ALL = { source: [{ prefix: '' }] }

export const kinds: { readonly [type: string]: Kind } = {
  [BUS]: {
    label: 'Event bus',
    category: 'events',
    drawn: 'node',
    glyph: 'event-bus',
    silhouette: 'bus',
    size: { w: 176, h: 45 },
    summary: 'Takes events and pushes each to the targets of every rule that matches it.',
    key: 'b',
    idStem: 'Bus',
    create: (id) => ({ [id]: { Type: BUS, Properties: { Name: id } } }),
    typeLine: (resource) =>
      partnerOf(resource) !== null
        ? 'Partner event bus'
        : text(resource.Behavior?.['account']) === null
          ? 'Event bus'
          : 'Event bus · other account',
  },
  [BUS_POLICY]: {
    label: 'Bus policy',
    category: 'access',
    drawn: 'none',
    glyph: 'role',
    summary: 'Which other account may put events on a bus.',
    palette: false,
    owners: (resource) => {
      const bus = ref(properties(resource)['EventBusName'])
      return bus === null ? [] : [bus]
    },
  },
  [RULE]: {
    label: 'Rule',
    category: 'events',
    drawn: 'attachment',
    glyph: 'rule',
    summary: 'A pattern on a bus, and up to 5 targets that get what matches.',
    palette: false,
    create(id, { container }, scenario) {
      const bus = container ?? idsOf(BUS, scenario)[0]
      const Properties = { EventPattern: MATCH_ALL, State: 'ENABLED', Targets: [] }
      return { [id]: { Type: RULE, Properties: bus === undefined ? Properties : { EventBusName: bus, ...Properties } } }
    },
    owners(resource, scenario) {
      const id = Object.keys(scenario.resources).find((key) => scenario.resources[key] === resource)
      const bus = id === undefined ? null : ruleOf(id, scenario).bus
      return bus === null ? [] : [bus]
    },
    row({ Properties }) {
      const schedule = text(Properties?.['ScheduleExpression'] ?? null)
      const off = text(Properties?.['State'] ?? null) === 'DISABLED' ? { off: true as const } : {}
      return schedule === null
        ? { line: patternLine(Properties?.['EventPattern']), ...off }
        : { line: schedule, timed: true, glyph: 'schedule', ...off }
    },
    typeLine(resource) {
      const count = targetEntries(resource).length
      return `Rule · ${count} ${count === 1 ? 'target' : 'targets'}`
    },
  },
  [ARCHIVE]: archiveKind,
}
