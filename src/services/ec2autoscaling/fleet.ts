import { MICROS, toMicros } from '../../model/units'
import { Table } from '../../kernel/columns'
import type { Lifecycle } from '../../kernel/lifecycle'
import type { Sampler } from '../../kernel/sampler'
import type { Cost, ServiceContext } from '../service'
import { workerMachine } from './machine'
import type { GroupSettings } from './settings'

const HOUR = 3_600 * MICROS
const PRICES: { readonly [instanceType: string]: string } = {
  't3.micro': 'ec2.t3Micro',
  't3.medium': 'ec2.t3Medium',
  'm5.large': 'ec2.m5Large',
}

/** How many instances of a group are in which part of their life. */
export const PENDING = 0
export const IDLE = 1
export const BUSY = 2
export const LEAVING = 3
const GONE = 4

/** What instances do; it starts when one asks the queue and ends when one leaves. */
export interface Labour {
  poll(instance: number): void
  work(instance: number): void
  /** µs until it asks again. */
  pause(instance: number): number
  leave(instance: number): void
}

interface Shown {
  readonly desired: (value: number) => void
  readonly inService: (value: number) => void
  readonly pending: (value: number) => void
  readonly terminating: (value: number) => void
  readonly max: (value: number) => void
  readonly total: number
  readonly min: number
  readonly busy: number
}

/** The instances of all groups, which run through `workerMachine`, and what they cost. `g`: nth group in document order. */
export class Fleet {
  readonly life: Lifecycle
  readonly instances: Table
  readonly groupOf
  /** When it was launched and when it came into service (µs); -1 before, and for one that has been there from the start. */
  readonly #launched
  readonly #since
  readonly #number
  readonly #place
  readonly #groups: Table
  /** Instances by place, per group. */
  readonly #counts
  /** What the levels said last, by place; in the first the instances in service. */
  readonly #said
  readonly #ever
  readonly desired
  readonly min
  readonly max
  readonly #down
  /** Instance-µs in service, at work, and of instances that are gone, as they are paid for. */
  readonly #inServiceArea
  readonly #busyArea
  readonly #billed
  readonly #measured
  readonly #context: ServiceContext
  readonly #resources: readonly number[]
  readonly #settings: readonly GroupSettings[]
  readonly #boots: Sampler[] = []
  readonly #shown: readonly Shown[]
  readonly #places: readonly number[]
  readonly #least: number
  readonly #removing: number
  readonly #terminate: number
  readonly #over: number

  /** `instances`: their table, a part of the kernel. `settings` by group; the caller changes them. */
  constructor(
    context: ServiceContext,
    ids: readonly string[],
    instances: Table,
    settings: readonly GroupSettings[],
    labour: Labour,
  ) {
    const { kernel } = context
    const { metrics } = kernel
    this.#context = context
    this.#settings = settings
    this.#resources = ids.map((id) => context.index(id))
    this.instances = instances
    this.groupOf = this.instances.kept(-1)
    this.#launched = this.instances.keptF64()
    this.#since = this.instances.keptF64(-1)
    this.#number = this.instances.kept()
    this.#place = this.instances.kept(-1)
    this.#groups = kernel.part(new Table(ids.length))
    this.#counts = this.#groups.kept(0, GONE + 1)
    this.#said = this.#groups.kept(0, GONE)
    this.#ever = this.#groups.kept()
    this.desired = this.#groups.kept()
    this.min = this.#groups.kept()
    this.max = this.#groups.kept()
    this.#down = this.#groups.kept()
    this.#inServiceArea = this.#groups.keptF64()
    this.#busyArea = this.#groups.keptF64()
    this.#billed = this.#groups.keptF64()
    this.#measured = this.#groups.keptF64()
    for (const _ of ids) this.#groups.add()
    this.#least = toMicros(context.number('ec2autoscaling.leastBilled'))
    this.#shown = ids.map((id) => {
      const resource = context.index(id)
      return {
        desired: context.level(resource, 'desired', 'GroupDesiredCapacity'),
        inService: context.level(resource, 'inService', 'GroupInServiceInstances'),
        pending: context.level(resource, 'pending', 'GroupPendingInstances'),
        terminating: context.level(resource, 'terminating', 'GroupTerminatingInstances'),
        max: context.level(resource, 'max', 'GroupMaxSize'),
        min: metrics.series(id, 'GroupMinSize', 'gauge'),
        total: metrics.series(id, 'GroupTotalInstances', 'gauge'),
        busy: metrics.series(id, 'BusyInstances', 'gauge'),
      }
    })
    ids.forEach((_, g) => this.renew(g))
    const life = context.lifecycle({
      entities: this.instances,
      machine: workerMachine,
      drawn: {
        owner: (i) => this.#resources[this.groupOf.data[i]!]!,
        label: (i) => `i${this.#number.data[i]}`,
      },
      onEnter: (i, state) => this.#entered(i, state),
      implementation: {
        guards: { hooked: (i) => this.settingsOf(i).hook !== null },
        delays: {
          BOOT: (i) => this.#boots[this.groupOf.data[i]!]!(),
          PAUSE: (i) => labour.pause(i),
          HEARTBEAT: (i) => toMicros(this.settingsOf(i).hook ?? 0),
        },
        actions: {
          'enter service': (i) => void (this.#since.data[i] = kernel.now),
          poll: (i) => labour.poll(i),
          work: (i) => labour.work(i),
          leave: (i) => {
            labour.leave(i)
            this.#leave(i)
          },
        },
      },
    })
    this.life = life
    this.#places = life.table.states.map((state) =>
      state === 'pending'
        ? PENDING
        : state === 'inService.busy'
          ? BUSY
          : state === 'terminating.busy'
            ? LEAVING
            : state === 'terminated'
              ? GONE
              : IDLE,
    )
    this.#terminate = life.event('TERMINATE')
    this.#over = life.event('over')
    this.#removing = kernel.handler((i) => this.instances.remove(i))
  }

  settingsOf(i: number): GroupSettings {
    return this.#settings[this.groupOf.data[i]!]!
  }
  resourceOf(g: number): number {
    return this.#resources[g]!
  }
  /** Takes over what the settings of a group say about booting. */
  renew(g: number): void {
    const context = this.#context
    const boot = this.#settings[g]!.boot ?? context.fact('ec2autoscaling.boot')
    this.#boots[g] = context.sampler(boot, context.id(this.#resources[g]!), 'boot')
  }

  /** Instances in service with nothing to do. */
  idle(g: number): number[] {
    const idle = this.life.code('inService.idle')
    return this.#members(g).filter((i) => this.life.state.data[i] === idle)
  }

  count(g: number, place: number): number {
    return this.#counts.data[g * (GONE + 1) + place]!
  }
  inService(g: number): number {
    return this.count(g, IDLE) + this.count(g, BUSY)
  }
  /** Instances that boot, or have been in service for less than `warmup` (µs). */
  warming(g: number, warmup: number): number {
    let warming = this.count(g, PENDING)
    const { now } = this.#context.kernel
    for (let i = 0; i < this.instances.size; i++)
      if (this.groupOf.data[i] === g && this.#since.data[i]! >= 0 && now - this.#since.data[i]! < warmup) warming++
    return warming
  }

  /** Sizes as the run begins: the instances have been there before. */
  open(g: number, min: number, max: number, desired: number): void {
    this.#running = true
    this.resize(g, min, max, desired)
    this.#running = false
  }
  #running = false

  /** Sizes from now on; the number of instances follows. */
  resize(g: number, min: number, max: number, desired: number): void {
    const shown = this.#shown[g]!
    const { metrics } = this.#context.kernel
    if (max !== this.max.data[g]) shown.max(max)
    metrics.gauge(shown.min, min)
    this.min.data[g] = min
    this.max.data[g] = max
    const bounded = Math.max(min, Math.min(max, desired))
    if (bounded !== this.desired.data[g]) {
      this.desired.data[g] = bounded
      shown.desired(bounded)
    }
    this.keep(g)
  }

  /** Launches what is missing and sends away what is too many. What follows has the present cause. */
  keep(g: number): void {
    if (this.#down.data[g] === 1) return
    const { recorder } = this.#context.kernel
    const { cause } = recorder
    const present = (): number => this.count(g, PENDING) + this.inService(g)
    while (present() < this.desired.data[g]!) {
      recorder.cause = cause
      this.#launch(g)
    }
    let surplus = present() - this.desired.data[g]!
    if (surplus <= 0) return
    const members = this.#members(g).filter((i) => this.#place.data[i]! < LEAVING)
    if (this.#settings[g]!.newestFirst) members.reverse()
    for (const i of members) {
      if (surplus-- <= 0) break
      recorder.cause = cause
      this.life.send(i, this.#terminate)
    }
  }

  /** All instances of a group stop working at once, or may be launched again. */
  fail(g: number, down: boolean): void {
    this.#down.data[g] = down ? 1 : 0
    if (!down) return this.keep(g)
    const { recorder } = this.#context.kernel
    const { cause } = recorder
    for (const i of this.#members(g)) {
      recorder.cause = cause
      // one that is finishing its work has no time left either
      this.life.send(i, this.#terminate)
      if (this.#place.data[i] === LEAVING) this.life.send(i, this.#over)
    }
  }

  /** Share of the time that instances in service were at work since `before`: sums as `areas` gave them then. Null without instances. */
  use(g: number, [service, busy]: readonly [number, number]): number | null {
    const [serviceNow, busyNow] = this.areas(g)
    return serviceNow > service ? (busyNow - busy) / (serviceNow - service) : null
  }
  areas(g: number): [number, number] {
    const lasted = this.#context.kernel.now - this.#measured.data[g]!
    return [
      this.#inServiceArea.data[g]! + lasted * this.inService(g),
      this.#busyArea.data[g]! + lasted * (this.count(g, BUSY) + this.count(g, LEAVING)),
    ]
  }

  /** Instances at work and idle ones on two lines: what waits costs as much as what works (PR-28). */
  costs(): Cost[] {
    const { now } = this.#context.kernel
    return this.#resources.flatMap((index, g): Cost[] => {
      let billed = this.#billed.data[g]!
      for (const i of this.#members(g)) billed += Math.max(this.#least, now - this.#launched.data[i]!)
      const [, busy] = this.areas(g)
      const resource = this.#context.id(index)
      const fact = PRICES[this.#settings[g]!.instanceType] ?? PRICES['t3.micro']!
      const waiting = this.count(g, PENDING) + this.count(g, IDLE)
      return [
        { resource, item: 'Instances at work', quantity: busy / HOUR, unit: 'h', fact, idle: false },
        {
          resource,
          item: 'Instances booting and idle',
          quantity: (billed - busy) / HOUR,
          unit: 'h',
          fact,
          idle: true,
          perSecond: waiting / 3_600,
        },
      ]
    })
  }

  /** Oldest first. */
  #members(g: number): number[] {
    const members: number[] = []
    for (let i = 0; i < this.instances.size; i++) if (this.groupOf.data[i] === g) members.push(i)
    return members.sort((x, y) => this.#number.data[x]! - this.#number.data[y]!)
  }

  #launch(g: number): void {
    const i = this.instances.add()
    this.groupOf.data[i] = g
    this.#launched.data[i] = this.#context.kernel.now
    this.#since.data[i] = -1
    this.#number.data[i] = this.#ever.data[g] = this.#ever.data[g]! + 1
    this.#place.data[i] = -1
    this.life.drawn.born(i)
    this.life.start(i)
    if (this.#running) this.life.send(i, this.life.event('RUNS'))
  }

  #leave(i: number): void {
    const g = this.groupOf.data[i]!
    this.#billed.data[g] =
      this.#billed.data[g]! + Math.max(this.#least, this.#context.kernel.now - this.#launched.data[i]!)
    this.groupOf.data[i] = -1
    this.#since.data[i] = -1
    this.#context.kernel.after(0, this.#removing, i)
  }

  #entered(i: number, state: number): void {
    const g = this.groupOf.data[i]!
    const from = this.#place.data[i]!
    const to = this.#places[state]!
    if (from === to) return
    this.#measure(g)
    const row = this.#counts.data
    const at = g * (GONE + 1)
    if (from >= 0) row[at + from] = row[at + from]! - 1
    row[at + to] = row[at + to]! + 1
    this.#place.data[i] = to
    this.#show(g)
  }

  #measure(g: number): void {
    const [service, busy] = this.areas(g)
    this.#inServiceArea.data[g] = service
    this.#busyArea.data[g] = busy
    this.#measured.data[g] = this.#context.kernel.now
  }

  #show(g: number): void {
    const shown = this.#shown[g]!
    const { metrics } = this.#context.kernel
    const said = this.#said.data
    const at = g * GONE
    const pending = this.count(g, PENDING)
    const leaving = this.count(g, LEAVING)
    const inService = this.inService(g)
    if (said[at + IDLE] !== inService) shown.inService((said[at + IDLE] = inService))
    if (said[at + PENDING] !== pending) shown.pending((said[at + PENDING] = pending))
    if (said[at + LEAVING] !== leaving) shown.terminating((said[at + LEAVING] = leaving))
    metrics.gauge(shown.total, pending + inService + leaving)
    metrics.gauge(shown.busy, this.count(g, BUSY) + leaving)
  }
}
