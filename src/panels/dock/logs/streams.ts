import type { Documents } from '../../../state/run/logs/documents'
import type { LineWriter } from '../../../state/run/logs/lines'
import type { RunStore } from '../../../state/run/runStore'

/** Environments that may have written, as options: their labels, and their streams to search by. */
export function streamsOf(
  store: RunStore,
  writer: LineWriter,
  documents: Documents,
  resources: ReadonlySet<string> | null,
): { value: string; label: string; keywords: string }[] {
  const found: { value: string; label: string; keywords: string }[] = []
  for (const { id, own, version } of documents.functions()) {
    if (resources !== null && !resources.has(own)) continue
    for (const entity of store.entitiesOf(own, 'environment')) {
      const name = writer.streamOf(version, entity)
      const label = store.entities[entity]?.label ?? ''
      const short = `${name.slice(11, name.indexOf(']') + 9)}…`
      found.push({
        value: String(entity),
        label: resources === null ? `${id} ${label} ${short}` : `${label} ${short}`,
        keywords: name,
      })
    }
  }
  return found
}
