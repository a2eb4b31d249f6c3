import type { Kind } from '../service'
import { isFifo, QUEUE, redriveOf } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [QUEUE]: {
    label: 'Queue',
    category: 'events',
    drawn: 'node',
    glyph: 'queue',
    silhouette: 'queue',
    size: { w: 148, h: 112 },
    summary: 'Keeps messages until someone receives and deletes them.',
    key: 'q',
    create: (id) => ({ [id]: { Type: QUEUE } }),
    typeLine(resource) {
      const redrive = redriveOf(resource)
      const type = isFifo(resource) ? 'FIFO' : 'standard'
      return redrive === null
        ? `Queue · ${type}`
        : `Queue · ${type === 'FIFO' ? 'FIFO · ' : ''}${redrive.maxReceiveCount} receives`
    },
  },
}
