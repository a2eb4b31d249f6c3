import type { Connector } from './service'

const modules = import.meta.glob<{ connectors: readonly Connector[] }>('./*/connectors.ts', { eager: true })

/** The wires all services understand. For the page; the worker never draws. */
export const CONNECTORS: readonly Connector[] = Object.values(modules).flatMap(({ connectors }) => connectors)
