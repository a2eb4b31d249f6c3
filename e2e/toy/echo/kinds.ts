import { Token } from '../../model/recording'
import type { Kind } from '../service'

export const ECHO = 'Toy::Echo::Cave'

export const kinds: { readonly [type: string]: Kind } = {
  [ECHO]: {
    label: 'Cave',
    category: 'compute',
    drawn: 'node',
    glyph: 'clock',
    silhouette: 'plain',
    size: { w: 148, h: 44 },
    summary: 'Answers every call with what it was called, a little later.',
    create: (id) => ({ [id]: { Type: ECHO, Properties: { MaximumEchoes: 5 } } }),
    typeLine: () => 'Echo · cave',
    actions: {
      'echo:Call': { title: 'calls into', iam: 'echo:Call', waits: true, token: Token.request, port: 443 },
    },
  },
}
