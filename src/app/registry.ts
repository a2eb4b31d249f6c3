import { CONNECTORS, KINDS } from '../services'
import type { Registry } from '../drawing'

export const REGISTRY: Registry = { kinds: KINDS, connectors: CONNECTORS }
