import { KINDS } from '../services/kinds'
import { CONNECTORS } from '../services/connectors'
import type { Registry } from '../drawing'

export const REGISTRY: Registry = { kinds: KINDS, connectors: CONNECTORS }
