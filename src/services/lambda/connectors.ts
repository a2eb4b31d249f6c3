import type { Connector } from '../service'
import { call } from './connectors/call'
import { deadLetter } from './connectors/dead-letter'
import { destinations } from './connectors/destinations'
import { mapping } from './connectors/mapping'

export const connectors: readonly Connector[] = [mapping, call, deadLetter, ...destinations]
