/** What runs: every folder's `runtime.ts`. Only the engine imports this. */
import { FURTHER } from './further'
import type { Install } from './service'

type Module = { readonly install: Install }

// what nearly every scenario has; the rest comes when a document asks for it, so that the worker starts small
const core = import.meta.glob<Module>(['./client/runtime.ts', './lambda/runtime.ts', './sqs/runtime.ts'], {
  eager: true,
})
const folder = (path: string): string => path.split('/')[1]!
const LOADERS = new Map(Object.entries(FURTHER).map(([path, load]) => [folder(path), load]))
const INSTALL = new Map<string, Install>()

/** Takes what is there already: modules by path, as a glob gives them. */
export function provide(modules: { readonly [path: string]: Module }): void {
  for (const [path, { install }] of Object.entries(modules)) INSTALL.set(folder(path), install)
}
provide(core)

/** The `install` of a service, undefined when it has nothing to run. Throws when it has and is not loaded. */
export function installOf(service: string): Install | undefined {
  const install = INSTALL.get(service)
  if (install === undefined && LOADERS.has(service)) throw new Error(`the runtime of ${service} is not loaded`)
  return install
}

/** Loads what of these services is not there yet; null when nothing is missing. Rejects when a file cannot be had. */
export function load(services: Iterable<string>): Promise<void> | null {
  const missing = [...new Set(services)].filter((service) => LOADERS.has(service) && !INSTALL.has(service))
  if (missing.length === 0) return null
  const coming = missing.map(async (service) => INSTALL.set(service, (await LOADERS.get(service)!()).install))
  return Promise.all(coming).then(() => {})
}
