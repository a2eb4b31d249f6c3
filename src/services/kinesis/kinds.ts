import { properties } from '../../network/read'
import type { Kind } from '../service'
import { CONSUMER, ON_DEMAND_SHARDS, settingsOf, STREAM, streamOf } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [STREAM]: {
    label: 'Stream',
    category: 'events',
    drawn: 'node',
    glyph: 'stream',
    silhouette: 'plain',
    size: { w: 184, h: 48 },
    summary: 'Keeps records in order, shard by shard, for everyone who reads them.',
    key: 's',
    create: (id) => ({ [id]: { Type: STREAM, Properties: { ShardCount: 2 } } }),
    shards: (resource) => settingsOf(properties(resource)).shards ?? ON_DEMAND_SHARDS,
    typeLine(resource) {
      const { shards } = settingsOf(properties(resource))
      return `Stream · ${shards === null ? 'on demand' : shards === 1 ? '1 shard' : `${shards} shards`}`
    },
  },
  [CONSUMER]: {
    label: 'Stream consumer',
    short: 'Consumer',
    category: 'events',
    drawn: 'attachment',
    glyph: 'shard',
    summary: 'A reader with 2 MB/s of every shard to itself (enhanced fan-out).',
    palette: false,
    owners: (resource) => [streamOf(resource)].filter((id) => id !== null),
  },
}
