import { Table, type Column } from '../../kernel/columns'
import type { ServiceContext } from '../service'
import type { Admission } from './admission'
import type { FunctionConfig } from './config'
import { environmentMachine } from './environment.machine'
import type { Meters } from './meters'
import { NewestFirst } from './newest-first'

/** The environments of all functions: who is warm, who is taken, and which work each one does. */
export interface Environments {
  /** Work an environment does: a request of `calls`, or -1. */
  readonly request: Column<Int32Array>
  /** Or an asynchronous event, or -1. */
  readonly event: Column<Int32Array>
  readonly fn: Column<Int32Array>
  /** The present invocation is the first of its environment. */
  readonly cold: Column<Uint8Array>
  /** The environment was reset after a crash: init runs again inside the next invocation (LAM-23). */
  readonly reset: Column<Uint8Array>
  readonly initTook: Column<Float64Array>
  /** Reason code if a request may not run now, or -1. */
  refusal(fn: number, asynchronous: boolean): number
  /** Gives work to the newest idle environment or a new one. `refusal` must have been -1. */
  take(fn: number, request: number, event: number): void
  /** The work of an environment is over. */
  free(environment: number): void
  /** Recording id. */
  drawn(environment: number): number
  idle(fn: number): number
}

export function createEnvironments(
  context: ServiceContext,
  configs: readonly FunctionConfig[],
  meters: readonly Meters[],
  admission: Admission,
  begin: (environment: number) => void,
): Environments {
  const { kernel } = context
  const { metrics } = kernel
  const table = kernel.part(new Table(64))
  const fn = table.i32()
  const request = table.i32(-1)
  const event = table.i32(-1)
  const cold = table.u8()
  const reset = table.u8()
  const initTook = table.f64()
  const born = table.i32()
  const wait = table.f64()
  const counts = kernel.part(new Table(configs.length || 1))
  const alive = counts.i32()
  const ever = counts.i32()
  configs.forEach(() => counts.add())
  const idle = kernel.part(new NewestFirst(configs.length, table, born))
  const coldReason = context.reason('lambda.cold')
  const noAddress = context.reason('lambda.noAddress')

  const life = context.lifecycle({
    entities: table,
    machine: environmentMachine,
    drawn: { owner: (e) => configs[fn.data[e]!]!.resource, label: (e) => `e${ever.data[fn.data[e]!]!}` },
    implementation: {
      guards: { 'has work': (e) => request.data[e]! >= 0 || event.data[e]! >= 0 },
      actions: {
        begin,
        rest: (e) => idle.add(fn.data[e]!, e),
        vanish: (e) => {
          const f = fn.data[e]!
          idle.remove(f, e)
          alive.data[f] = alive.data[f]! - 1
          metrics.gauge(meters[f]!.environments, kernel.now, alive.data[f]!)
          context.signal('vpc.detach', configs[f]!.resource, life.drawn.of(e))
          kernel.after(0, removed, e)
        },
      },
      delays: {
        PROVISION: (e) => wait.data[e]! + configs[fn.data[e]!]!.provision(),
        INIT: (e) => (initTook.data[e] = configs[fn.data[e]!]!.init()),
        IDLE: (e) => configs[fn.data[e]!]!.idle,
      },
    },
  })
  // the row of the last state still refers to the entity while the chart finishes its step
  const removed = kernel.handler((e) => table.remove(e))
  const INVOKE = life.event('invoke')
  const DONE = life.event('done')

  return {
    request,
    event,
    fn,
    cold,
    reset,
    initTook,
    refusal(f, asynchronous) {
      const fresh = idle.size(f) === 0
      const refused = admission.refusal(f, fresh, asynchronous)
      if (refused >= 0 || !fresh) return refused
      return context.read('vpc.attachDelay', configs[f]!.resource) < 0 ? noAddress : -1
    },
    take(f, forRequest, forEvent) {
      let e = idle.newest(f)
      const fresh = e < 0
      admission.enter(f, fresh)
      metrics.gauge(meters[f]!.concurrency, kernel.now, admission.running(f))
      if (fresh) {
        e = table.add()
        fn.data[e] = f
        ever.data[f] = ever.data[f]! + 1
        alive.data[f] = alive.data[f]! + 1
        metrics.gauge(meters[f]!.environments, kernel.now, alive.data[f]!)
        metrics.count(meters[f]!.coldStarts, kernel.now)
        context.explain(coldReason, configs[f]!.resource, -1, alive.data[f]!)
        born.data[e] = life.drawn.born(e)
        wait.data[e] = Math.max(0, context.read('vpc.attachDelay', configs[f]!.resource))
        context.signal('vpc.attach', configs[f]!.resource, born.data[e]!)
        cold.data[e] = 1
      } else {
        idle.remove(f, e)
        cold.data[e] = 0
      }
      request.data[e] = forRequest
      event.data[e] = forEvent
      if (fresh) life.start(e)
      else life.send(e, INVOKE)
    },
    free(e) {
      const f = fn.data[e]!
      request.data[e] = -1
      event.data[e] = -1
      admission.leave(f)
      metrics.gauge(meters[f]!.concurrency, kernel.now, admission.running(f))
      life.send(e, DONE)
    },
    drawn: (e) => life.drawn.of(e),
    idle: (f) => idle.size(f),
  }
}
