import type { Kind } from '../service'
import { BUCKET, isVersioned } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [BUCKET]: {
    label: 'Bucket',
    category: 'data',
    drawn: 'node',
    glyph: 'bucket',
    silhouette: 'store',
    size: { w: 148, h: 48 },
    summary: 'Objects by key, in S3. Tells functions, queues, topics or the default bus when one comes or goes.',
    key: 'o',
    create: (id) => ({ [id]: { Type: BUCKET, Properties: {} } }),
    typeLine: (resource) => (isVersioned(resource) ? 'Bucket · versioned' : 'Bucket'),
  },
}
