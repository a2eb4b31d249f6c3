import { ref, properties, text } from '../../network/read'
import { freeId } from '../edit'
import type { Kind } from '../service'
import { pipeRole } from './role'
import { PIPE } from './settings'

export const kinds: { readonly [type: string]: Kind } = {
  [PIPE]: {
    label: 'Pipe',
    category: 'events',
    drawn: 'node',
    glyph: 'pipe',
    silhouette: 'plain',
    size: { w: 148, h: 72 },
    summary: 'Takes events from a queue or a stream, filters and enriches them, and hands them to one target.',
    idStem: 'Pipe',
    create(id, { taken }) {
      const role = freeId(`${id}Role`, (name) => taken.has(name))
      return { [id]: { Type: PIPE, Properties: { RoleArn: role } }, [role]: pipeRole() }
    },
    typeLine(resource) {
      const all = properties(resource)
      if (text(all['DesiredState']) === 'STOPPED') return 'Pipe · stopped'
      return ref(all['Enrichment']) === null ? 'Pipe' : 'Pipe · enriched'
    },
  },
}
