import { properties, text } from '../../network/read'
import type { Kind } from '../service'
import { SCHEDULE } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [SCHEDULE]: {
    label: 'Schedule',
    category: 'sources',
    drawn: 'node',
    glyph: 'schedule',
    silhouette: 'actor',
    size: { w: 148, h: 44 },
    summary: 'Calls one target by the clock: once, at a rate, or by a calendar in any time zone.',
    create: (id) => ({
      [id]: {
        Type: SCHEDULE,
        Properties: { ScheduleExpression: 'rate(1 minute)', FlexibleTimeWindow: { Mode: 'OFF' }, State: 'ENABLED' },
      },
    }),
    typeLine: (resource) => text(properties(resource)['ScheduleExpression']) ?? 'Schedule',
  },
}
