/** A scenario as a file to keep, send or put under version control. */
import type { Scenario } from '../model/scenario'
import { canonicalJson } from './canonical'

const MAX_NAME_CHARS = 60
/** Names Windows reserves whatever extension follows. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/** A file name without extension for a scenario of this name: letters and digits of any script, joined by `-`. */
export function fileStem(name: string): string {
  const words = name
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  const stem = Array.from((words ?? []).join('-'))
    .slice(0, MAX_NAME_CHARS)
    .join('')
    .replace(/-$/, '')
  if (stem === '') return 'scenario'
  return RESERVED.test(stem) ? `${stem}-scenario` : stem
}

/** `orders.coldstart.json` and its text: pretty JSON, keys in canonical order, a newline at the end. */
export function scenarioFile(scenario: Scenario): { name: string; text: string } {
  return { name: `${fileStem(scenario.name)}.coldstart.json`, text: canonicalJson(scenario, true) }
}
