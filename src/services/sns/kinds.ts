import { patternLine } from '../../events/pattern-line'
import { properties, ref, text } from '../../network/read'
import type { Kind } from '../service'
import { isFifo, SUBSCRIPTION, TOPIC } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [TOPIC]: {
    label: 'Topic',
    category: 'events',
    drawn: 'node',
    glyph: 'topic',
    silhouette: 'bus',
    size: { w: 176, h: 45 },
    summary: 'Gives every subscriber a copy of each message, filtered by what the subscriber wants.',
    idStem: 'Topic',
    create: (id) => ({ [id]: { Type: TOPIC, Properties: {} } }),
    typeLine: (resource) => (isFifo(resource) ? 'Topic · FIFO' : 'Topic · standard'),
  },
  [SUBSCRIPTION]: {
    label: 'Subscription',
    category: 'events',
    drawn: 'edge',
    glyph: 'topic',
    summary: 'Who gets a copy of a topic’s messages, and which ones.',
    palette: false,
    owners: (resource) => ['TopicArn', 'Endpoint'].flatMap((name) => ref(properties(resource)[name]) ?? []),
    row({ Properties }) {
      const filter = Properties?.['FilterPolicy']
      const protocol = text(Properties?.['Protocol'] ?? null) ?? ''
      return { line: filter === undefined ? `${protocol}, every message` : `${protocol}, ${patternLine(filter)}` }
    },
    typeLine: (resource) => `Subscription · ${text(properties(resource)['Protocol']) ?? ''}`,
  },
}
