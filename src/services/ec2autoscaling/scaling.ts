import { Table } from '../../kernel/columns'
import { MICROS, toMicros } from '../../model/units'
import { MetricSource } from '../metric-source'
import type { ServiceContext } from '../service'
import { adjusted, stepFor } from './capacity'
import type { Fleet } from './fleet'
import { followedValue, type Policy } from './policies'
import type { GroupSettings } from './settings'

/** Metrics a policy may be computed from. */
const MOST_METRICS = 10

type Tracking = Extract<Policy, { kind: 'tracking' }>
type Alarmed = Exclude<Policy, Tracking>

/** What changes the size of groups: policies that follow a target minute by minute, and those that alarms call (ASG-1, SQS-10). */
export class Scaling {
  readonly #context: ServiceContext
  readonly #fleet: Fleet
  readonly #settings: readonly GroupSettings[]
  readonly #groupOf: (id: string) => number
  #policies: readonly (Policy | null)[] = []
  #values: readonly ReturnType<typeof followedValue>[] = []
  readonly #resources: readonly number[]
  readonly #source: MetricSource
  readonly #groups: Table
  /** Per group: until when simple scaling rests (µs). */
  readonly #restsUntil
  /** Per policy: data points running above the target and below the threshold; sums of the group's use when the minute began. */
  readonly #above
  readonly #below
  readonly #service
  readonly #busy
  readonly #outPoints: number
  readonly #inPoints: number
  readonly #inShare: number
  readonly #cooldown: number
  readonly #why: { readonly [name in 'out' | 'in' | 'atMax' | 'step' | 'cooldown' | 'sizes']: number }

  constructor(
    context: ServiceContext,
    fleet: Fleet,
    settings: readonly GroupSettings[],
    policies: readonly string[],
    groupOf: (id: string) => number,
  ) {
    const { kernel } = context
    this.#context = context
    this.#fleet = fleet
    this.#settings = settings
    this.#groupOf = groupOf
    this.#resources = policies.map((id) => context.index(id))
    this.#source = new MetricSource(context, policies.length * MOST_METRICS)
    this.#groups = kernel.part(new Table(settings.length))
    this.#restsUntil = this.#groups.f64()
    for (const _ of settings) this.#groups.add()
    const table = kernel.part(new Table(Math.max(1, policies.length)))
    this.#above = table.i32()
    this.#below = table.i32()
    this.#service = table.f64()
    this.#busy = table.f64()
    for (const _ of policies) table.add()
    this.#outPoints = context.number('ec2autoscaling.outPoints')
    this.#inPoints = context.number('ec2autoscaling.inPoints')
    this.#inShare = context.number('ec2autoscaling.inShare')
    this.#cooldown = context.number('ec2autoscaling.cooldown')
    this.#why = {
      out: context.reason('ec2autoscaling.out'),
      in: context.reason('ec2autoscaling.in'),
      atMax: context.reason('ec2autoscaling.atMax'),
      step: context.reason('ec2autoscaling.step'),
      cooldown: context.reason('ec2autoscaling.cooldown'),
      sizes: context.reason('ec2autoscaling.sizes'),
    }
  }

  /** Takes over policies as the document has them, in the order of the constructor. */
  configure(policies: readonly (Policy | null)[]): void {
    this.#policies = policies
    this.#values = policies.map((policy) =>
      policy?.kind === 'tracking' && policy.followed.kind === 'math' ? followedValue(policy.followed) : null,
    )
  }

  /** A minute is over: a data point for each policy that follows a target. None without an instance in service, where it is divided by (SQS-10). */
  tick(): void {
    const tracking = new Map<number, Tracking[]>()
    this.#policies.forEach((policy, p) => {
      if (policy?.kind !== 'tracking') return
      const g = this.#groupOf(policy.group)
      const value = this.#pointOf(policy, p, g)
      this.#above.data[p] = value !== null && value > policy.target ? this.#above.data[p]! + 1 : 0
      this.#below.data[p] = value !== null && value < policy.target * this.#inShare ? this.#below.data[p]! + 1 : 0
      // what the last point calls for, read while it is at hand
      this.#wanted[p] = value === null ? null : Math.ceil((this.#fleet.inService(g) * value) / policy.target - 1e-9)
      tracking.set(g, [...(tracking.get(g) ?? []), policy])
    })
    for (const [g, policies] of tracking) this.#decide(g, policies)
  }
  /** By policy; of the tick that goes on. */
  readonly #wanted: (number | null)[] = []

  /** An alarm calls a policy: it is beyond its threshold by `breach`. */
  alarm(resource: number, breach: number): void {
    const p = this.#resources.indexOf(resource)
    const policy = this.#policies[p]
    if (policy === undefined || policy === null || policy.kind === 'tracking') return
    const g = this.#groupOf(policy.group)
    if (policy.kind === 'simple' && this.#rests(g, resource)) return
    const present = this.#fleet.desired.data[g]!
    const wanted = this.#adjusted(policy, g, breach)
    if (wanted === null) return
    if (!this.#change(g, wanted, this.#why.step, resource, wanted > present) || policy.kind !== 'simple') return
    const { now } = this.#context.kernel
    this.#restsUntil.data[g] = now + toMicros(policy.cooldown ?? this.#settings[g]!.cooldown ?? this.#cooldown)
  }

  /** Sizes from now on, said by the document or by the clock; null leaves one as it is. */
  resize(g: number, sizes: GroupSettings['sizes'], why = this.#why.sizes, by = this.#fleet.resourceOf(g)): void {
    const { min, max, desired } = this.#fleet
    const least = sizes.min ?? min.data[g]!
    const most = Math.max(least, sizes.max ?? max.data[g]!)
    const before = desired.data[g]!
    const wanted = Math.max(least, Math.min(most, sizes.desired ?? before))
    if (wanted !== before) this.#context.explain(why, by, this.#fleet.resourceOf(g), wanted)
    this.#fleet.resize(g, least, most, wanted)
  }

  #rests(g: number, resource: number): boolean {
    const left = this.#restsUntil.data[g]! - this.#context.kernel.now
    if (left <= 0) return false
    this.#context.explain(this.#why.cooldown, resource, this.#fleet.resourceOf(g), left / MICROS)
    return true
  }

  /** Instances that do not count yet are what an earlier breach asked for: the next one adds only what is missing beyond them. */
  #adjusted(policy: Alarmed, g: number, breach: number): number | null {
    const present = this.#fleet.desired.data[g]!
    if (policy.kind === 'simple') return adjusted(present, policy.by, policy.adjustment)
    const by = stepFor(policy.steps, breach)
    if (by === null) return null
    const counted = present - Math.min(present, this.#fleet.warming(g, this.#warmup(g, policy.warmup)))
    const grown = adjusted(counted, by, policy.adjustment)
    return grown > counted ? Math.max(present, grown) : adjusted(present, by, policy.adjustment)
  }

  /** Out when one policy asks for it, in when all do and nothing warms up. */
  #decide(g: number, policies: readonly Tracking[]): void {
    const places = policies.map(({ id }) => this.#policies.findIndex((it) => it?.id === id))
    const present = this.#fleet.desired.data[g]!
    let most = -1
    for (const p of places) {
      if (this.#above.data[p]! < this.#outPoints) continue
      const wanted = this.#wanted[p] ?? 0
      if (most < 0 || wanted > (this.#wanted[most] ?? 0)) most = p
    }
    if (most >= 0) {
      const wanted = Math.max(present, this.#wanted[most] ?? 0)
      if (
        !this.#change(g, wanted, this.#why.out, this.#resources[most]!, true) &&
        this.#above.data[most] === this.#outPoints
      )
        this.#context.explain(this.#why.atMax, this.#resources[most]!, this.#fleet.resourceOf(g), present)
      return
    }
    const falling = places.every((p, nth) => this.#below.data[p]! >= this.#inPoints && policies[nth]!.scalesIn)
    const slowest = Math.max(...policies.map((policy) => this.#warmup(g, policy.warmup)))
    if (!falling || this.#fleet.warming(g, slowest) > 0) return
    const wanted = Math.max(...places.map((p) => this.#wanted[p] ?? present))
    if (wanted < present) this.#change(g, wanted, this.#why.in, this.#resources[places[0]!]!, false)
  }

  #pointOf(policy: Tracking, p: number, g: number): number | null {
    if (policy.followed.kind === 'cpu') {
      const before = [this.#service.data[p]!, this.#busy.data[p]!] as const
      const use = this.#fleet.use(g, before)
      const [service, busy] = this.#fleet.areas(g)
      this.#service.data[p] = service
      this.#busy.data[p] = busy
      return use === null ? null : use * 100
    }
    const points = policy.followed.metrics.map(({ of }, nth) =>
      of === null ? null : this.#source.read(p * MOST_METRICS + nth, of),
    )
    return this.#values[p]?.(points) ?? null
  }

  #warmup(g: number, own: number | null): number {
    const group = this.#settings[g]!
    return toMicros(group.warmup ?? own ?? group.cooldown ?? this.#cooldown)
  }

  /** Returns whether the size is another one. Neither event nor message caused it. */
  #change(g: number, wanted: number, why: number, by: number, out: boolean): boolean {
    const { min, max, desired } = this.#fleet
    const bounded = Math.max(min.data[g]!, Math.min(max.data[g]!, wanted))
    const present = desired.data[g]!
    if (bounded === present || bounded > present !== out) return false
    this.#context.explain(why, by, this.#fleet.resourceOf(g), bounded)
    this.#fleet.resize(g, min.data[g]!, max.data[g]!, bounded)
    return true
  }
}
