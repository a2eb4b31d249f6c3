import type { Random } from '../../../kernel/random'
import type { ServiceContext } from '../../service'
import { aliasIds, LATEST, routingOf, type RunningVersion } from '../versions/versions'

interface Route {
  readonly first: number
  readonly second: number
  readonly weight: number
  readonly stream: number
}

/** Which version answers a call: the function itself means `$LATEST`, a version itself, an alias what it points to (LAM-60, LAM-61). */
export class Callees {
  /** Version by resource index; -1: no version. */
  readonly #version: Int32Array
  /** Function by resource index. */
  readonly #fn: Int32Array
  readonly #routes: (Route | undefined)[] = []
  readonly #context: ServiceContext
  readonly #random: Random
  readonly #running: readonly RunningVersion[]

  constructor(context: ServiceContext, running: readonly RunningVersion[]) {
    const size = Object.keys(context.scenario().resources).length
    this.#context = context
    this.#random = context.kernel.random
    this.#running = running
    this.#version = new Int32Array(size).fill(-1)
    this.#fn = new Int32Array(size).fill(-1)
    running.forEach(({ own, fn }, version) => {
      this.#version[context.index(own)] = version
      this.#fn[context.index(own)] = fn
    })
    for (const id of aliasIds(context.scenario())) this.route(id)
  }

  /** Reads an alias, again after it was pointed elsewhere. */
  route(id: string): void {
    const { fn, first, second, weight } = routingOf(this.#context.scenario(), id)
    const resource = this.#context.index(id)
    const place = (version: string): number =>
      this.#running.findIndex(({ own, version: number, id: owner }) =>
        version === LATEST ? owner === fn && number === LATEST : own === version,
      )
    const latest = place(LATEST)
    const one = place(first)
    this.#fn[resource] = this.#running.findIndex(({ own }) => own === fn)
    this.#routes[resource] = {
      first: one < 0 ? latest : one,
      second: second === null ? -1 : place(second),
      weight,
      stream: this.#context.stream(id, 'routing'),
    }
  }

  /** Function a resource stands for. */
  fnOf(resource: number): number {
    return this.#fn[resource]!
  }

  /** Version of a resource that is none but an alias: -1. */
  plain(resource: number): number {
    return this.#version[resource]!
  }

  /** Version that answers the next call of an alias: drawn anew for every call when two share them. */
  draw(resource: number): number {
    const route = this.#routes[resource]!
    if (route.second < 0 || route.weight === 0) return route.first
    return this.#random.uniform(route.stream) < route.weight ? route.second : route.first
  }

  /** Versions an alias may answer with and their shares, for provisioned concurrency. */
  shares(resource: number): { version: number; share: number }[] {
    const route = this.#routes[resource]
    if (route === undefined) return [{ version: this.#version[resource]!, share: 1 }]
    if (route.second < 0 || route.weight === 0) return [{ version: route.first, share: 1 }]
    return [
      { version: route.first, share: 1 - route.weight },
      { version: route.second, share: route.weight },
    ]
  }

  /** How many of `total` environments each version gets, as an alias shares its calls. */
  split(resource: number, total: number): { slot: number; count: number }[] {
    const [first, second] = this.shares(resource)
    const count = second === undefined ? total : Math.round(total * first!.share)
    const one = { slot: first!.version, count }
    return second === undefined ? [one] : [one, { slot: second.version, count: total - count }]
  }
}
