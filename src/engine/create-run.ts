import type { CostLine, Progress, RunHead, Series, Standing } from '../model/recording'
import { applySet, ordered } from '../model/interventions'
import type { Scenario } from '../model/scenario'
import { MICROS, toMicros } from '../model/units'
import { Kernel, type Keyframe } from '../kernel/kernel'
import { Plain } from '../kernel/stateful'
import { FACTS, SERVICES, serviceOf } from '../services'
import { CALL_CODES } from './call-codes'
import { invokedFunction } from '../services/invitations'
import { installOf, load } from '../services/runtimes'
import type { Content, Runtime, ServiceContext } from '../services/service'
import { createCalls, type HopTap } from './calls'
import { costLines } from './costs'
import { createContext } from './context'
import { ENGINE_FACTS } from './facts'
import { loadPaths } from './paths-loader'
import { KEYFRAME_EVERY, Keyframes, MOST_KEYFRAMES } from './keyframes'
import { LegendBook } from './legend'
import { ParcelStore, PayloadStore } from './stores'
import { Tally } from './tally'
import { Verdicts, type Held } from './verdicts'

/** Runs never go beyond this, whatever a document says (µs): ten years. */
const FOREVER = 10 * 365 * 86_400 * MICROS

export interface RunOptions {
  /** Go on past `duration` until nothing is left to happen. */
  readonly untilIdle?: boolean
  /** Keep rows (default true). */
  readonly record?: boolean
  /** Keep what a playhead needs: keyframes, and totals of the rows for `restate` (default true). Changes nothing in the run itself. */
  readonly seekable?: boolean
  /** Events between keyframes (default KEYFRAME_EVERY). Changes nothing in the run itself. */
  readonly keyframeEvery?: number
  /** Listens to every hop. Changes nothing in the run itself. */
  readonly tap?: (inside: Inside) => HopTap
}

/** What a tap may look at while the run stands still. */
export interface Inside {
  readonly context: ServiceContext
  readonly legend: LegendBook
  /** What a resource holds. */
  contents(resource: number): readonly Content[]
}

/** A run in progress: advance it in slices, read it at any time, resume it from a keyframe. */
export interface Run {
  readonly head: RunHead
  readonly legend: LegendBook
  readonly kernel: Kernel
  readonly keyframes: Keyframes
  /** Computes up to `most` more events, of those before `until` (µs, exclusive; default all). Returns whether the run is over. */
  advance(most: number, until?: number): boolean
  /**
   * The present state of everything drawn and the totals of the rows so far, so that rows recorded from here on are complete.
   * Emits nothing and changes nothing; rows not yet handed over go to the sink first. Needs recording from the start of the run.
   */
  restate(): Standing
  progress(): Progress
  /** Series up to now. */
  series(): Series[]
  costs(): CostLine[]
  /** What resources hold now. */
  contents(): Content[]
}

/** Loads the services a document needs and that are not there yet; null when it can run at once. */
export function prepare(scenario: Scenario): Promise<void> | null {
  const services = load(Object.values(scenario.resources).flatMap(({ Type }) => serviceOf(Type)?.id ?? []))
  const paths = loadPaths(scenario)
  return services === null && paths === null ? null : Promise.all([services, paths]).then(() => {})
}

/** A run of a normalised document from time 0. Same scenario and seed: the same rows, byte for byte. */
export function createRun(scenario: Scenario, options: RunOptions = {}): Run {
  return build(scenario, options, null, new Keyframes())
}

/**
 * The run of `scenario` from a keyframe of another run whose document differs at most in interventions after the keyframe.
 * Equals a run from 0 from there on.
 */
export function resumeRun(scenario: Scenario, frame: Keyframe, past: Keyframes, options: RunOptions = {}): Run {
  return build(scenario, options, frame, past)
}

function build(original: Scenario, options: RunOptions, frame: Keyframe | null, keyframes: Keyframes): Run {
  let scenario = original
  const kernel = new Kernel(scenario.seed, scenario.duration)
  kernel.recorder.on = options.record ?? true
  const ids = Object.keys(scenario.resources).sort()
  const legend = kernel.part(new LegendBook(ids))
  const payloads = kernel.part(new PayloadStore())
  const parcels = kernel.part(new ParcelStore())
  const lineage = { past: 0 }
  const runtimes: (Runtime | undefined)[] = []
  const reasons: string[] = [...CALL_CODES]
  const code = (reason: (typeof CALL_CODES)[number]): number => reasons.indexOf(reason)
  const verdicts = new Verdicts(scenario, code, (id) => context.read('ec2.off', indices.get(id)!) === 1)
  const indices = new Map(ids.map((id, index) => [id, index]))
  const seekable = options.seekable ?? true

  const calls = createCalls({
    kernel,
    legend,
    verdicts,
    lineage,
    index: (id) => indices.get(id)!,
    actions: (id) => serviceOf(scenario.resources[id]!.Type)!.actions[scenario.resources[id]!.Type] ?? {},
    runtime: (resource) => runtimes[resource],
    latency: (from, to) => {
      const latency = context.fact('network.latency')
      return latency === 0 ? null : context.sampler(latency, `${from}>${to}`, 'latency')
    },
    reasons: {
      denied: code('call.denied'),
      uninvited: code('call.uninvited'),
      down: code('call.down'),
    },
  })
  const context = createContext({
    kernel,
    calls,
    legend,
    payloads,
    parcels,
    lineage,
    facts: { ...FACTS, ...ENGINE_FACTS },
    reasons,
    scenario: () => scenario,
  })
  context.publish('call.gone', (resource) => {
    if (verdicts.deleted.size === 0) return 0
    const named = [ids[resource]!, invokedFunction(ids[resource]!, scenario)]
    return named.some((id) => verdicts.deleted.has(id)) ? 1 : 0
  })

  // a runtime is known to `calls` before any service starts, but a service may make wires only to what is installed: install all, then start
  const installed: Runtime[] = []
  for (const service of SERVICES) {
    const mine = ids.filter((id) => scenario.resources[id]!.Type.startsWith(service.namespace))
    const install = mine.length === 0 ? undefined : installOf(service.id)
    if (install === undefined) continue
    const runtime = install(context)
    installed.push(runtime)
    for (const id of mine) runtimes[indices.get(id)!] = runtime
  }

  calls.carrier = installed.find(({ carrier }) => carrier !== undefined)?.carrier ?? null
  /** The old VpcConfig of a function serves until the interfaces of the new one are built. */
  const held = kernel.part(new Plain<Held>({}))
  const release = (resource: number): void => {
    const { [ids[resource]!]: gone, ...others } = held.value
    if (gone === undefined) return
    held.value = others
    verdicts.renew(scenario, others)
  }
  context.listen('vpc.ready', release)
  context.listen('ec2.off', () => verdicts.renew(scenario))

  Object.freeze(reasons)
  const tally = kernel.part(new Tally(legend, indices, reasons.length))
  if (seekable) kernel.recorder.tap = (rows) => tally.digest(rows)

  const agendaOf = ordered(scenario)
  /** How many of them have happened. Time alone does not tell: a keyframe may fall between two of one instant. */
  const happened = kernel.part(new Plain(0))
  const applied = (index: number): void => {
    happened.value = index + 1
    const it = agendaOf[index]!
    if ('send' in it) {
      kernel.recorder.trace = -1
      const resource = indices.get(it.send)!
      context.explain(code('intervention.send'), resource, -1, it.count ?? 1)
      runtimes[resource]?.send?.(resource, it.count ?? 1)
    } else if ('set' in it) {
      const changed = applySet(scenario, it.set, it.value)
      const id = changed.resource
      const resource = indices.get(id)!
      const before = scenario.resources[id]!.Properties?.['VpcConfig']
      const ready = context.read('vpc.ready', resource) === 1
      scenario = changed.scenario
      verdicts.renew(scenario)
      context.explain(code('intervention.set'), resource)
      runtimes[resource]?.configure?.(resource, scenario)
      const after = scenario.resources[id]!.Properties?.['VpcConfig']
      if (after === before || !ready || context.read('vpc.ready', resource) === 1) return
      verdicts.renew(scenario, (held.value = { [id]: before ?? null, ...held.value }))
    } else if ('replay' in it || 'cancel' in it) {
      const resource = indices.get('replay' in it ? it.replay : it.cancel)!
      runtimes[resource]?.replay?.(resource, 'replay' in it ? it : null)
    } else {
      const down = 'fault' in it
      const deleted = (down ? it.fault : it.repair) === 'deleted'
      if (it.zone !== undefined) verdicts.zonesDown[down ? 'add' : 'delete'](it.zone)
      const resource = it.resource === undefined ? -1 : indices.get(it.resource)!
      if (it.resource !== undefined) {
        verdicts[deleted ? 'deleted' : 'down'][down ? 'add' : 'delete'](it.resource)
        runtimes[resource]?.fault?.(resource, down, deleted)
      }
      verdicts.renew(scenario)
      context.explain(
        code(!down ? 'intervention.repair' : deleted ? 'intervention.delete' : 'intervention.fault'),
        Math.max(0, resource),
      )
    }
  }
  const intervening = kernel.handler(applied)

  const tap = options.tap?.({ context, legend, contents: (resource) => runtimes[resource]?.contents?.() ?? [] }) ?? null
  if (frame === null) calls.tap = tap
  for (const runtime of installed) runtime.start?.()

  if (frame !== null) {
    // what a `set` or a fault before the keyframe changed outside the columns is repeated; the images then overwrite the rest
    kernel.recorder.on = false
    // contents first: what a `set` says is then found under the number it had
    payloads.load(kernel.imageOf(payloads, frame))
    agendaOf.slice(0, kernel.imageOf(happened, frame) as number).forEach((it, index) => {
      if (!('send' in it || 'replay' in it || 'cancel' in it)) applied(index)
    })
    kernel.restore(frame)
    verdicts.renew(scenario, held.value)
    kernel.recorder.on = options.record ?? true
    kernel.agenda.removeWhere((order) => order < 0)
    calls.tap = tap
  }
  agendaOf.forEach((it, index) => {
    if (index >= happened.value) kernel.intervene(toMicros(it.at), intervening, index, index)
  })

  const end = options.untilIdle === true ? FOREVER : Math.min(FOREVER, toMicros(scenario.duration))
  const keyframeEvery = seekable ? (options.keyframeEvery ?? KEYFRAME_EVERY) : Infinity
  let over = false
  const done = (): boolean => over || kernel.stopped !== null || kernel.agenda.next >= end

  return {
    head: { resources: ids, machines: context.machines.list, reasons, duration: end },
    legend,
    kernel,
    keyframes,
    advance(most, until = Infinity) {
      let left = most
      while (left > 0 && !done() && kernel.agenda.next < until) {
        // of a long run older keyframes are given up anyway: twice as far apart from where that begins
        const apart = keyframeEvery * (kernel.events < MOST_KEYFRAMES * keyframeEvery ? 1 : 2)
        const toFrame = apart - (kernel.events % apart)
        const before = kernel.events
        kernel.advance(Math.min(end, until), Math.min(left, toFrame))
        left -= kernel.events - before
        if (kernel.events % apart === 0 && !done()) keyframes.add(kernel.keyframe())
        if (kernel.events === before) break
      }
      if (!done()) return false
      over = true
      if (kernel.stopped === null && options.untilIdle !== true) kernel.pass(end)
      kernel.recorder.flush()
      return true
    },
    restate() {
      kernel.recorder.flush()
      return { row: kernel.recorder.count, states: context.present(), ...tally.read() }
    },
    progress: () => ({
      until: kernel.now,
      done: over,
      events: kernel.events,
      rows: kernel.recorder.count,
      ...(kernel.stopped === null ? {} : { stopped: kernel.stopped }),
    }),
    series: () => kernel.metrics.read(),
    costs: () => costLines(installed, context),
    contents: () => installed.flatMap((runtime) => runtime.contents?.() ?? []),
  }
}
