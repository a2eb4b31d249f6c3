import { Table } from '../../kernel/columns'
import { Plain } from '../../kernel/stateful'
import type { LogicalId } from '../../model/scenario'
import { toMicros } from '../../model/units'
import { refs } from '../../network/read'
import { bytesOf } from '../message-size'
import type { Carrier, Cost, ServiceContext, Way } from '../service'
import { ENDPOINT, FUNCTION, NAT } from './topology'

const GB = 1e9
/** Bytes of a body without content: `{}`. */
const EMPTY = 2

/** A way as calls are counted on it: series of its gateways, and rows of the connections that are open. */
interface Lane {
  readonly way: Way
  readonly nat: { readonly [name in keyof typeof NAT_METRICS]: number } | undefined
  readonly endpoint: { readonly active: number; readonly bytes: number } | undefined
  readonly crossing: number
  /** Rows: of the interface, of the gateway or endpoint, of the gateway and the destination; -1: none. */
  readonly rows: readonly [number, number, number]
}
const NAT_METRICS = {
  active: 'ActiveConnectionCount',
  attempts: 'ConnectionAttemptCount',
  established: 'ConnectionEstablishedCount',
  errors: 'ErrorPortAllocation',
  timeouts: 'IdleTimeoutCount',
  out: 'BytesOutToDestination',
  back: 'BytesInFromDestination',
} as const

/**
 * Connections and bytes of calls that leave through a VPC. A call holds one connection from its start to its answer; its bytes are those
 * of bodies, without what TCP, TLS and HTTP add. `carry` hears how many calls are open over an interface.
 */
export function installTraffic(
  context: ServiceContext,
  carry: (eni: string, open: number) => void,
): Carrier & { costs(): Cost[] } {
  const { kernel, calls } = context
  const { metrics } = kernel
  const ports = [context.reason('vpc.natPorts'), context.reason('call.unreachable.natPorts')] as const
  const idle = [context.reason('vpc.natIdle'), context.reason('call.unreachable.natIdle')] as const
  const most = context.number('vpc.natConnections')
  const idleSeconds = context.number('vpc.natIdle')
  const idleAfter = toMicros(idleSeconds)

  const series = (id: LogicalId, name: string): number =>
    metrics.series(id, name, name.startsWith('Active') ? 'gauge' : 'count')
  const nats = new Map(
    context.ids(NAT).map((id) => {
      const found = Object.entries(NAT_METRICS).map(([key, name]) => [key, series(id, name)])
      return [id, Object.fromEntries(found) as NonNullable<Lane['nat']>]
    }),
  )
  const endpoints = new Map(
    context
      .ids(ENDPOINT)
      .map((id) => [id, { active: series(id, 'ActiveConnections'), bytes: series(id, 'BytesProcessed') }]),
  )
  const crossing = new Map(context.ids(FUNCTION).map((id) => [id, series(id, 'CrossZoneBytes')]))

  /** Open calls by name of what they go through, so that a keyframe holds the numbering. */
  const names = kernel.part(new Plain<readonly string[]>([]))
  const counts = kernel.part(new Table(16))
  const open = counts.kept()
  const rowOf = (name: string): number => {
    const known = names.value.indexOf(name)
    if (known >= 0) return known
    names.value = [...names.value, name]
    return counts.add()
  }
  const ways = kernel.part(new Plain<readonly Way[]>([]))
  const lanes: Lane[] = []
  const laneAt = (number: number): Lane => {
    const way = ways.value[number]!
    if (lanes[number]?.way === way) return lanes[number]
    const gate = way.nat ?? way.endpoint
    return (lanes[number] = {
      way,
      nat: nats.get(way.nat ?? ''),
      endpoint: endpoints.get(way.endpoint ?? ''),
      crossing: crossing.get(way.from) ?? -1,
      rows: [rowOf(way.eni), gate === null ? -1 : rowOf(gate), way.nat === null ? -1 : rowOf(`${way.nat} > ${way.to}`)],
    })
  }
  const numbers = new WeakMap<Way, number>()
  const numberOf = (way: Way): number => {
    const known = numbers.get(way)
    if (known !== undefined && ways.value[known] !== undefined) return known
    const key = JSON.stringify(way)
    let number = ways.value.findIndex((it) => JSON.stringify(it) === key)
    if (number < 0) number = (ways.value = [...ways.value, way]).length - 1
    numbers.set(way, number)
    return number
  }
  /** Number of the way of a call by its id; -1: none. */
  const under = kernel.part(new Table(256))
  const wayOf = under.kept(-1)
  const turn = kernel.part(new Plain(0))

  const step = ({ nat, endpoint, rows }: Lane, change: number): void => {
    for (const row of rows) if (row >= 0) open.data[row] = open.data[row]! + change
    const gauge = nat?.active ?? endpoint?.active
    if (gauge !== undefined) metrics.gauge(gauge, open.data[rows[1]]!)
  }
  const carried = ({ way, nat, endpoint, crossing: cross }: Lane, bytes: number, out: boolean): void => {
    if (bytes === 0) return
    if (nat !== undefined) metrics.count(out ? nat.out : nat.back, bytes)
    if (endpoint !== undefined) metrics.count(endpoint.bytes, bytes)
    if (way.crossings > 0 && cross >= 0) metrics.count(cross, bytes * way.crossings)
  }
  const bodyOf = (request: number): number => {
    const bytes = bytesOf(context.payloads.get(calls.payload(request)))
    return bytes <= EMPTY ? 0 : bytes * calls.count(request)
  }
  /** Addresses a NAT gateway translates to. */
  const addresses = (nat: LogicalId): number => 1 + refs(context.properties(nat)['SecondaryAllocationIds']).length
  /** What the gateway did, and what that means for the call. */
  const lose = (nat: LogicalId, [why, lost]: readonly [number, number], value: number): number => {
    context.explain(why, context.index(nat), -1, value)
    return lost
  }

  return {
    open(request, choices, caller) {
      const turns = choices.length === 1 ? 0 : choices[0]!.mounted ? caller : turn.value++
      const way = choices[turns % choices.length]!
      if (way.lost >= 0) return way.lost
      const number = numberOf(way)
      const lane = laneAt(number)
      const { nat, rows } = lane
      if (nat !== undefined) {
        metrics.count(nat.attempts)
        const limit = most * addresses(way.nat!)
        if (open.data[rows[2]]! >= limit) {
          metrics.count(nat.errors)
          return lose(way.nat!, ports, limit)
        }
        metrics.count(nat.established)
      }
      while (under.size <= request) under.add()
      wayOf.data[request] = number
      step(lane, 1)
      carry(way.eni, open.data[rows[0]]!)
      if (way.bodied) carried(lane, bodyOf(request), true)
      return -1
    },
    back(request) {
      const number = request < under.size ? wayOf.data[request]! : -1
      if (number < 0) return -1
      const lane = laneAt(number)
      const { way, nat } = lane
      if (nat !== undefined && kernel.now - calls.sentAt(request) > idleAfter) {
        metrics.count(nat.timeouts)
        return lose(way.nat!, idle, idleSeconds)
      }
      carried(lane, context.read('call.sentBytes', calls.target(request)), true)
      carried(lane, context.read('call.answerBytes', calls.target(request)), false)
      return -1
    },
    close(request) {
      const number = request < under.size ? wayOf.data[request]! : -1
      if (number < 0) return
      wayOf.data[request] = -1
      step(laneAt(number), -1)
    },
    costs() {
      const line = (resource: LogicalId, item: string, bytes: number, fact: string): Cost[] =>
        bytes === 0 ? [] : [{ resource, item, quantity: bytes / GB, unit: 'GB', fact }]
      return [
        ...[...nats].flatMap(([id, nat]) =>
          line(id, 'Data processed', metrics.value(nat.out) + metrics.value(nat.back), 'vpc.natDataPrice'),
        ),
        ...[...endpoints].flatMap(([id, { bytes }]) =>
          line(id, 'Data processed', metrics.value(bytes), 'vpc.endpointDataPrice'),
        ),
        // each side of the border between zones is paid for
        ...[...crossing].flatMap(([id, bytes]) =>
          line(id, 'Data between zones, out and in', 2 * metrics.value(bytes), 'vpc.crossZonePrice'),
        ),
      ]
    },
  }
}
