/** Runs with everything at hand; the worker takes `create-run.ts` and loads services and the network analysis as documents ask for them. */
import '../services/runtimes-all'
import { pathsIn } from './paths'
import { providePaths } from './paths-loader'

providePaths(pathsIn)

export * from './create-run'
