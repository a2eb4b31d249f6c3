import { gatePlain, unforeseen, type Gated } from './gate'
import { parseText } from './parse'
import type { Registry } from './registry'

/** The gate for text (JSON or YAML). */
export function gateText(text: string, registry: Registry): Gated {
  try {
    const parsed = parseText(text)
    return parsed.ok ? gatePlain(parsed.value, registry) : { ok: false, problems: [parsed.problem] }
  } catch (error) {
    return unforeseen(error)
  }
}
