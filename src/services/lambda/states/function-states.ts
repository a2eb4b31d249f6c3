import { Table } from '../../../kernel/columns'
import type { Lifecycle } from '../../../kernel/lifecycle'
import { toMicros } from '../../../model/units'
import { ENI_FAILURES } from '../../eni-failures'
import type { ServiceContext } from '../../service'
import type { Callees } from '../invocation/callees'
import type { FunctionConfig } from '../config'
import { functionMachine } from './function.machine'
import { stateReason } from './state-reasons'

/**
 * State of every function (LAM-15): Pending until its network interfaces are built, Active, Failed. A function in a VPC that nobody calls
 * for two weeks loses its interfaces and becomes Inactive; the next call is refused and revives it (NET-6).
 */
export class FunctionStates {
  readonly #context: ServiceContext
  readonly #configs: readonly FunctionConfig[]
  readonly #functions: number
  readonly #life: Lifecycle
  readonly #called
  readonly #active: number
  readonly #inactive: number
  /** Why a state refuses calls. */
  readonly #refusals: readonly number[]
  readonly #failed: number
  readonly #idle: number
  readonly #idleAfter: number
  /** Runs that are too short for it watch for nothing. */
  readonly #watches: boolean
  readonly #kinds: { readonly [name in 'deploying' | 'looking']: number }
  readonly #event: { readonly [name in 'deploy' | 'ready' | 'failed' | 'idle' | 'revive']: number }

  /** `configs` begins with `$LATEST` of the `functions`. */
  constructor(context: ServiceContext, configs: readonly FunctionConfig[], callees: Callees, functions: number) {
    const { kernel } = context
    this.#context = context
    this.#configs = configs
    this.#functions = functions
    const table = kernel.part(new Table(functions || 1))
    /** Last call, or the moment it became Active (µs). */
    this.#called = table.f64()
    for (let f = 0; f < functions; f++) table.add()
    this.#idleAfter = toMicros(context.number('lambda.inactiveAfter'))
    this.#watches = toMicros(context.scenario().duration) > this.#idleAfter
    const life = context.lifecycle({
      entities: table,
      machine: functionMachine,
      drawn: { owner: (f) => configs[f]!.resource, label: (f) => configs[f]!.id },
      implementation: {
        guards: {
          'interfaces ready': (f) =>
            configs[f]!.creationFails === null &&
            (context.read('vpc.ready', configs[f]!.resource) === 1 || !this.#inVpc(f)),
        },
      },
      onEnter: (f, state) => {
        if (state === this.#active) this.#watch(f)
      },
    })
    this.#life = life
    this.#active = life.code('Active')
    const pending = life.code('Pending')
    const unusable = life.code('Failed')
    this.#inactive = life.code('Inactive')
    const refusals = {
      Absent: context.reason('lambda.absent'),
      Pending: context.reason('lambda.pending'),
      Failed: context.reason('lambda.unusable'),
      Inactive: context.reason('lambda.reviving'),
      Active: -1,
    }
    this.#refusals = life.table.states.map((state) => refusals[state as keyof typeof refusals])
    this.#failed = context.reason('lambda.stateFailed')
    this.#idle = context.reason('lambda.inactive')
    this.#event = {
      deploy: life.event('deploy'),
      ready: life.event('ready'),
      failed: life.event('failed'),
      idle: life.event('idle'),
      revive: life.event('revive'),
    }
    this.#kinds = {
      deploying: kernel.handler((f) => this.#deploy(f)),
      looking: kernel.handler((f) => this.#look(f)),
    }
    const functionAt = (resource: number): number =>
      callees.plain(resource) < functions ? callees.plain(resource) : -1
    context.listen('vpc.ready', (resource) => {
      const f = functionAt(resource)
      if (f >= 0) life.send(f, life.state.data[f] === unusable ? this.#event.deploy : this.#event.ready)
    })
    context.listen('vpc.failed', (resource, failure) => {
      const f = functionAt(resource)
      if (f >= 0 && life.state.data[f] === pending) this.#fail(f, ENI_FAILURES[failure - 1]!)
    })
    context.publish('lambda.pending', (resource) => {
      const f = callees.fnOf(resource)
      return f < 0 || life.state.data[f] === this.#active ? 0 : 1
    })
  }

  start(): void {
    for (let f = 0; f < this.#functions; f++) {
      this.#life.drawn.born(f)
      this.#context.kernel.recorder.cause = -1
      this.#life.start(f)
      const { created } = this.#configs[f]!
      if (created === null) this.#deploy(f)
      else this.#context.kernel.after(created, this.#kinds.deploying, f)
    }
  }

  /** Reason why a call is refused now, or -1. A call of an Inactive function revives it. */
  refusal(f: number): number {
    const state = this.#life.state.data[f]!
    if (state === this.#active) {
      if (this.#watches) this.#called.data[f] = this.#context.kernel.now
      return -1
    }
    if (state === this.#inactive) {
      this.#life.send(f, this.#event.revive)
      this.#context.signal('vpc.revived', this.#configs[f]!.resource, 0)
    }
    return this.#refusals[state]!
  }

  #inVpc(f: number): boolean {
    return this.#context.properties(this.#configs[f]!.id)['VpcConfig'] !== undefined
  }

  #deploy(f: number): void {
    this.#life.send(f, this.#event.deploy)
    const { creationFails, resource } = this.#configs[f]!
    const code = creationFails ?? ENI_FAILURES[this.#context.read('vpc.failed', resource) - 1]
    if (code !== undefined) this.#fail(f, code)
  }

  #fail(f: number, code: string): void {
    this.#context.explain(this.#failed, this.#configs[f]!.resource, -1, stateReason(code))
    this.#life.send(f, this.#event.failed)
  }

  #watch(f: number): void {
    if (!this.#watches || !this.#inVpc(f)) return
    this.#called.data[f] = this.#context.kernel.now
    this.#context.kernel.after(this.#idleAfter, this.#kinds.looking, f)
  }

  #look(f: number): void {
    if (this.#life.state.data[f] !== this.#active) return
    const { kernel } = this.#context
    const left = this.#called.data[f]! + this.#idleAfter - kernel.now
    if (left > 0) {
      kernel.after(left, this.#kinds.looking, f)
      return
    }
    const { resource } = this.#configs[f]!
    this.#context.explain(this.#idle, resource, -1, this.#idleAfter / toMicros(DAY))
    this.#life.send(f, this.#event.idle)
    this.#context.signal('vpc.idle', resource, 0)
  }
}

const DAY = 86_400
