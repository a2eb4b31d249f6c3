import { simulate } from '../../../engine/simulate'
import { gate } from '../../../gate/text'
import type { Scenario } from '../../../model/scenario'
import { createRunStore } from '../runStore'
import { legendOf } from '../sampleRun.fixture'
import { Documents } from './documents'
import { LineWriter } from './lines'
import { LogIndex } from './logIndex'

export interface Small {
  readonly call?: string
  readonly traffic?: string
  readonly steps?: string
  readonly timeout?: number
  readonly runtime?: string
  /** ReservedConcurrentExecutions */
  readonly reserved?: number
  /** Actions the execution role may do. */
  readonly actions?: string
  readonly profile?: string
  /** Further resources, indented by two. */
  readonly more?: string
}

/** A client that calls one function, which most tests of logs and traces need. */
export function small(it: Small): Scenario {
  const gated = gate(`
coldstart: 1
name: Small
profile: ${it.profile ?? 'teaching'}
seed: 42
duration: 400
resources:
  Caller:
    Type: Coldstart::Client
    Behavior: { traffic: ${it.traffic ?? '{ pattern: burst, count: 1, at: 1 }'}, call: '${it.call ?? 'lambda:Invoke'}', to: Hello }
  Hello:
    Type: AWS::Lambda::Function
    Properties: { Runtime: ${it.runtime ?? 'nodejs24.x'}, MemorySize: 512, Timeout: ${it.timeout ?? 3}, Role: HelloRole${it.reserved === undefined ? '' : `, ReservedConcurrentExecutions: ${it.reserved}`} }
    Behavior: { steps: ${it.steps ?? '[{ wait: 0.05 }]'} }
  HelloRole:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: P
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: ${it.actions ?? "['logs:*', 'dynamodb:*', 'sqs:*', 'lambda:*']"}, Resource: '*' }] }
${it.more ?? ''}`)
  if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
  return gated.normalised
}

/** A scenario's run in a store, as the page has it. */
export function stored(scenario: Scenario) {
  const recording = simulate(scenario)
  const store = createRunStore()
  store.begin(1, recording.head)
  recording.rows.forEach((rows, n) => store.append(rows, n === 0 ? recording.legend : legendOf()))
  const documents = new Documents(scenario)
  return { recording, store, documents }
}

/** All log lines of a run. */
export function logsOf(scenario: Scenario) {
  const { recording, store, documents } = stored(scenario)
  const index = new LogIndex(store.shown, documents)
  // in odd slices, so that what spans two of them is seen
  while (!index.complete) index.scan(7)
  const writer = new LineWriter(index)
  const lines = Array.from({ length: index.length }, (_, position) => writer.line(position))
  const reports = lines.flatMap(({ position }) => writer.report(position) ?? [])
  const metric = (resource: string, name: string) =>
    recording.series.find((one) => one.resource === resource && one.name === name)!.total
  return { store, index, writer, lines, reports, metric }
}
