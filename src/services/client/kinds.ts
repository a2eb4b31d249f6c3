import type { Kind } from '../service'
import { CLIENT } from './resource-type'

export const kinds: { readonly [type: string]: Kind } = {
  [CLIENT]: {
    label: 'Client',
    category: 'sources',
    drawn: 'node',
    glyph: 'client',
    silhouette: 'actor',
    size: { w: 148, h: 44 },
    key: 'C',
    summary: 'Someone or something outside AWS that calls: once, in a burst, at a rate, at random, or on command.',
    create: (id) => ({ [id]: { Type: CLIENT, Behavior: { traffic: { pattern: 'constant', rate: 1 } } } }),
    typeLine: (resource) => describe(resource.Behavior?.['traffic']),
  },
}

/** The type line says what the client does: `20 at once`, `5 requests/s`. */
function describe(traffic: unknown): string {
  const { pattern, rate, count, times, every, from, to } = (traffic ?? {}) as { [name: string]: unknown }
  switch (pattern) {
    case 'once':
      return 'one request'
    case 'burst':
      return `${String(count ?? 20)} at once`
    case 'constant':
      return Number(rate ?? 1) === 1 ? '1 request/s' : `${String(rate)} requests/s`
    case 'poisson':
      return `${String(rate ?? 1)}/s at random`
    case 'ramp':
      return `${String(from ?? 0)} to ${String(to ?? 10)} per second`
    case 'repeat':
      return `${String(times ?? 20)} times, every ${String(every ?? 1)} s`
    default:
      return 'when you say so'
  }
}
