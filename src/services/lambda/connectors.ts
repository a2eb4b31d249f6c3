import type { Connector } from '../service'
import { call } from './connectors/call'
import { deadLetter } from './connectors/dead-letter'
import { destinations } from './connectors/destinations'
import { mapping } from './connectors/mapping'

/** A dead-letter queue is tried before a destination: both leave at the failure port. */
export const connectors: readonly Connector[] = [mapping, call, deadLetter, ...destinations]
