/** Imported resources as a document the gate lets pass: what it does not know or take is left out and named. */
import { applyFix, gateJson, removeResources } from '../gate'
import type { Scenario } from '../model/scenario'
import type { Problem } from '../services/service'

/** Each round mends what the one before uncovered. */
const ROUNDS = 30

/** Throws nothing: what cannot be mended goes as a whole resource. */
export function fitted(scenario: Scenario, notes: (note: string) => void): Scenario {
  let document = scenario
  for (let round = 0; round < ROUNDS; round++) {
    const gated = gateJson(document)
    if (gated.ok) return document
    const errors = gated.problems.filter(({ severity }) => severity === 'error')
    const mended = errors.filter(({ fix }) => fix?.patches.every(({ op }) => op === 'remove') === true)
    if (mended.length > 0) {
      // from the back, so that places in lists stay what they were
      for (const { fix, message } of mended.toReversed()) {
        if (fix === undefined) continue
        document = applyFix(document, fix)
        notes(message)
      }
      continue
    }
    const gone = new Set(errors.flatMap((problem) => resourceOf(problem) ?? []))
    if (gone.size === 0) return document
    for (const { path, message } of errors) notes(`${path.replace(/^\/resources\//, '')}: ${message} It was left out.`)
    document = removeResources(document, [...gone]).scenario
  }
  return document
}

/** `/resources/Fn/Properties/Code` -> `Fn`. */
const resourceOf = ({ path }: Problem): string | undefined => /^\/resources\/([^/]+)/.exec(path)?.[1]
