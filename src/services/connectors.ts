import { SERVICES } from '.'
import type { Connector } from './service'

const modules = import.meta.glob<{ connectors: readonly Connector[] }>('./*/connectors.ts', { eager: true })

/** The wires all services understand, in the order of the registry. For the page; the worker never draws. */
export const CONNECTORS: readonly Connector[] = SERVICES.flatMap(
  ({ id }) => modules[`./${id}/connectors.ts`]?.connectors ?? [],
)
