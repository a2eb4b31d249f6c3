import { FACTS } from '../services'
import { KINDS } from '../services/kinds'
import { CHECKS } from '../services/checks'
import { SCHEMAS } from '../services/schemas'
import type { Registry } from './registry'

/** The services of this program, as the gate wants them. */
export const REGISTRY: Registry = { schemas: SCHEMAS, kinds: KINDS, checks: CHECKS, facts: FACTS }
