import { Token } from '../../../model/recording'
import type { LogicalId } from '../../../model/scenario'
import { MICROS } from '../../../model/units'
import { told } from '../../filled'
import { bytesOf } from '../../message-size'
import type { Content, Cost, Payload, ServiceContext } from '../../service'
import { matcherOf, type Matcher } from '../matcher'
import { createReplays } from './replays'
import { ARCHIVE, archiveOf, KEEP_ACTION, REPLAY_ACTION } from './settings'
import { ArchiveStore, type Kept } from './store'

const DAY = 86_400 * MICROS
const GB = 1e9
const MONTH = 30 * 86_400

/** What the bus's runtime and its archives have to do with each other. */
export interface Archives {
  /** An event is on the bus; returns whether an archive keeps it. `past`: where it comes from (parcel.ts). */
  take(bus: number, payload: number, past: number): boolean
  configure(): void
  start(resource: number, from: number, to: number, rules: readonly LogicalId[] | null): void
  cancel(resource: number): void
  fault(resource: number, down: boolean): void
  costs(): Cost[]
  contents(): Content[]
}

interface Live {
  readonly resource: number
  readonly bus: number
  readonly retention: number
  readonly pattern: string
  readonly matches: Matcher
  /** bus -> archive and back; -1 without a bus. */
  readonly keeps: number
  readonly replays: number
}

/** Archives of buses, and replays from them (EB-15). `route` puts an event on a bus again, for the rules named. */
export function createArchives(
  context: ServiceContext,
  route: (bus: number, payload: number, rules: readonly LogicalId[] | null) => void,
): Archives {
  const { kernel, calls, payloads } = context
  const { metrics, recorder } = kernel
  const ids = context.ids(ARCHIVE)
  const delay = context.number('eventbridge.archiveDelay')
  const keeps = context.reason('eventbridge.archived')
  const { seed } = context.scenario()
  const down = new Set<number>()
  let live: readonly Live[] = []

  const meters = ids.map((id) => ({
    count: context.level(context.index(id), 'events', 'EventCount'),
    size: metrics.series(id, 'SizeBytes', 'gauge', 'None'),
    events: metrics.series(id, 'ArchivedEvents', 'count'),
    bytes: metrics.series(id, 'ArchivedBytes', 'count', 'None'),
    replayed: metrics.series(id, 'ReplayedEvents', 'count'),
  }))
  const store = new ArchiveStore(kernel, {
    archives: ids.length,
    delay: delay * MICROS,
    until: context.scenario().duration * MICROS,
    retention: (a) => live[a]?.retention ?? Infinity,
    bytesOf: (payload) => bytesOf(payloads.get(payload)),
    changed(a) {
      meters[a]!.count(store.count(a))
      metrics.gauge(meters[a]!.size, store.bytes(a))
    },
  })
  const moved = (wire: number, payload: number, past: number): void => {
    if (wire >= 0) calls.moved(wire, Token.event, { payload, past, sentAt: kernel.now })
  }
  /** With its id and time: it keeps them in a replay. */
  const asItCame = ({ payload, trace, past, at }: Kept): Payload =>
    told(payloads.get(payload), { seed, trace, past, sentAt: at })
  const replays = createReplays(context, {
    store,
    place: (a) => ({ archive: live[a]!.resource, bus: live[a]!.bus }),
    isDown: (a) => live[a]!.bus < 0 || down.has(live[a]!.resource) || down.has(live[a]!.bus),
    send(a, event, name, rules) {
      const { body, poison } = asItCame(event)
      const again = payloads.intern({ body: { ...body, 'replay-name': name }, poison })
      metrics.count(meters[a]!.replayed)
      moved(live[a]!.replays, again, 0)
      route(live[a]!.bus, again, rules)
    },
  })

  return {
    take(bus, payload, past) {
      const content = payloads.get(payload).body
      let taken = false
      for (let a = 0; a < live.length; a++) {
        const archive = live[a]!
        // what a replay brought is in an archive already
        if (archive.bus !== bus || down.has(archive.resource) || content['replay-name'] !== undefined) continue
        if (!archive.matches(payload, content)) continue
        taken = true
        const { cause } = recorder
        context.explain(keeps, archive.resource, bus, delay)
        moved(archive.keeps, payload, past)
        recorder.cause = cause
        metrics.count(meters[a]!.events)
        metrics.count(meters[a]!.bytes, bytesOf(payloads.get(payload)))
        store.put(a, payload, past)
      }
      return taken
    },
    configure() {
      const before = live
      live = ids.map((id, a): Live => {
        const { bus, pattern, retentionDays } = archiveOf(id, context.scenario())
        const resource = context.index(id)
        const written = JSON.stringify(pattern)
        const wire = (from: string, to: string, action: string): number =>
          calls.wire(from, to, action, { role: null, network: false })
        return {
          resource,
          bus: bus === null ? -1 : context.index(bus),
          retention: retentionDays === 0 ? Infinity : retentionDays * DAY,
          pattern: written,
          matches:
            pattern === null ? () => true : before[a]?.pattern === written ? before[a].matches : matcherOf(pattern),
          keeps: bus === null ? -1 : wire(bus, id, KEEP_ACTION),
          replays: bus === null ? -1 : wire(id, bus, REPLAY_ACTION),
        }
      })
      live.forEach(({ retention }, a) => {
        if (before[a] !== undefined && before[a].retention !== retention) store.replan(a)
      })
    },
    start(resource, from, to, rules) {
      const a = live.findIndex((archive) => archive.resource === resource)
      if (a >= 0) replays.start(a, from, to, rules)
    },
    cancel(resource) {
      const a = live.findIndex((archive) => archive.resource === resource)
      if (a >= 0) replays.cancel(a)
    },
    fault(resource, isDown) {
      down[isDown ? 'add' : 'delete'](resource)
      if (isDown) replays.fail(resource)
    },
    costs: () =>
      ids.flatMap((resource, a): Cost[] => [
        {
          resource,
          item: 'Events archived',
          quantity: metrics.value(meters[a]!.bytes) / GB,
          unit: 'GB',
          fact: 'eventbridge.archivePrice',
        },
        {
          resource,
          item: 'Archive storage',
          quantity: store.byteSeconds(a) / GB / MONTH,
          unit: 'GB-month',
          fact: 'eventbridge.archiveStoragePrice',
          idle: true,
        },
        {
          resource,
          item: 'Events replayed',
          quantity: metrics.value(meters[a]!.replayed),
          unit: 'events',
          fact: 'eventbridge.replayPrice',
        },
      ]),
    contents: () =>
      ids.flatMap((resource, a) =>
        Array.from(store.between(a, 0, Infinity), (event): Content => ({
          resource,
          kind: 'event',
          key: '',
          at: event.at,
          value: asItCame(event).body,
        })),
      ),
  }
}
