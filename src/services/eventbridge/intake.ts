import { Outcome } from '../../model/recording'
import type { Payload, ServiceContext } from '../service'
import { ACCOUNT, letsIn } from './accounts'
import { PARTNER } from './actions'
import type { Limits } from './limits'
import { BUS } from './settings'

/** What was put, as rules see it. */
export interface Entry {
  readonly source: Payload
  readonly id: number
  /** As PutEvents counts them (EB-5). */
  readonly bytes: number
  /** Its detail is no JSON object. */
  readonly malformed: boolean
  /** Sent by an AWS service by itself: no entry of PutEvents, and free (PR-14). */
  readonly service: boolean
}

export interface LiveBus {
  readonly account: string
  /** Its partner event source; null: it is no partner's bus. */
  readonly partner: string | null
  /** A rule asks for the id or the time of events. */
  readonly exact: boolean
}

/** Whether a call begins something, may follow from an event, or hands an event on. */
export const BEGINS = 0
const FOLLOWS = 1
export const FROM_BUS = 2
export type Origin = typeof BEGINS | typeof FOLLOWS | typeof FROM_BUS
/** What calls for nobody else: each of their events has a trace of its own. */
const BEGINNERS = ['Coldstart::Client', 'Coldstart::Source']
/** Code of the learner: it may not pass for an AWS service. */
const FUNCTIONS = 'AWS::Lambda::'

/** Reason why a call is refused, -1 when it is taken; {value} of the reason. */
export type Refusal = readonly [reason: number, value: number, outcome: Outcome]
const TAKEN: Refusal = [-1, 0, Outcome.ok]

export interface Intake {
  originOf(resource: number): Origin
  refusalOf(request: number, entry: Entry, origin: Origin): Refusal
}

/** Who may put what on a bus, and how much (EB-1, EB-5, EB-6, EB-14). `busAt`: by resource. */
export function createIntake(
  context: ServiceContext,
  limits: Limits,
  busAt: (resource: number) => LiveBus | undefined,
): Intake {
  const { calls } = context
  const why = {
    malformed: context.reason('eventbridge.malformed'),
    notYours: context.reason('eventbridge.notYours'),
    tooMany: context.reason('eventbridge.tooMany'),
    tooLarge: context.reason('eventbridge.tooLarge'),
    throttled: context.reason('eventbridge.throttled'),
    notPartner: context.reason('eventbridge.notPartner'),
    notLetIn: context.reason('eventbridge.notLetIn'),
  }
  const rate = context.number('eventbridge.putEventsRate')
  const mostEntries = context.number('eventbridge.entriesPerCall')
  const tooManyBytes = context.number('eventbridge.mostMegabytes') * 1_048_576
  const origins: Origin[] = []
  const typeOf = (resource: number): string => context.scenario().resources[context.id(resource)]?.Type ?? ''
  const lets = (bus: number, account: string): boolean =>
    busAt(bus)!.account === account || letsIn(context.id(bus), account, context.scenario())

  return {
    originOf(resource) {
      const known = origins[resource]
      if (known !== undefined) return known
      const type = typeOf(resource)
      return (origins[resource] = type === BUS ? FROM_BUS : BEGINNERS.includes(type) ? BEGINS : FOLLOWS)
    },
    refusalOf(request, entry, origin) {
      const bus = calls.target(request)
      const fromPartner = calls.action(request) === PARTNER
      if ((busAt(bus)!.partner !== null) !== fromPartner) return [why.notPartner, 0, Outcome.denied]
      // clients are of whatever account it takes
      const sender = origin === FROM_BUS ? busAt(calls.source(request))!.account : ACCOUNT
      if ((origin === FROM_BUS || (origin === FOLLOWS && !entry.service)) && !lets(bus, sender))
        return [why.notLetIn, 0, Outcome.denied]
      if (entry.malformed && !entry.service) return [why.malformed, 0, Outcome.error]
      if (entry.service && origin === FOLLOWS && typeOf(calls.source(request)).startsWith(FUNCTIONS))
        return [why.notYours, 0, Outcome.denied]
      if (origin === FROM_BUS || entry.service) return TAKEN
      const count = calls.count(request)
      if (count > mostEntries) return [why.tooMany, count, Outcome.error]
      if (count * entry.bytes >= tooManyBytes) return [why.tooLarge, count * entry.bytes, Outcome.error]
      return limits.takes() ? TAKEN : [why.throttled, rate, Outcome.throttled]
    },
  }
}
