/** Runs with every service at hand; the worker takes `create-run.ts` and loads services as documents ask for them. */
import '../services/runtimes-all'

export * from './create-run'
