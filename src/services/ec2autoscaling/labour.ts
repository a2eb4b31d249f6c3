import { Outcome, RowKind } from '../../model/recording'
import { toMicros } from '../../model/units'
import type { Column, Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'
import type { Sampler } from '../../kernel/sampler'
import { Effects } from '../effects'
import { ITEM, PAST, PAYLOAD, RECEIVES, TRACE } from '../parcel'
import type { Calls, Parcels, ServiceContext } from '../service'
import type { Fleet, Labour } from './fleet'
import type { Worker } from './settings'

/** A worker as the run needs it. */
interface Job extends Worker {
  readonly asks: boolean
  readonly resource: number
  readonly source: number
  readonly took: Sampler
  readonly receive: number
  readonly remove: number
  /** Wire of the call after the work, -1 for none. */
  readonly callWire: number
  /** Content of a receive. */
  readonly asking: number
}

/** What the instances of all groups do: they ask their queue, work on message after message and delete what is done (SQS-10). */
export class Work implements Labour {
  /** Set by who makes both. */
  fleet!: Pick<Fleet, 'life' | 'groupOf'>
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #calls: Calls
  readonly #parcels: Parcels
  readonly #ids: readonly string[]
  readonly #jobs: (Job | null)[]
  readonly #effects: readonly Effects[]
  readonly #meters
  readonly #last: number
  readonly #kinds: { readonly [name in 'received' | 'worked' | 'called' | 'deleted']: number }
  readonly #why: { readonly [name in 'poison' | 'callFailed' | 'interrupted']: number }
  /** Of an instance: the receive or call that is open, and the agenda slot of its work; -1 for none. */
  readonly #request: Column<Int32Array>
  readonly #timer: Column<Int32Array>
  /** What it has in hand, and which message of it is the turn of. */
  readonly #parcel: Column<Int32Array>
  readonly #nth: Column<Int32Array>
  readonly #began: Column<Float64Array>

  constructor(context: ServiceContext, ids: readonly string[], instances: Table) {
    const { kernel } = context
    const { metrics } = kernel
    this.#context = context
    this.#kernel = kernel
    this.#calls = context.calls
    this.#parcels = context.parcels
    this.#ids = ids
    this.#jobs = ids.map(() => null)
    this.#effects = ids.map(() => kernel.part(new Effects()))
    this.#last = toMicros(context.scenario().duration)
    this.#meters = ids.map((id) => ({
      done: metrics.series(id, 'MessagesDone', 'count'),
      failed: metrics.series(id, 'MessagesFailed', 'count'),
      interrupted: metrics.series(id, 'MessagesInterrupted', 'count'),
      effects: metrics.series(id, 'Effects', 'count'),
      duplicates: metrics.series(id, 'DuplicateEffects', 'count'),
      took: metrics.series(id, 'Duration', 'duration'),
    }))
    this.#kinds = {
      received: kernel.handler((request, i) => this.#received(request, i)),
      worked: kernel.handler((i) => this.#worked(i)),
      called: kernel.handler((request, i) => this.#called(request, i)),
      deleted: kernel.handler((request, i) => this.#deleted(request, i)),
    }
    this.#why = {
      poison: context.reason('ec2autoscaling.poison'),
      callFailed: context.reason('ec2autoscaling.callFailed'),
      interrupted: context.reason('ec2autoscaling.interrupted'),
    }
    this.#request = instances.i32(-1)
    this.#timer = instances.i32(-1)
    this.#parcel = instances.i32(-1)
    this.#nth = instances.i32()
    this.#began = instances.f64()
  }

  /** What the instances of group `g` do from now on; null: they ask no more. The queue is the first one that was named. */
  configure(g: number, worker: Worker | null): void {
    const { calls, payloads } = this.#context
    const id = this.#ids[g]!
    const wire = (to: string, action: string): number => calls.wire(id, to, action, { role: null, network: false })
    const before = this.#jobs[g] ?? null
    if (worker === null) {
      if (before !== null) this.#jobs[g] = { ...before, asks: false }
      return
    }
    const queue = before?.queue ?? worker.queue
    this.#jobs[g] = {
      ...worker,
      queue,
      asks: true,
      resource: this.#context.index(id),
      source: this.#context.index(queue),
      took: this.#context.sampler(worker.duration, id, 'work'),
      receive: wire(queue, 'sqs:ReceiveMessage'),
      remove: wire(queue, 'sqs:DeleteMessage'),
      callWire: worker.call === null ? -1 : wire(worker.call.to, worker.call.action),
      asking: payloads.intern({ body: { WaitTimeSeconds: worker.wait }, poison: false }),
    }
  }

  poll(i: number): void {
    const job = this.#job(i)
    // an idle fleet must not keep a run from ending
    if (
      job === null ||
      !job.asks ||
      (this.#kernel.now > this.#last && this.#context.read('sqs.held', job.source) === 0)
    )
      return
    this.#kernel.recorder.trace = -1
    const request = this.#calls.send(job.receive, job.asking, job.batch, this.#kinds.received, i)
    this.#request.data[i] = request
  }

  /** An instance that is idle asks, unless it does already. */
  wake(i: number): void {
    if (this.#request.data[i]! < 0) this.poll(i)
  }

  pause(i: number): number {
    return toMicros(this.#job(i)!.pause)
  }

  work(i: number): void {
    const job = this.#job(i)!
    this.#kernel.recorder.trace = this.#item(i, TRACE)
    this.#began.data[i] = this.#kernel.now
    this.#timer.data[i] = this.#kernel.after(job.took(), this.#kinds.worked, i)
  }

  /** What it has in hand comes again when its visibility timeout is over. */
  leave(i: number): void {
    const { recorder } = this.#kernel
    const job = this.#job(i)
    const request = this.#request.data[i]!
    const parcel = this.#parcel.data[i]!
    if (this.#timer.data[i]! >= 0) this.#kernel.agenda.remove(this.#timer.data[i]!)
    if (request >= 0) {
      this.#calls.abandon(request)
      if (parcel < 0) this.#context.signal('sqs.receiveAbandoned', job!.source, request)
    }
    if (parcel >= 0) {
      const rest = this.#parcels.get(parcel).slice(this.#nth.data[i]! * ITEM)
      recorder.trace = rest[TRACE]!
      this.#kernel.metrics.count(this.#meters[this.#group(i)]!.interrupted, rest.length / ITEM)
      this.#context.explain(this.#why.interrupted, job!.resource, this.fleet.life.drawn.of(i), rest.length / ITEM)
      this.#letGo(rest)
      this.#parcels.drop(parcel)
    }
    this.#request.data[i] = this.#timer.data[i] = this.#parcel.data[i] = -1
  }

  #received(request: number, i: number): void {
    this.#request.data[i] = -1
    const job = this.#job(i)!
    const parcel = this.#calls.outcome(request) === Outcome.ok ? this.#calls.value(request) : -1
    if (parcel < 0) {
      const waited = this.#calls.outcome(request) === Outcome.ok && job.wait > 0
      return this.#tell(i, waited ? 'again' : 'empty')
    }
    this.#parcel.data[i] = parcel
    this.#nth.data[i] = 0
    this.#tell(i, 'received')
  }

  #worked(i: number): void {
    this.#timer.data[i] = -1
    const job = this.#job(i)!
    const payload = this.#item(i, PAYLOAD)
    if (this.#context.payloads.get(payload).poison) {
      this.#context.explain(this.#why.poison, job.resource, this.fleet.life.drawn.of(i), this.#item(i, RECEIVES))
      this.#fails(i)
      return job.poison === 'delete' ? this.#delete(i, job) : this.#next(i)
    }
    if (job.callWire < 0) return this.#done(i, job)
    const { lineage } = this.#context
    const outer = lineage.past
    lineage.past = this.#item(i, PAST)
    const sent = this.#calls.send(job.callWire, payload, 1, this.#kinds.called, i)
    lineage.past = outer
    this.#request.data[i] = sent
  }

  #called(request: number, i: number): void {
    this.#request.data[i] = -1
    const job = this.#job(i)!
    if (this.#calls.outcome(request) === Outcome.ok) return this.#done(i, job)
    this.#context.explain(this.#why.callFailed, job.resource, this.fleet.life.drawn.of(i))
    this.#fails(i)
    this.#next(i)
  }

  /** The message is done: that is an effect, and again one when it was done before. */
  #done(i: number, job: Job): void {
    const g = this.#group(i)
    const { metrics } = this.#kernel
    const trace = this.#item(i, TRACE)
    const meters = this.#meters[g]!
    metrics.count(meters.done)
    metrics.count(meters.effects)
    if (trace >= 0 && this.#effects[g]!.note(trace, this.#item(i, PAYLOAD))) metrics.count(meters.duplicates)
    this.#end(i, Outcome.ok)
    if (job.deletes) this.#delete(i, job)
    else this.#next(i)
  }
  #fails(i: number): void {
    this.#kernel.metrics.count(this.#meters[this.#group(i)]!.failed)
    this.#end(i, Outcome.error)
    const at = this.#nth.data[i]! * ITEM
    this.#letGo(this.#parcels.get(this.#parcel.data[i]!).slice(at, at + ITEM))
  }
  #end(i: number, outcome: Outcome): void {
    const { recorder, metrics, now } = this.#kernel
    const began = this.#began.data[i]!
    metrics.observe(this.#meters[this.#group(i)]!.took, now - began)
    recorder.emit(RowKind.span, this.#job(i)!.resource, this.fleet.life.drawn.of(i), outcome, began)
  }

  #delete(i: number, job: Job): void {
    const at = this.#nth.data[i]! * ITEM
    const one = this.#parcels.put(this.#parcels.get(this.#parcel.data[i]!).slice(at, at + ITEM))
    const request = this.#calls.send(job.remove, one, 1, this.#kinds.deleted, i)
    this.#request.data[i] = request
  }
  #deleted(request: number, i: number): void {
    this.#request.data[i] = -1
    this.#parcels.drop(this.#calls.payload(request))
    this.#next(i)
  }

  #next(i: number): void {
    const parcel = this.#parcel.data[i]!
    this.#nth.data[i] = this.#nth.data[i]! + 1
    if (this.#nth.data[i] * ITEM < this.#parcels.get(parcel).length) return this.work(i)
    this.#parcels.drop(parcel)
    this.#parcel.data[i] = -1
    this.#tell(i, 'over')
  }

  /** Nobody will delete these: they reappear because of what was told just now. */
  #letGo(items: readonly number[]): void {
    const parcel = this.#parcels.put(items)
    this.#context.signal('sqs.letGo', -1, parcel)
    this.#parcels.drop(parcel)
  }

  #tell(i: number, event: 'received' | 'again' | 'empty' | 'over'): void {
    const { life } = this.fleet
    life.send(i, life.event(event))
  }
  #group(i: number): number {
    return this.fleet.groupOf.data[i]!
  }
  #job(i: number): Job | null {
    return this.#jobs[this.#group(i)]!
  }
  #item(i: number, place: number): number {
    return this.#parcels.get(this.#parcel.data[i]!)[this.#nth.data[i]! * ITEM + place]!
  }
}
