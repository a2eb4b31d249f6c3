import { nameIn, ownerOf, qualifierOf } from '../drawing'
import type { Scenario } from '../model/scenario'
import { REASONS } from '../services'
import type { Words } from '../state/run/describe'

/** Names and sentences of a document, for the views of its run. */
export function wordsOf(given: Pick<Scenario, 'resources'> & { labels: Scenario['labels'] | undefined }): Words {
  const { labels, resources } = given
  const scenario = labels === undefined ? { resources } : { resources, labels }
  return {
    name: (id) => nameIn(id, scenario),
    reason: (code) => REASONS[code],
    ownerOf(id) {
      const owner = ownerOf(id, scenario)
      return owner === null ? null : { owner, tag: `v${qualifierOf(id, scenario)}` }
    },
  }
}
