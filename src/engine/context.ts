import { factValue } from '../model/facts'
import { RowKind, type MachineInfo } from '../model/recording'
import type { Duration, Scenario } from '../model/scenario'
import { Drawing, type Birth } from '../kernel/drawing'
import { Lifecycle, tableOf } from '../kernel/lifecycle'
import type { Kernel } from '../kernel/kernel'
import { sampler } from '../kernel/sampler'
import type { Calls, ServiceContext } from '../services/service'
import type { Fact } from '../model/facts'
import type { LegendBook } from './legend'
import { Present, type PresentStates } from './present'
import type { ParcelStore, PayloadStore } from './stores'

export interface ContextParts {
  readonly kernel: Kernel
  readonly calls: Calls
  readonly legend: LegendBook
  readonly payloads: PayloadStore
  readonly parcels: ParcelStore
  readonly lineage: { past: number }
  readonly facts: { readonly [key: string]: Fact }
  /** Codes by number; grows while services are installed. */
  readonly reasons: string[]
  /** The document as it is now: `set` interventions replace it. */
  scenario(): Scenario
}

/** Machines that rows refer to, in the order services registered them. */
export interface Machines {
  readonly list: MachineInfo[]
}

/** The world as services see it. `present` reads the state of everything drawn as it is now. */
export function createContext(
  parts: ContextParts,
): ServiceContext & { readonly machines: Machines; present(): PresentStates } {
  const { kernel, legend } = parts
  const { recorder } = kernel
  // sorted, because a link may reorder a document and must show the same run
  const ids = Object.keys(parts.scenario().resources).sort()
  const indices = new Map(ids.map((id, index) => [id, index]))
  const machines: MachineInfo[] = []
  const present = new Present()
  const published = new Map<string, ((resource: number) => number)[]>()
  const listeners = new Map<string, ((resource: number, value: number) => void)[]>()
  const reasonCodes = new Map(parts.reasons.map((code, number) => [code, number]))

  const fact = (key: string): Duration => {
    const found = parts.facts[key]
    if (found === undefined) throw new Error(`unknown fact ${key}`)
    const { facts, profile } = parts.scenario()
    return facts?.[key] ?? factValue(found, profile)
  }

  const context: ReturnType<typeof createContext> = {
    machines: { list: machines },
    present: () => present.read(),
    kernel,
    scenario: () => parts.scenario(),
    calls: parts.calls,
    payloads: parts.payloads,
    parcels: parts.parcels,
    lineage: parts.lineage,

    ids: (type) => ids.filter((id) => parts.scenario().resources[id]!.Type === type),
    index(id) {
      const index = indices.get(id)
      if (index === undefined) throw new Error(`unknown resource ${id}`)
      return index
    },
    id: (index) => ids[index]!,
    properties: (id) => parts.scenario().resources[id]?.Properties ?? {},
    behavior: (id) => parts.scenario().resources[id]?.Behavior ?? {},

    fact,
    number(key) {
      const value = fact(key)
      if (typeof value !== 'number') throw new Error(`fact ${key} is not a plain number`)
      return value
    },
    sampler: (duration, id, purpose) => sampler(duration, kernel.random, kernel.random.stream(`${id}/${purpose}`)),
    stream: (id, purpose) => kernel.random.stream(`${id}/${purpose}`),

    lifecycle({ entities, machine, implementation, drawn, value, onEnter }) {
      if (drawn === undefined) {
        return new Lifecycle(kernel, entities, machine, implementation, onEnter ?? null)
      }
      const { name, states } = tableOf(machine)
      if (!machines.some((known) => known.name === name)) machines.push({ name, states })
      const machineNumber = legend.machine(name)
      const birth = (entity: number): Birth => {
        const owner = drawn.owner(entity)
        return { id: legend.entity(owner, machineNumber, drawn.label(entity)), owner }
      }
      const drawing = new Drawing(kernel.clock, recorder, entities, birth, value ?? null)
      const life = new Lifecycle(kernel, entities, machine, implementation, onEnter ?? null, drawing)
      present.add({ entities, state: life.state, drawing })
      return life
    },

    reason(code) {
      const number = reasonCodes.get(code)
      if (number !== undefined) return number
      if (Object.isFrozen(parts.reasons)) throw new Error(`reason ${code} was asked for after the installation`)
      reasonCodes.set(code, parts.reasons.length)
      return parts.reasons.push(code) - 1
    },
    explain: (reason, resource, subject = -1, value = 0) =>
      recorder.emit(RowKind.reason, resource, subject, reason, value),

    level(resource, name, metric) {
      const id = legend.level({ resource: ids[resource]!, name })
      const series = metric === undefined ? -1 : kernel.metrics.series(ids[resource]!, metric, 'gauge')
      return (value) => {
        const { cause } = recorder
        recorder.emit(RowKind.level, resource, id, 0, value)
        recorder.cause = cause
        if (series >= 0) kernel.metrics.gauge(series, value)
      }
    },

    publish(topic, read) {
      published.set(topic, [...(published.get(topic) ?? []), read])
    },
    read(topic, resource) {
      let sum = 0
      for (const read of published.get(topic) ?? []) sum += read(resource)
      return sum
    },
    signal(topic, resource, value) {
      for (const handle of listeners.get(topic) ?? []) handle(resource, value)
    },
    listen(topic, handle) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), handle])
    },
  }
  return context
}
