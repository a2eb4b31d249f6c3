import type { Json } from '../../../model/scenario'
import type { Content, ServiceContext } from '../../service'
import type { FunctionConfig } from '../config'
import { CONFIG, INTS } from './environment-row'
import type { Environments } from './environments'
import { ERROR } from '../invocation/errors'
import { Memory, type Kept } from './memory'
import type { Meters } from '../meters'
import type { Remember, Step } from '../invocation/steps'

/** Steps that concern the environment alone. */
export type SideStep = Exclude<Step, { kind: 'spend' | 'call' | 'fail' | 'loop' | 'next' }>

/** Level of the space taken in /tmp (MB). */
const SPACE = 'tmp space'
/** Value of a variable that holds an open connection. */
const CONNECTED = 'connected'
const kindOf = (value: Json): string => (value === CONNECTED ? 'connection' : 'global')

/** What handlers do to their own environment: variables, connections, files, memory, log lines. */
export class Side {
  readonly #context: ServiceContext
  readonly #configs: readonly FunctionConfig[]
  readonly #meters: readonly Meters[]
  readonly #memory: Memory
  readonly #log: number
  readonly #connected: number
  #environments!: Environments

  constructor(context: ServiceContext, configs: readonly FunctionConfig[], meters: readonly Meters[]) {
    this.#context = context
    this.#configs = configs
    this.#meters = meters
    this.#memory = context.kernel.part(new Memory())
    this.#log = context.reason('lambda.log')
    this.#connected = context.reason('lambda.connected')
  }

  runIn(environments: Environments): void {
    this.#environments = environments
  }

  /** Does a step. Returns the time it takes (µs), or the type of the error it raises. */
  run(e: number, it: SideStep): number | string {
    const config = this.#configs[this.#environments.ints.data[e * INTS + CONFIG]!]!
    switch (it.kind) {
      case 'log':
        this.#context.explain(this.#log, config.resource, this.#environments.drawn(e), it.index)
        this.#each(config, (meter) => this.#context.kernel.metrics.count(meter.logLines))
        return 0
      case 'memory':
        return this.#take(e, config, it.size, it.kept)
      case 'connect':
        return this.#connect(e, config, it)
      case 'state':
        return this.#remember(e, it)
      case 'write': {
        const kept = this.#of(e)
        const files = { ...kept.files, [it.file]: it.size }
        const used = Object.values(files).reduce((sum, size) => sum + size, 0)
        if (used > config.space) return ERROR.noSpace
        this.#put(e, { ...kept, files })
        this.#show(e, SPACE, used)
        return 0
      }
      case 'read':
        return it.optional || this.#of(e).files[it.file] !== undefined ? 0 : ERROR.noFile
    }
  }

  /** A call is over: what its handler knew is gone. */
  end(e: number): void {
    const { handler } = this.#of(e)
    this.#memory.end(e)
    for (const name of Object.keys(handler)) this.#show(e, `handler ${name}`, 0)
  }

  /** The runtime process of an environment ended: /tmp is all that stays (LAM-23). */
  reset(e: number): void {
    const { global } = this.#of(e)
    this.#memory.reset(e)
    for (const [name, value] of Object.entries(global)) this.#show(e, `${kindOf(value)} ${name}`, 0)
  }

  /** An environment is gone. */
  forget(e: number): void {
    if (!this.#memory.has(e)) return
    const { tmp, files } = this.#of(e)
    this.reset(e)
    for (const name of Object.keys(tmp)) this.#show(e, `tmp ${name}`, 0)
    if (Object.keys(files).length > 0) this.#show(e, SPACE, 0)
    this.#memory.forget(e)
  }

  /** What environments hold now. */
  contents(): Content[] {
    return [...this.#memory.entries()].flatMap(([e, { label, global, tmp, files, at }]) => {
      const { resource } = this.#configs[this.#environments.ints.data[e * INTS + CONFIG]!]!
      const of = (kind: string, values: { readonly [name: string]: Json }): Content[] =>
        Object.entries(values).map(([name, value]) => ({
          resource: this.#context.id(resource),
          kind,
          key: `${label}/${name}`,
          at,
          value,
        }))
      return [...of('global', global), ...of('tmp', tmp), ...of('file', files)]
    })
  }

  #of(e: number): Kept {
    return this.#memory.of(e, this.#environments.label(e))
  }

  #put(e: number, kept: Kept): void {
    this.#memory.put(e, { ...kept, at: this.#context.kernel.now })
  }

  #take(e: number, config: FunctionConfig, size: number, kept: boolean): number | string {
    const before = this.#of(e)
    if (config.needs + before.taken + before.borrowed + size > config.memory) return ERROR.memory
    this.#put(e, kept ? { ...before, taken: before.taken + size } : { ...before, borrowed: before.borrowed + size })
    return 0
  }

  #connect(e: number, config: FunctionConfig, it: Extract<Step, { kind: 'connect' }>): number {
    const kept = this.#of(e)
    if (it.kept && kept.global[it.name] !== undefined) return 0
    const took = it.took()
    this.#context.explain(this.#connected, config.resource, this.#environments.drawn(e), took / 1_000)
    this.#each(config, (meter) => this.#context.kernel.metrics.count(meter.connectMs, took / 1_000))
    if (it.kept) {
      this.#put(e, { ...kept, global: { ...kept.global, [it.name]: CONNECTED } })
      this.#show(e, `connection ${it.name}`, 1)
    }
    return took
  }

  #remember(e: number, it: Remember): number {
    const kept = this.#of(e)
    const next = (before: Json | undefined): Json => ('set' in it ? it.set : (Number(before ?? 0) || 0) + it.add)
    const value = next(kept[it.scope][it.name])
    this.#put(e, { ...kept, [it.scope]: { ...kept[it.scope], [it.name]: value } })
    this.#show(e, `${it.scope} ${it.name}`, Number(value) || 0)
    return 0
  }

  /** What an environment holds, as a number: `e1 global count`. */
  #show(e: number, name: string, value: number): void {
    const { resource } = this.#configs[this.#environments.ints.data[e * INTS + CONFIG]!]!
    this.#context.level(resource, `${this.#environments.label(e)} ${name}`)(value)
  }

  #each({ slot, fn }: FunctionConfig, count: (meter: Meters) => void): void {
    count(this.#meters[slot]!)
    if (slot !== fn) count(this.#meters[fn]!)
  }
}
