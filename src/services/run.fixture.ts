/** Small runs for the tests of services: a document through the engine, and questions about what it left behind. */
import { createRun, type RunOptions } from '../engine/run'
import { Outcome, OUTCOME_NAMES, RowKind, type CostLine, type Rows } from '../model/recording'
import type { Content } from './service'
import type { JsonObject, Resource, Scenario } from '../model/scenario'
import { MICROS } from '../model/units'

export interface Ran {
  /** Total of a count, integral of a gauge, or sum of a duration (µs); 0 for an unknown series. */
  total(resource: string, metric: string): number
  /** Largest value of a gauge or duration. */
  max(resource: string, metric: string): number
  /** [s, value] of every change of a level. */
  level(resource: string, name: string): [number, number][]
  /** [s, value] of every reason with this code. */
  reasons(code: string): [number, number][]
  /** [s, state, label, value] of every state row of a machine. */
  states(machine: string): [number, string, string, number][]
  /** [s, from, to] of every hop of an action. */
  hops(action: string): [number, string, string][]
  /** Names of the outcomes of spans of a resource. */
  spans(resource: string): string[]
  contents(): Content[]
  readonly costs: readonly CostLine[]
  readonly stopped: string | undefined
  readonly until: number
}

export function scenarioOf(resources: { [id: string]: Resource }, more: Partial<Scenario> = {}): Scenario {
  return { coldstart: 1, name: 'Test', profile: 'teaching', seed: 1, duration: 300, resources, ...more }
}

/** A role that may do everything. */
export const mayAll: Resource = {
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'All',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      },
    ],
  },
}

/** The same resources, with functions, versions and aliases that let every service in where no statement says who may. */
export function openToAll(resources: Scenario['resources']): Scenario['resources'] {
  const named = new Set(
    Object.values(resources).map(
      ({ Type, Properties }) => Type.endsWith('::Permission') && Properties?.['FunctionName'],
    ),
  )
  const statements = Object.entries(resources).flatMap(([id, { Type }]): [string, Resource][] => {
    if (!/^AWS::Lambda::(Function|Version|Alias)$/.test(Type) || named.has(id)) return []
    const Properties = { Action: 'lambda:InvokeFunction', FunctionName: id, Principal: '*' }
    return [[`AllMayInvoke${id}`, { Type: 'AWS::Lambda::Permission', Properties }]]
  })
  return { ...resources, ...Object.fromEntries(statements) }
}

export const client = (call: string, to: string, traffic: JsonObject, more: JsonObject = {}): Resource => ({
  Type: 'Coldstart::Client',
  Behavior: { traffic, call, to, ...more },
})

export function runOf(scenario: Scenario, options: RunOptions = {}): Ran {
  const run = createRun(scenario, options)
  const chunks: Rows[] = []
  run.kernel.recorder.sink = (rows) => chunks.push(rows)
  while (!run.advance(1_000_000)) continue
  run.kernel.recorder.flush()
  const series = run.series()
  const { head, legend } = run
  const each = (kind: RowKind, visit: (rows: Rows, i: number) => void): void => {
    for (const rows of chunks) for (let i = 0; i < rows.length; i++) if (rows.kind[i] === kind) visit(rows, i)
  }
  const find = (resource: string, metric: string) => series.find((it) => it.resource === resource && it.name === metric)
  const seconds = (rows: Rows, i: number): number => rows.at[i]! / MICROS
  return {
    total: (resource, metric) => find(resource, metric)?.total.sum ?? 0,
    max: (resource, metric) => find(resource, metric)?.total.max ?? 0,
    level(resource, name) {
      const id = legend.levels.findIndex((it) => it.resource === resource && it.name === name)
      const found: [number, number][] = []
      each(RowKind.level, (rows, i) => {
        if (rows.subject[i] === id) found.push([seconds(rows, i), rows.value[i]!])
      })
      return found
    },
    reasons(code) {
      const found: [number, number][] = []
      each(RowKind.reason, (rows, i) => {
        if (head.reasons[rows.code[i]!] === code) found.push([seconds(rows, i), rows.value[i]!])
      })
      return found
    },
    states(machine) {
      const names = head.machines.find(({ name }) => name === machine)?.states ?? []
      const found: [number, string, string, number][] = []
      each(RowKind.state, (rows, i) => {
        const entity = legend.entities[rows.subject[i]!]
        if (entity?.machine === machine)
          found.push([seconds(rows, i), names[rows.code[i]!]!, entity.label, rows.value[i]!])
      })
      return found
    },
    hops(action) {
      const found: [number, string, string][] = []
      each(RowKind.hop, (rows, i) => {
        const wire = legend.wires[rows.subject[i]!]
        if (wire?.action === action) found.push([seconds(rows, i), wire.from, wire.to])
      })
      return found
    },
    spans(resource) {
      const index = head.resources.indexOf(resource)
      const found: string[] = []
      each(RowKind.span, (rows, i) => {
        if (rows.resource[i] === index) found.push(OUTCOME_NAMES[rows.code[i]!] ?? OUTCOME_NAMES[Outcome.error]!)
      })
      return found
    },
    costs: run.costs(),
    contents: () => run.contents(),
    stopped: run.progress().stopped,
    until: run.progress().until / MICROS,
  }
}
