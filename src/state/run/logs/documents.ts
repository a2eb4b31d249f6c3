import { applySet, ordered } from '../../../model/interventions'
import type { Scenario } from '../../../model/scenario'
import { toMicros } from '../../../model/units'
import { codeOf, type FunctionCode } from './functionCode'

interface Epoch {
  /** µs */
  readonly from: number
  readonly scenario: Scenario
  code: ReadonlyMap<string, FunctionCode> | null
}

/** The document a run was made from, as it stood at each time: `set` interventions change it on the way. */
export class Documents {
  readonly scenario: Scenario
  readonly #epochs: Epoch[]

  /** `scenario` normalised, as the worker got it. */
  constructor(scenario: Scenario) {
    this.scenario = scenario
    this.#epochs = [{ from: -Infinity, scenario, code: null }]
    for (const it of ordered(scenario)) {
      if (!('set' in it)) continue
      const last = this.#epochs.at(-1)!.scenario
      try {
        const next = applySet(last, it.set, it.value).scenario
        this.#epochs.push({ from: toMicros(it.at), scenario: next, code: null })
      } catch {
        // a place that does not exist changes nothing; the gate tells about it
      }
    }
  }

  #at(t: number): Epoch {
    const epochs = this.#epochs
    let i = epochs.length - 1
    while (i > 0 && epochs[i]!.from > t) i--
    return epochs[i]!
  }

  /** What environments of a resource (function or version) run at `t` (µs); undefined when it is neither. */
  code(resource: string, t: number): FunctionCode | undefined {
    const epoch = this.#at(t)
    epoch.code ??= codeOf(epoch.scenario)
    return epoch.code.get(resource)
  }
  /** All functions and versions of the document as it stands at the end. */
  functions(): readonly FunctionCode[] {
    const epoch = this.#at(Infinity)
    epoch.code ??= codeOf(epoch.scenario)
    return [...epoch.code.values()]
  }
}
