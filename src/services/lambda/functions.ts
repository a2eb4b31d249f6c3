import { Outcome } from '../../model/recording'
import type { Runtime, ServiceContext } from '../service'
import { Admission } from './invocation/admission'
import { asyncSettings } from './async/async-settings'
import { Callees } from './invocation/callees'
import { readFunction, type FunctionConfig } from './config'
import { costsOf } from './costs'
import { Deployments } from './versions/deployments'
import { Dispatch } from './invocation/dispatch'
import { Environments } from './environment/environments'
import { Mounts } from './environment/mounts'
import { createEvents, type Events } from './async/events'
import { Execution, type Ended } from './invocation/execute'
import { FunctionStates } from './states/function-states'
import { aliasMetersOf, metersOf, type AliasMeters, type Meters } from './meters'
import { Provisioned } from './versions/provisioned'
import { ALIAS, FUNCTION, INVOKE_CONFIG, MAPPING } from './resource-types'
import { runningVersions } from './versions/versions'
import { Work } from './invocation/work'

const INVOKE_ASYNC = 1

/** The functions of a scenario, with their versions and aliases, running. */
export function installFunctions(context: ServiceContext): Runtime {
  const { kernel, calls } = context
  const { metrics } = kernel
  const running = runningVersions(context.scenario())
  const functions = context.ids(FUNCTION).length
  /** First one for each version, `$LATEST` of the functions first; deployments add more. */
  const configs: FunctionConfig[] = running.map((version, slot) => readFunction(context, version, slot))
  const meters: Meters[] = running.map((version) => metersOf(context, version))
  const aliases: (AliasMeters | undefined)[] = []
  for (const id of context.ids(ALIAS)) aliases[context.index(id)] = aliasMetersOf(context, id)
  const downReason = context.reason('lambda.down')
  const recursionReason = context.reason('lambda.recursion')
  const mostPasses = context.number('lambda.recursionLimit')
  const callees = new Callees(context, running)
  const admission = new Admission(context, configs, functions)
  const provisioned = new Provisioned(context, configs, meters, admission, callees)
  const work = new Work(
    context,
    [...context.ids(MAPPING), ...context.ids('AWS::Pipes::Pipe')].map((id) => context.index(id)),
  )
  let settings = asyncSettings(context, configs)
  /** Functions a fault took down; their versions and aliases with them. */
  const down = new Set<number>()

  // forward references: an execution needs the environments it runs in
  let events!: Events
  const ended: Ended = (request, event, outcome, value, error) => {
    if (request >= 0) calls.answer(request, outcome, value)
    else events.ended(event, outcome, error)
  }
  const execution = new Execution(context, configs, meters, aliases, work, ended)
  const environments = new Environments(context, configs, meters, admission, functions, provisioned.pools, (e) =>
    execution.begin(e),
  )
  const mounts = new Mounts(
    context,
    configs,
    environments,
    (request, event) => ended(request, event, Outcome.unavailable, 0, null),
    (e) => provisioned.unprepared(e),
  )
  environments.onMount = (e) => mounts.mount(e)
  environments.onMounted = (e) => mounts.prepared(e)
  environments.onGone = (e) => {
    execution.side.forget(e)
    mounts.gone(e)
  }
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

  const states = new FunctionStates(context, configs, callees, functions)
  const functionAt = (resource: number): number => (callees.plain(resource) < functions ? callees.plain(resource) : -1)

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
    environments.noInterface.includes(refused) ? Outcome.unavailable : Outcome.throttled

  return {
    start() {
      states.start()
      provisioned.start()
    },
    handle(request) {
      const callee = calls.target(request)
      const f = callees.fnOf(callee)
      if (down.size > 0 && down.has(f)) return refuse(request, callee, f, downReason, Outcome.unavailable)
      const unready = states.refusal(f)
      if (unready >= 0) return refuse(request, callee, f, unready, Outcome.unavailable)
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
        // interfaces first: the update waits for those it needs
        context.signal('vpc.changed', resource, 0)
        deployments.configure(f)
        admission.reserve(f, before)
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
