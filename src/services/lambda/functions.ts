import { Outcome } from '../../model/recording'
import { Table } from '../../kernel/columns'
import type { Runtime, ServiceContext } from '../service'
import { Admission } from './admission'
import { asyncSettings } from './async-settings'
import { Callees } from './callees'
import { readFunction, type FunctionConfig } from './config'
import { costsOf } from './costs'
import { Deployments } from './deployments'
import { Dispatch } from './dispatch'
import { Environments } from './environments'
import { createEvents, type Events } from './events'
import { Execution } from './execute'
import { functionMachine } from './function.machine'
import { aliasMetersOf, metersOf, type AliasMeters, type Meters } from './meters'
import { Provisioned } from './provisioned'
import { ALIAS, FUNCTION, INVOKE_CONFIG, MAPPING } from './resource-types'
import { stateReason } from './state-reasons'
import { runningVersions } from './versions'
import { Work } from './work'

const INVOKE_ASYNC = 1

/** The functions of a scenario, with their versions and aliases, running. */
export function installFunctions(context: ServiceContext): Runtime {
  const { kernel, calls } = context
  const { metrics, recorder } = kernel
  const running = runningVersions(context.scenario())
  const functions = context.ids(FUNCTION).length
  /** First one for each version, `$LATEST` of the functions first; deployments add more. */
  const configs: FunctionConfig[] = running.map((version, slot) => readFunction(context, version, slot))
  const meters: Meters[] = running.map((version) => metersOf(context, version))
  const aliases: (AliasMeters | undefined)[] = []
  for (const id of context.ids(ALIAS)) aliases[context.index(id)] = aliasMetersOf(context, id)
  const pendingReason = context.reason('lambda.pending')
  const absentReason = context.reason('lambda.absent')
  const failedReason = context.reason('lambda.stateFailed')
  const unusableReason = context.reason('lambda.unusable')
  const downReason = context.reason('lambda.down')
  const recursionReason = context.reason('lambda.recursion')
  const mostPasses = context.number('lambda.recursionLimit')
  const callees = new Callees(context, running)
  const admission = new Admission(context, configs, functions)
  const provisioned = new Provisioned(context, configs, meters, admission, callees)
  const work = new Work(
    context,
    context.ids(MAPPING).map((id) => context.index(id)),
  )
  let settings = asyncSettings(context, configs)
  /** Functions a fault took down; their versions and aliases with them. */
  const down = new Set<number>()

  // forward references: an execution needs the environments it runs in
  let events!: Events
  const execution = new Execution(context, configs, meters, aliases, work, (request, event, outcome, value, error) => {
    if (request >= 0) calls.answer(request, outcome, value)
    else events.ended(event, outcome, error)
  })
  const environments = new Environments(context, configs, meters, admission, functions, provisioned.pools, (e) =>
    execution.begin(e),
  )
  environments.onGone = (e) => execution.side.forget(e)
  execution.runIn(environments)
  provisioned.runIn(environments)
  const versions = running.map(({ version }) => version)
  const dispatch = new Dispatch(context, callees, environments, provisioned, versions)
  const current = (slot: number): FunctionConfig => configs[environments.current.data[slot]!]!
  events = createEvents(
    context,
    {
      fnOf: (callee) => callees.fnOf(callee),
      config: current,
      settings: (callee) => settings[callee]!,
    },
    meters,
    dispatch,
  )
  work.in(environments, events)
  const deployments = new Deployments(context, configs, functions, environments)

  const states = kernel.part(new Table(functions || 1))
  for (let f = 0; f < functions; f++) states.add()
  const inVpc = (f: number): boolean => context.properties(configs[f]!.id)['VpcConfig'] !== undefined
  const life = context.lifecycle({
    entities: states,
    machine: functionMachine,
    drawn: { owner: (f) => configs[f]!.resource, label: (f) => configs[f]!.id },
    implementation: {
      guards: {
        'interfaces ready': (f) =>
          configs[f]!.creationFails === null && (context.read('vpc.ready', configs[f]!.resource) === 1 || !inVpc(f)),
      },
    },
  })
  const DEPLOY = life.event('deploy')
  const READY = life.event('ready')
  const ACTIVE = life.code('Active')
  const FAILED = life.event('failed')
  /** Why a state refuses calls; Pending otherwise. */
  const unready = { [life.code('Failed')]: unusableReason, [life.code('Absent')]: absentReason }
  const deploy = (f: number): void => {
    life.send(f, DEPLOY)
    const { creationFails, resource } = configs[f]!
    if (creationFails === null) return
    context.explain(failedReason, resource, -1, stateReason(creationFails))
    life.send(f, FAILED)
  }
  const deploying = kernel.handler(deploy)
  const functionAt = (resource: number): number => (callees.plain(resource) < functions ? callees.plain(resource) : -1)
  context.listen('vpc.ready', (resource) => {
    const f = functionAt(resource)
    if (f >= 0) life.send(f, READY)
  })
  context.publish('lambda.pending', (resource) => {
    const f = callees.fnOf(resource)
    return f < 0 || life.state.data[f] === ACTIVE ? 0 : 1
  })

  const refuse = (request: number, callee: number, f: number, reason: number, outcome: Outcome): void => {
    if (outcome === Outcome.throttled) {
      metrics.count(meters[f]!.throttles)
      const plain = callees.plain(callee)
      if (plain >= functions) metrics.count(meters[plain]!.throttles)
      const alias = aliases[callee]
      if (alias !== undefined) metrics.count(alias.throttles)
    }
    context.explain(reason, configs[f]!.resource, -1, outcome === Outcome.throttled ? admission.limit() : 0)
    calls.answer(request, outcome)
  }

  const outcomeOf = (refused: number): Outcome =>
    refused === environments.noAddress ? Outcome.unavailable : Outcome.throttled

  return {
    start() {
      for (let f = 0; f < functions; f++) {
        life.drawn.born(f)
        recorder.cause = -1
        life.start(f)
        const { created } = configs[f]!
        if (created === null) deploy(f)
        else kernel.after(created, deploying, f)
      }
      provisioned.start()
    },
    handle(request) {
      const callee = calls.target(request)
      const f = callees.fnOf(callee)
      if (down.size > 0 && down.has(f)) return refuse(request, callee, f, downReason, Outcome.unavailable)
      if (life.state.data[f] !== ACTIVE) {
        return refuse(request, callee, f, unready[life.state.data[f]!] ?? pendingReason, Outcome.unavailable)
      }
      if (calls.action(request) === INVOKE_ASYNC) {
        calls.answer(request, Outcome.ok)
        events.accept(callee, calls.payload(request))
        return
      }
      const passed = work.passes(request)
      if (passed >= mostPasses && !current(f).allowsLoops) {
        metrics.count(meters[f]!.recursive)
        context.explain(recursionReason, configs[f]!.resource, -1, passed)
        calls.answer(request, Outcome.dropped)
        return
      }
      // $LATEST has nothing provisioned
      if (callee === configs[f]!.resource) {
        const refused = environments.refusal(f, false)
        if (refused < 0) environments.take(f, callee, request, -1, passed)
        else refuse(request, callee, f, refused, outcomeOf(refused))
        return
      }
      const slot = dispatch.slotOf(callee)
      const refused = dispatch.refusal(callee, slot, false)
      if (refused >= 0) return refuse(request, callee, f, refused, outcomeOf(refused))
      dispatch.run(callee, slot, request, -1, passed)
    },
    configure(resource, scenario) {
      const type = scenario.resources[context.id(resource)]?.Type
      if (type === FUNCTION) {
        const f = functionAt(resource)
        const before = configs[f]!.reserved
        deployments.configure(f)
        admission.reserve(f, before)
        context.signal('vpc.changed', resource, 0)
      } else if (type === ALIAS) callees.route(context.id(resource))
      if (type !== FUNCTION && type !== INVOKE_CONFIG) provisioned.configure(resource)
      settings = asyncSettings(context, configs)
    },
    fault(resource, broken) {
      const f = callees.fnOf(resource)
      if (f >= 0) down[broken ? 'add' : 'delete'](f)
    },
    costs: () => [...costsOf(context, configs, meters, functions), ...provisioned.costs()],
    contents: () => execution.side.contents(),
  }
}
