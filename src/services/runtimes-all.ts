/** Has every service at hand, for the command line and tests, where nothing is gained by loading a service later. */
import { provide } from './runtimes'

provide(import.meta.glob('./*/runtime.ts', { eager: true }))
