import type { Duration } from '../../../model/scenario'
import { Table, type Column } from '../../../kernel/columns'
import type { Lifecycle } from '../../../kernel/lifecycle'
import { ENI_FAILURES } from '../../eni-failures'
import type { ServiceContext } from '../../service'
import { readFunction, type FunctionConfig } from '../config'
import { CONFIG, INTS } from '../environment/environment-row'
import type { Environments } from '../environment/environments'
import { stateReason } from '../states/state-reasons'
import { updateMachine } from './update.machine'
import { runningVersions } from './versions'

/**
 * Updates of `$LATEST` during a run (LAM-15). While one is in progress calls run the previous code; afterwards new environments get the new
 * one, and those of the old code end when they are free. A change of reserved concurrency or dead letters deploys nothing.
 */
export class Deployments {
  readonly #context: ServiceContext
  readonly #configs: FunctionConfig[]
  readonly #environments: Environments
  readonly #life: Lifecycle
  readonly #update: number
  /** Place of the newest configuration by function. */
  readonly #last: Column<Int32Array>
  readonly #taking: (() => number) | null
  readonly #reasons: { readonly [name in 'deployed' | 'updating' | 'failed']: number }
  readonly #switching: number

  /** `configs` gets the new configurations. */
  constructor(context: ServiceContext, configs: FunctionConfig[], functions: number, environments: Environments) {
    this.#context = context
    this.#configs = configs
    this.#environments = environments
    const table = context.kernel.part(new Table(functions || 1))
    this.#last = table.kept()
    for (let f = 0; f < functions; f++) table.add()
    const time: Duration = context.fact('lambda.updateTime')
    this.#taking = time === 0 ? null : context.sampler(time, 'lambda', 'update')
    this.#life = context.lifecycle({
      entities: table,
      machine: updateMachine,
      drawn: { owner: (f) => configs[f]!.resource, label: (f) => `${configs[f]!.id} update` },
      implementation: {},
    })
    this.#update = this.#life.event('update')
    this.#reasons = {
      deployed: context.reason('lambda.deployed'),
      updating: context.reason('lambda.updating'),
      failed: context.reason('lambda.updateFailed'),
    }
    const UPDATED = this.#life.event('updated')
    const FAILED = this.#life.event('failed')
    this.#switching = context.kernel.handler((f, place) => {
      const { updateFails, resource } = configs[place]!
      if (updateFails === null) {
        // one that waited for interfaces may come after a later one that did not, or that took it back
        if (place > environments.current.data[f]! && place <= this.#last.data[f]!) this.#switch(f, place)
      } else context.explain(this.#reasons.failed, resource, -1, stateReason(updateFails))
      this.#life.send(f, updateFails === null ? UPDATED : FAILED)
    })
  }

  /** Reads a function whose document changed. */
  configure(f: number): void {
    const present = this.#configs[this.#environments.current.data[f]!]!
    const version = runningVersions(this.#context.scenario())[f]!
    const config = readFunction(this.#context, version, f)
    // admission and the asynchronous queue read the first of a function's configurations
    this.#configs[f] = { ...this.#configs[f]!, reserved: config.reserved }
    if (config.deployed === present.deployed) {
      this.#last.data[f] = this.#environments.current.data[f]!
      return
    }
    const place = this.#configs.push(config) - 1
    this.#last.data[f] = place
    const { resource } = config
    const failure = ENI_FAILURES[this.#context.read('vpc.failed', resource) - 1]
    // new interfaces are built first (NET-5)
    const waits = this.#context.read('vpc.readyIn', resource)
    if (failure !== undefined) this.#configs[place] = { ...config, updateFails: config.updateFails ?? failure }
    else if (this.#taking === null && waits === 0 && config.updateFails === null) return this.#switch(f, place)
    const took = Math.max(waits, this.#taking?.() ?? 0)
    this.#context.explain(this.#reasons.updating, resource, -1, took / 1e6)
    if (this.#life.drawn.of(f) < 0) {
      this.#life.drawn.born(f)
      this.#life.start(f)
    }
    this.#life.send(f, this.#update)
    this.#context.kernel.after(took, this.#switching, f, place)
  }

  #switch(f: number, place: number): void {
    const environments = this.#environments
    this.#context.explain(this.#reasons.deployed, this.#configs[place]!.resource)
    environments.current.data[f] = place
    const row = environments.ints.data
    environments.retire((e) => {
      const config = row[e * INTS + CONFIG]!
      return config !== place && this.#configs[config]!.slot === f
    })
  }
}
