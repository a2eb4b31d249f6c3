/** The gate for text: files, the code editor, the gallery. Brings the YAML library along. */
import { REGISTRY } from './bound'
import type { Gated } from './gate'
import { gateText } from './gate-text'

export { editYaml, sameJson } from './edit-yaml'
export { locate } from './locate'
export type { Location } from './locate'
export { serialise } from './serialise'

/** Text (JSON or YAML) to a checked document. */
export const gate = (text: string): Gated => gateText(text, REGISTRY)
