import { text } from '../../network/read'
import type { Kind } from '../service'
import { INTERNET } from './actions'

const DEFAULT_HOST = 'api.example'

export const kinds: { readonly [type: string]: Kind } = {
  [INTERNET]: {
    label: 'Internet',
    category: 'sources',
    drawn: 'node',
    glyph: 'internet',
    silhouette: 'actor',
    size: { w: 148, h: 44 },
    summary: 'A host outside AWS that answers HTTPS requests.',
    key: 'i',
    create: (id) => ({ [id]: { Type: INTERNET, Behavior: { host: DEFAULT_HOST } } }),
    typeLine: (resource) => text(resource.Behavior?.['host']) ?? DEFAULT_HOST,
  },
}
