import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { list, object, properties, ref } from '../../network/read'
import { typeOf, withProperties } from '../edit'
import { defaultBus } from '../default-bus'
import { withInvitation, withoutInvitation } from '../invitations'
import type { Connection, Connector, Refusal } from '../service'
import { BUCKET, BUS, CREATED, entriesOf, overlap, PRINCIPAL, tellsBus, wayTo } from './settings'

const bucketsOf = (scenario: Scenario): [LogicalId, Resource][] =>
  Object.entries(scenario.resources).filter(([, { Type }]) => Type === BUCKET)

/** The bucket with its notifications changed; without any when nothing is left. */
function notifying(bucket: Resource, change: (now: JsonObject) => { [name: string]: Json | undefined }): Resource {
  const now = object(properties(bucket)['NotificationConfiguration'])
  const next: JsonObject = {}
  for (const [name, value] of Object.entries({ ...now, ...change(now) })) if (value !== undefined) next[name] = value
  return withProperties(bucket, { NotificationConfiguration: Object.keys(next).length === 0 ? undefined : next })
}

/** bucket -> function, queue or topic: a notification of the bucket, with the statement a function needs (S3-2, S3-6). */
export const notification: Connector = {
  derive: (scenario) =>
    bucketsOf(scenario).flatMap(([from, bucket]) => {
      const seen = new Set<LogicalId>()
      return entriesOf(bucket).flatMap(({ to, way, prefix, suffix }): Connection[] => {
        if (seen.has(to) || wayTo(to, scenario) !== way) return []
        seen.add(to)
        return [
          {
            from,
            to,
            action: way.action,
            style: 'async',
            ...(prefix === '' && suffix === '' ? {} : { label: `${prefix}*${suffix}` }),
            ...(way.name === 'Function' ? { principal: PRINCIPAL } : {}),
          },
        ]
      })
    }),
  accepts(from, to, scenario, port): true | Refusal | null {
    if (typeOf(from, scenario) !== BUCKET || port === 'failure' || typeOf(to, scenario) === BUS) return null
    if (wayTo(to, scenario) === undefined)
      return {
        refused: `A bucket tells functions, queues, topics and the default bus, not ${to}. Put a function between.`,
      }
    const { FifoQueue, FifoTopic } = properties(scenario.resources[to]!)
    if (FifoQueue === true || FifoTopic === true)
      return { refused: `${to} is FIFO: a bucket tells standard queues and topics. Go through EventBridge (S3-2).` }
    const taken = entriesOf(scenario.resources[from]).find((entry) =>
      overlap(entry, { event: CREATED, prefix: '', suffix: '' }),
    )
    if (taken === undefined) return true
    if (taken.to === to) return { refused: `${from} tells ${to} already.` }
    return {
      refused: `${from} tells ${taken.to} of created objects already, and an object is told of once. Draw to a topic that fans out, or write two filters that do not overlap (S3-3).`,
    }
  },
  connect(from, to, scenario) {
    const { list: name, name: target } = wayTo(to, scenario)!
    const bucket = notifying(scenario.resources[from]!, (now) => ({
      [name]: [...list(now[name]), { Event: CREATED, [target]: to }],
    }))
    const invited = target === 'Function' ? withInvitation(scenario, to, { service: PRINCIPAL, source: from }) : {}
    return {
      resources: { [from]: bucket, ...invited },
      said: `${from} tells ${to} of every created object. Give the notification a prefix for fewer.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const bucket = notifying(scenario.resources[from]!, (now) => {
      const { list: name, name: target } = wayTo(to, scenario)!
      const left = list(now[name]).filter((entry) => ref(object(entry)[target]) !== to)
      return { [name]: left.length === 0 ? undefined : [...left] }
    })
    return {
      resources: { [from]: bucket, ...withoutInvitation(scenario, to, { service: PRINCIPAL, source: from }) },
      said: `${from} no longer tells ${to} of its objects.`,
    }
  },
}

/** bucket -> default bus: every change as an event (S3-2). */
export const toDefaultBus: Connector = {
  derive(scenario) {
    const bus = defaultBus(scenario)
    if (bus === null) return []
    return bucketsOf(scenario).flatMap(([from, bucket]): Connection[] =>
      tellsBus(bucket) ? [{ from, to: bus, action: 'events:PutEvents', style: 'async' }] : [],
    )
  },
  accepts(from, to, scenario) {
    if (typeOf(from, scenario) !== BUCKET || typeOf(to, scenario) !== BUS) return null
    if (defaultBus(scenario) !== to)
      return { refused: `Events of AWS services come to the bus named default (EB-1). Give ${to} the Name default.` }
    return tellsBus(scenario.resources[from]) ? { refused: `${from} sends its events to ${to} already.` } : true
  },
  connect: (from, to, scenario) => ({
    resources: {
      [from]: notifying(scenario.resources[from]!, () => ({ EventBridgeConfiguration: { EventBridgeEnabled: true } })),
    },
    said: `${from} sends every change of an object to ${to}. Add a rule with source aws.s3.`,
  }),
  disconnect: ({ from, to }, scenario) => ({
    resources: { [from]: notifying(scenario.resources[from]!, () => ({ EventBridgeConfiguration: undefined })) },
    said: `${from} no longer sends its events to ${to}.`,
  }),
}

export const connectors: readonly Connector[] = [notification, toDefaultBus]
