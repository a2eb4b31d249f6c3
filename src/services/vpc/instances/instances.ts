import { Table } from '../../../kernel/columns'
import { Outcome, Token } from '../../../model/recording'
import type { LogicalId } from '../../../model/scenario'
import { toMicros } from '../../../model/units'
import { properties, text } from '../../../network/read'
import { defaultBus } from '../../default-bus'
import { instanceId } from '../../named-instances'
import { putAt } from '../../parcel'
import type { Cost, ServiceContext } from '../../service'
import { START, STOP } from '../actions'
import { INSTANCE } from '../topology'
import { instanceMachine } from './machine'
import { isStopped, stateChange, withoutState } from './settings'

const HOUR = 3_600e6

/** Facts of the prices of the sizes we know (PR-28). */
const PRICES: { readonly [size: string]: string } = {
  't3.micro': 'ec2.t3Micro',
  't3.medium': 'ec2.t3Medium',
  'm5.large': 'ec2.m5Large',
}

export interface Instances {
  start(): void
  handle(request: number): void
  configure(resource: number): void
  /** It is deleted by hand, or made again. */
  fault(resource: number, deleted: boolean): void
  costs(): Cost[]
}

/** EC2 instances that start, stop and end, tell the default bus of every change (ASG-5) and cost by the second while they run (ASG-4). */
export function createInstances(context: ServiceContext): Instances {
  const { kernel, calls, payloads, lineage } = context
  const { recorder } = kernel
  const ids = context.ids(INSTANCE)
  const why = {
    starting: context.reason('ec2.starting'),
    stopping: context.reason('ec2.stopping'),
    terminating: context.reason('ec2.terminating'),
    notStarted: context.reason('ec2.notStarted'),
    notStopped: context.reason('ec2.notStopped'),
  }
  const rowOf = new Map(ids.map((id, row) => [context.index(id), row]))
  const draw = (fact: string) => ids.map((id) => context.sampler(context.fact(fact), id, fact))
  const delays = {
    starting: draw('ec2.starting'),
    stopping: draw('ec2.stopping'),
    terminating: draw('ec2.terminating'),
  }
  const latency = draw('ec2.apiLatency')
  const least = toMicros(context.number('ec2.least'))

  const table = kernel.part(new Table(8))
  /** Events so far, of all instances, in the first row. */
  const told = table.f64()
  /** Since when it runs (µs), -1: it does not; and whether it was started in this run, so that the least time counts. */
  const since = table.f64(-1)
  const fresh = table.i32()
  /** µs paid for that are over. */
  const billed = table.f64()
  const running = ids.map((id) => context.level(context.index(id), 'running', 'RunningInstances'))
  const read = (): number[] => {
    const bus = defaultBus(context.scenario())
    return ids.map((id) =>
      bus === null ? -1 : calls.wire(id, bus, 'events:PutEvents', { role: null, network: false }),
    )
  }
  let wires: number[] = []
  /** The document's instances without the state they are wanted in: what a `set` says nothing new of was set to be started or stopped again. */
  const rest = ids.map((id) => withoutState(id, context.scenario()))
  const wanted = ids.map((id) => isStopped(id, context.scenario()))

  const paid = (row: number): number => {
    if (since.data[row]! < 0) return 0
    const ran = kernel.now - since.data[row]!
    return fresh.data[row] === 1 ? Math.max(least, ran) : ran
  }
  const life = context.lifecycle({
    entities: table,
    machine: instanceMachine,
    drawn: { owner: (row) => context.index(ids[row]!), label: (row) => instanceId(ids[row]!, context.scenario()) },
    implementation: {
      delays: {
        starting: (row) => delays.starting[row]!(),
        stopping: (row) => delays.stopping[row]!(),
        terminating: (row) => delays.terminating[row]!(),
      },
      actions: {
        tell(row) {
          if (wires[row]! < 0) return
          const state = life.table.states[life.state.data[row]!]!
          const body = stateChange(instanceId(ids[row]!, context.scenario()), state)
          const { past: outer } = lineage
          const { cause } = recorder
          told.data[0] = told.data[0]! + 1
          lineage.past = putAt(kernel.now, told.data[0])
          calls.send(wires[row]!, payloads.intern({ body, poison: false }), 1, taken, row, Token.event)
          lineage.past = outer
          recorder.cause = cause
        },
      },
    },
    onEnter(row, state) {
      if ((state === RUNNING) === since.data[row]! >= 0) return
      billed.data[row] = billed.data[row]! + paid(row)
      since.data[row] = state === RUNNING ? kernel.now : -1
      fresh.data[row] = 1
      running[row]!(state === RUNNING ? 1 : 0)
      context.signal('ec2.off', context.index(ids[row]!), state === RUNNING ? 0 : 1)
    },
  })
  const [RUNNING, PENDING, STOPPED, TERMINATED] = (['running', 'pending', 'stopped', 'terminated'] as const).map((it) =>
    life.code(it),
  ) as [number, number, number, number]
  const GONE = [life.code('shutting-down'), TERMINATED]
  const event = {
    runs: life.event('RUNS'),
    rests: life.event('RESTS'),
    start: life.event('START'),
    stop: life.event('STOP'),
    terminate: life.event('TERMINATE'),
    launch: life.event('LAUNCH'),
  }
  /** The bus took an event, or it is down: nobody waits for it. */
  const taken = kernel.handler(() => {})

  /** What the call leads to, where it is `from` whom it comes; whether EC2 takes it: what is so already stays so. */
  const begin = (row: number, from: number): boolean => {
    const resource = context.index(ids[row]!)
    const state = life.state.data[row]!
    if (state === RUNNING || state === PENDING) return true
    if (state !== STOPPED) return refuse(why.notStarted, resource)
    context.explain(why.starting, resource, from)
    return life.send(row, event.start)
  }
  const halt = (row: number, from: number): boolean => {
    const resource = context.index(ids[row]!)
    if (GONE.includes(life.state.data[row]!)) return refuse(why.notStopped, resource)
    if (life.state.data[row] !== RUNNING && life.state.data[row] !== PENDING) return true
    context.explain(why.stopping, resource, from)
    return life.send(row, event.stop)
  }
  const end = (row: number, from: number): boolean => {
    if (GONE.includes(life.state.data[row]!)) return true
    context.explain(why.terminating, context.index(ids[row]!), from)
    return life.send(row, event.terminate)
  }
  const refuse = (reason: number, resource: number): boolean => {
    context.explain(reason, resource)
    return false
  }
  const answering = kernel.handler((request, done) => calls.answer(request, done === 1 ? Outcome.ok : Outcome.error))

  /** By hand, through the agenda: what a resumed run repeats of interventions leaves no trace there. */
  const BY_HAND = [begin, halt, end, (row: number) => life.send(row, event.launch)]
  const byHand = kernel.handler((row, what) => {
    recorder.newTrace()
    BY_HAND[what]!(row, context.index(ids[row]!))
  })

  // the network asks: only who runs answers and forwards
  context.publish('ec2.off', (resource) => (rowOf.has(resource) && since.data[rowOf.get(resource)!]! < 0 ? 1 : 0))

  return {
    start() {
      wires = read()
      ids.forEach((id, row) => {
        table.add()
        life.drawn.born(row)
        recorder.cause = -1
        life.start(row)
        life.send(row, isStopped(id, context.scenario()) ? event.rests : event.runs)
        fresh.data[row] = 0
      })
    },
    handle(request) {
      const row = rowOf.get(calls.target(request))!
      const from = calls.source(request)
      const action = calls.action(request)
      const { cause } = recorder
      const done = action === START ? begin(row, from) : action === STOP ? halt(row, from) : end(row, from)
      recorder.cause = cause
      kernel.after(latency[row]!(), answering, request, done ? 1 : 0)
    },
    configure(resource) {
      wires = read()
      const row = rowOf.get(resource)
      if (row === undefined) return
      const stopped = isStopped(ids[row]!, context.scenario())
      const others = withoutState(ids[row]!, context.scenario())
      if (stopped !== wanted[row] || others === rest[row]) kernel.after(0, byHand, row, stopped ? 1 : 0)
      wanted[row] = stopped
      rest[row] = others
    },
    fault(resource, deleted) {
      const row = rowOf.get(resource)
      if (row !== undefined) kernel.after(0, byHand, row, deleted ? 2 : 3)
    },
    costs: () =>
      ids.flatMap((resource: LogicalId, row): Cost[] => {
        const fact = PRICES[text(properties(context.scenario().resources[resource]!)['InstanceType']) ?? '']
        if (fact === undefined) return []
        const open = since.data[row]! >= 0 && (fresh.data[row] === 0 || kernel.now - since.data[row]! >= least)
        const quantity = (billed.data[row]! + paid(row)) / HOUR
        return [{ resource, item: 'Hours running', unit: 'h', fact, quantity, perSecond: open ? 1 / 3_600 : 0 }]
      }),
  }
}
