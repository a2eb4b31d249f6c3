import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { freeId, idsOf, taken, typeOf, withProperties } from '../edit'
import { ROLE, roleOf, withoutPermission, withPermissions } from '../roles'
import type { Connection, Connector } from '../service'
import { deliveryRole } from './role'
import {
  BUCKET,
  DELIVERY_STREAM,
  deliveryStreamOf,
  destination,
  DESTINATION,
  SOURCE,
  STREAM,
  TRANSFORMS,
} from './settings'

type Resources = { [id: LogicalId]: Resource }
const isOurs = (id: LogicalId, scenario: Scenario): boolean => typeOf(id, scenario) === DELIVERY_STREAM
const applied = (scenario: Scenario, resources: Resources): Scenario => ({
  ...scenario,
  resources: { ...scenario.resources, ...resources },
})

/** The delivery stream with its destination changed, and a role to act under. */
function acting(scenario: Scenario, id: LogicalId, change: JsonObject): Resources {
  const resource = scenario.resources[id]!
  const known = roleOf(resource)
  const role = known ?? freeId(`${id}Role`, taken(scenario))
  return {
    [id]: withProperties(resource, { [DESTINATION]: { ...destination(resource), ...change, RoleARN: role } }),
    ...(typeOf(role, scenario) === ROLE ? {} : { [role]: deliveryRole() }),
  }
}
function withRight(scenario: Scenario, changed: Resources, id: LogicalId, actions: string[], to: LogicalId): Resources {
  return { ...changed, ...withPermissions(applied(scenario, changed), id, actions, to) }
}

/** delivery stream -> bucket: where its objects go. */
export const toBucket: Connector = {
  derive: (scenario) =>
    idsOf(DELIVERY_STREAM, scenario).flatMap((from): Connection[] => {
      const { bucket, buffering } = deliveryStreamOf(from, scenario)
      const label = `every ${buffering.interval} s`
      return bucket === null ? [] : [{ from, to: bucket, action: 's3:PutObject', style: 'async', label }]
    }),
  accepts(from, to, scenario, port) {
    if (!isOurs(from, scenario) || port === 'failure' || typeOf(to, scenario) !== BUCKET) return null
    return deliveryStreamOf(from, scenario).bucket === to ? { refused: `${from} delivers to ${to} already.` } : true
  },
  connect(from, to, scenario) {
    const changed = acting(scenario, from, { BucketARN: to })
    return {
      resources: withRight(scenario, changed, from, ['s3:PutObject'], to),
      said: `${from} delivers to ${to}, many records in one object. Added s3:PutObject to its role.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const { BucketARN: _, ...rest } = destination(scenario.resources[from])
    return {
      resources: {
        [from]: withProperties(scenario.resources[from]!, { [DESTINATION]: rest }),
        ...withoutPermission(scenario, from, 's3:PutObject', to),
      },
      said: `${from} no longer delivers to ${to}.`,
    }
  },
}

/** delivery stream -> function: it transforms the records, and is waited for (INV-15). */
export const transform: Connector = {
  derive: (scenario) =>
    idsOf(DELIVERY_STREAM, scenario).flatMap((from): Connection[] => {
      const { transform: by } = deliveryStreamOf(from, scenario)
      return by === null ? [] : [{ from, to: by.function, action: 'lambda:Invoke', style: 'sync', label: 'transforms' }]
    }),
  accepts(from, to, scenario, port) {
    if (!isOurs(from, scenario)) return null
    const type = typeOf(to, scenario) ?? ''
    if (type === BUCKET || type === STREAM) return null
    if (port === 'failure') return { refused: `What ${from} cannot transform goes to its bucket.` }
    if (!TRANSFORMS.includes(type))
      return { refused: `A delivery stream delivers to a bucket and is transformed by a function, not by ${to}.` }
    return deliveryStreamOf(from, scenario).transform?.function === to
      ? { refused: `${to} transforms the records of ${from} already.` }
      : true
  },
  connect(from, to, scenario) {
    const Parameters = [{ ParameterName: 'LambdaArn', ParameterValue: to }]
    const changed = acting(scenario, from, {
      ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda', Parameters }] },
    })
    return {
      resources: withRight(scenario, changed, from, ['lambda:InvokeFunction'], to),
      said: `${to} transforms the records of ${from}. Added lambda:InvokeFunction to its role.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const { ProcessingConfiguration: _, ...rest } = destination(scenario.resources[from])
    return {
      resources: {
        [from]: withProperties(scenario.resources[from]!, { [DESTINATION]: rest }),
        ...withoutPermission(scenario, from, 'lambda:InvokeFunction', to),
      },
      said: `${to} no longer transforms the records of ${from}.`,
    }
  },
}

const READS = ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream']

/** delivery stream -> stream: it reads, so the wire points there whichever way it is drawn. */
export const reads: Connector = {
  derive: (scenario) =>
    idsOf(DELIVERY_STREAM, scenario).flatMap((from): Connection[] => {
      const { source } = deliveryStreamOf(from, scenario)
      return source === null ? [] : [{ from, to: source, action: 'kinesis:GetRecords', style: 'sync', label: 'reads' }]
    }),
  accepts(from, to, scenario, port) {
    const [id, stream] = isOurs(from, scenario) ? [from, to] : [to, from]
    if (!isOurs(id, scenario) || typeOf(stream, scenario) !== STREAM || port === 'failure') return null
    if (deliveryStreamOf(id, scenario).source === stream) return { refused: `${id} reads ${stream} already.` }
    const putters = Object.values(scenario.resources).some(
      ({ Behavior }) => Behavior?.['to'] === id && Behavior['call'] === 'firehose:PutRecord',
    )
    return putters
      ? {
          refused: `Records are put to ${id}: it cannot read ${stream} too. Remove that wire first, or add another delivery stream.`,
        }
      : true
  },
  connect(from, to, scenario) {
    const [id, stream] = isOurs(from, scenario) ? [from, to] : [to, from]
    const changed = acting(scenario, id, {})
    const role = roleOf(changed[id]!)!
    changed[id] = withProperties(changed[id]!, {
      DeliveryStreamType: 'KinesisStreamAsSource',
      [SOURCE]: { KinesisStreamARN: stream, RoleARN: role },
    })
    return {
      resources: withRight(scenario, changed, id, READS, stream),
      said: `${id} reads ${stream}, from now on (LATEST). Added kinesis:GetRecords to its role.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const freed: Resources = {}
    for (const action of READS) Object.assign(freed, withoutPermission(applied(scenario, freed), from, action, to))
    return {
      resources: {
        [from]: withProperties(scenario.resources[from]!, { DeliveryStreamType: 'DirectPut', [SOURCE]: undefined }),
        ...freed,
      },
      said: `${from} no longer reads ${to}.`,
    }
  },
}

export const connectors: readonly Connector[] = [toBucket, transform, reads]
