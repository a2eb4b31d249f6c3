/** What runs, by folder: every `runtime.ts`. Only the engine imports this. */
import type { Install } from './service'

const found = import.meta.glob<{ install: Install }>('./*/runtime.ts', { eager: true })

/** The `install` of a service, undefined when it has nothing to run. */
export const INSTALL: { readonly [service: string]: Install | undefined } = Object.fromEntries(
  Object.entries(found).map(([path, { install }]) => [path.split('/')[1]!, install]),
)
