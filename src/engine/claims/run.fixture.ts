/** Scenarios written in a few lines, and what is asked of their runs: for the claims of the lessons and the test vectors. */
import { childField, fields, gateJson, type Field, type Gated } from '../../gate'
import { parsePointer } from '../../gate/pointer'
import { RowKind, Token } from '../../model/recording'
import type { Json, JsonObject, Resource, Scenario } from '../../model/scenario'
import { REASONS } from '../../services/reasons'
import type { Problem } from '../../services/service'
import { answerRefused, ask, type MetricQuery } from '../query'
import { simulate, type Recording } from '../simulate'

export type Resources = { [id: string]: Resource }

/** A role that may do everything, as `Role` in every scenario made here. */
export const ROLE: Resource = {
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'All',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] },
      },
    ],
  },
}

/** No time passes but that of the steps: tables of whole seconds come out whole. */
export const NO_OVERHEAD = { provision: 0, init: 0, overhead: 0 }
export const BURST = (count: number, at = 0): JsonObject => ({ pattern: 'burst', count, at })
export const EVERY = (every: number, times: number, at = 0): JsonObject => ({ pattern: 'repeat', every, times, at })
export const ONCE = (at = 0): JsonObject => ({ pattern: 'once', at })

export const client = (traffic: JsonObject, to: string, more: JsonObject = {}): Resource => ({
  Type: 'Coldstart::Client',
  Behavior: { traffic, call: 'lambda:Invoke', to, ...more },
})
/** A client whose calls are asynchronous, or messages to a queue. */
export const sends = (traffic: JsonObject, to: string, more: JsonObject = {}): Resource =>
  client(traffic, to, { call: 'lambda:InvokeAsync', ...more })
export const posts = (traffic: JsonObject, to: string, more: JsonObject = {}): Resource =>
  client(traffic, to, { call: 'sqs:SendMessage', ...more })

/** `steps` are the handler; `properties` and `behavior` what differs from the defaults. */
export const fn = (steps: JsonObject[], properties: JsonObject = {}, behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: 'Role', MemorySize: 512, ...properties },
  Behavior: { steps, ...behavior },
})
export const version = (number: number, of = 'Fn', snapshot?: JsonObject): Resource => ({
  Type: 'AWS::Lambda::Version',
  Properties: { FunctionName: of },
  Behavior: { number, ...(snapshot === undefined ? {} : { snapshot }) },
})
export const alias = (FunctionVersion: string, more: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Alias',
  Properties: { FunctionName: 'Fn', Name: 'live', FunctionVersion, ...more },
})
export const queue = (properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties: properties })
export const mapping = (properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: 'Queue', FunctionName: 'Fn', ...properties },
})
export const table: Resource = { Type: 'AWS::DynamoDB::Table' }

export const documentOf = (resources: Resources, duration: number, more: JsonObject = {}): JsonObject => ({
  coldstart: 1,
  name: 'Claim',
  profile: 'teaching',
  seed: 42,
  duration,
  resources: { Role: ROLE, ...resources } as unknown as Json,
  ...more,
})

/** What passed the gate; throws where it did not. */
export function passed(gated: Gated): Scenario {
  if (!gated.ok) throw new Error(JSON.stringify(gated.problems, null, 1))
  return gated.normalised
}
export const scenarioOf = (resources: Resources, duration: number, more: JsonObject = {}): Scenario =>
  passed(gateJson(documentOf(resources, duration, more)))

/** `coldStarts Fn` for the query {m: 'coldStarts', of: 'Fn'}. */
export type Asked = string | MetricQuery
const queryOf = (asked: Asked): MetricQuery => {
  if (typeof asked !== 'string') return asked
  const [m = '', of] = asked.split(' ')
  return of === undefined ? { m } : { m, of }
}

/** Answers by the names they are asked under. */
export function measure<Name extends string>(
  scenario: Scenario,
  asked: { readonly [name in Name]: Asked },
): { [name in Name]: Json } {
  const names = Object.keys(asked) as Name[]
  const answers = ask(
    names.map((name) => queryOf(asked[name])),
    scenario,
    { problems: [] },
  )
  return Object.fromEntries(names.map((name, i) => [name, answers[i]!.value])) as { [name in Name]: Json }
}
/** One answer. */
export const one = (scenario: Scenario, asked: Asked): Json => measure(scenario, { it: asked }).it

/** Why the gate refuses a document, with the facts of the fields on the way to the place; throws where it passes. */
export function refusal(gated: Gated): Problem & { readonly facts: readonly string[]; readonly status: Json } {
  if (gated.ok) throw new Error('the document passed')
  const errors = gated.problems.filter(({ severity }) => severity === 'error')
  if (errors.length !== 1) throw new Error(JSON.stringify(errors, null, 1))
  const status = answerRefused([{ m: 'deploy.status' }], gated.problems)[0]!.value
  return { ...errors[0]!, facts: factsAt(gated, errors[0]!.path), status }
}

function factsAt({ scenario }: { readonly scenario?: Scenario }, path: string): string[] {
  const [, id = '', part = '', ...rest] = parsePointer(path)
  const resource = scenario?.resources[id]
  if (resource === undefined || (part !== 'Properties' && part !== 'Behavior')) return []
  const facts: string[] = []
  let value: unknown = resource[part]
  let field: Field | undefined
  for (const [depth, name] of rest.entries()) {
    if (depth === 0) field = fields(resource.Type, part).find((it) => it.name === name)
    else if (field !== undefined) field = childField(field, value, Array.isArray(value) ? Number(name) : name)
    facts.push(...(field?.factRows ?? []))
    value = (value as { [name: string]: unknown } | undefined)?.[name]
  }
  return [...new Set(facts)]
}

export interface Told {
  readonly at: number
  readonly code: string
  readonly resource: string
  /** The sentence, placeholders left as they stand. */
  readonly text: string
  readonly value: number
}
/** Decisions of a run, in order; `codes` keeps some of them. */
export function reasons(recording: Recording, ...codes: string[]): Told[] {
  const found: Told[] = []
  for (const rows of recording.rows) {
    for (let i = 0; i < rows.length; i++) {
      if (rows.kind[i] !== RowKind.reason) continue
      const code = recording.head.reasons[rows.code[i]!]!
      if (codes.length > 0 && !codes.includes(code)) continue
      const resource = recording.head.resources[rows.resource[i]!]!
      found.push({ at: rows.at[i]! / 1e6, code, resource, text: REASONS[code]!, value: rows.value[i]! })
    }
  }
  return found
}
export const reasonsOf = (scenario: Scenario, ...codes: string[]): Told[] => reasons(simulate(scenario), ...codes)

/** How often something travelled from one resource to another for an action; answers are not counted. */
export function sent(scenario: Scenario, from: string, to: string, action: string): number {
  const { rows, legend } = simulate(scenario)
  const wire = legend.wires.findIndex((it) => it.from === from && it.to === to && it.action === action)
  let found = 0
  for (const it of rows) {
    for (let i = 0; i < it.length; i++) {
      if (it.kind[i] === RowKind.hop && it.subject[i] === wire && SENT.has(it.code[i]!)) found++
    }
  }
  return found
}
const SENT: ReadonlySet<number> = new Set([Token.event, Token.message, Token.batch, Token.request, Token.retry])
