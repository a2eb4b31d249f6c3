/** Asking and checking fixes, shared by the tests. */
import type { Scenario } from '../model/scenario'
import { applyPatches, buildNetwork, reach } from './index'
import type { Conditions, Verdict } from './index'

export function ask(
  document: Scenario,
  from: string,
  to: string,
  more: { port?: number } = {},
  conditions: Conditions = {},
): Verdict {
  return reach(buildNetwork(document, conditions), { from, to, ...more })
}

/** Every fix, applied, must open the path, and each of `titles` must be among them. Throws otherwise. */
export function expectFixes(document: Scenario, from: string, to: string, titles: readonly RegExp[]): void {
  const { fixes } = ask(document, from, to)
  for (const fix of fixes) {
    const after = ask(applyPatches(document, fix.patches), from, to)
    if (!after.reachable) throw new Error(`"${fix.title}" does not open the path: ${after.explanation}`)
  }
  for (const title of titles) {
    if (!fixes.some((fix) => title.test(fix.title)))
      throw new Error(`no fix ${String(title)} among: ${fixes.map((fix) => fix.title).join(' | ')}`)
  }
}
