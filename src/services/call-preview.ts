/** What the first calls of a client will carry. For the page: the run makes them in the same way (runtime.ts). */
import { Random } from '../kernel/random'
import type { JsonObject, LogicalId, Scenario } from '../model/scenario'
import type { Payload } from './service'
import { contentOf, templateOf } from './call-contents'
import { uuidOf } from './template'
import { readTraffic } from './traffic'

export type Preview = Omit<Payload, 'poison'> & {
  /** When the call is made (µs); Infinity for a client that waits to be told, which is shown as if told at 0. */
  readonly at: number
}

/** The first `most` calls; one for a client whose calls all carry the same. */
export function previewOf(id: LogicalId, scenario: Scenario, most: number): Preview[] {
  const behavior = scenario.resources[id]?.Behavior ?? {}
  const content = contentOf(behavior)
  const template = templateOf(content)
  if (template === null) return [{ ...content, at: 0 }]
  const random = new Random(scenario.seed)
  const traffic = readTraffic(behavior['traffic'] as JsonObject | undefined, random, random.stream(`${id}/arrivals`))
  const draws = random.stream(`${id}/content`)
  const resource = Object.keys(scenario.resources).sort().indexOf(id)
  const shown: Preview[] = []
  let at = 0
  for (let n = 1; n <= most; n++) {
    if ((n - 1) % traffic.together === 0) at = traffic.next((n - 1) / traffic.together, at)
    const now = at === Infinity ? 0 : at
    const made = template({
      n,
      now,
      uuid: () => uuidOf(scenario.seed, resource, n),
      draw: () => random.uniform(draws),
    })
    shown.push({ ...made, at })
  }
  return shown
}
