/** The network analysis, loaded when a document has a network. The command line is built without this file (vite.cli.config.ts). */
import type { pathsIn } from './paths'

export const importPaths = (): Promise<{ pathsIn: typeof pathsIn }> => import('./paths')
