import { useEffect, useState } from 'react'
import { nameIn, ownerOf, qualifierOf } from '../drawing'
import type { Scenario } from '../model/scenario'
import type { Words } from '../state/run/describe'

type Reasons = { readonly [code: string]: string }

const NONE: Reasons = {}
const loading = import('../services/reasons')

/** The sentences that explain decisions. They load beside the first run, which takes longer. */
export function useReasons(): Reasons {
  const [reasons, setReasons] = useState(NONE)
  useEffect(() => void loading.then(({ REASONS }) => setReasons(REASONS)), [])
  return reasons
}

/** Names and sentences of a document, for the views of its run. */
export function wordsOf(
  given: Pick<Scenario, 'resources'> & { labels: Scenario['labels'] | undefined },
  reasons: Reasons,
): Words {
  const { labels, resources } = given
  const scenario = labels === undefined ? { resources } : { resources, labels }
  return {
    name: (id) => nameIn(id, scenario),
    reason: (code) => reasons[code],
    ownerOf(id) {
      const owner = ownerOf(id, scenario)
      return owner === null ? null : { owner, tag: `v${qualifierOf(id, scenario)}` }
    },
  }
}
