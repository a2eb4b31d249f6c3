import type { JsonObject, LogicalId, Resource, Scenario } from '../../../model/scenario'
import { freeId, taken } from '../../edit'
import { roleOf } from '../../roles'
import type { Connection, Connector, Refusal } from '../../service'
import { FUNCTION, INVOKE_CONFIG } from '../resource-types'
import { BUCKET, delivery, destinationsOf, granting, isSame, objectOf, releasing, type Destination } from './targets'

type When = Destination['when']

const WORDS: { readonly [when in When]: { readonly label: string; readonly records: string } } = {
  OnSuccess: { label: 'on success', records: 'events that succeeded' },
  OnFailure: { label: 'on failure', records: 'events that were given up' },
}

/** The async settings of the unqualified function (`$LATEST`); null while it has none. */
function settingsOf(fn: LogicalId, scenario: Scenario): LogicalId | null {
  const found = Object.entries(scenario.resources).find(
    ([, { Type, Properties }]) =>
      Type === INVOKE_CONFIG &&
      Properties?.['FunctionName'] === fn &&
      (Properties['Qualifier'] ?? '$LATEST') === '$LATEST',
  )
  return found?.[0] ?? null
}

/**
 * Function -> where records of its asynchronous events go (INV-10, INV-11). Drawn from the port `success` or `onFailure`; the wire of a failure
 * leaves where dead letters do.
 */
function destination(when: When, drawnFrom: string): Connector {
  const port = when === 'OnSuccess' ? 'success' : 'failure'
  const { label, records } = WORDS[when]
  const own = (scenario: Scenario): Destination[] => destinationsOf(scenario).filter((one) => one.when === when)
  return {
    derive: (scenario) =>
      own(scenario).map(({ config, from, to }): Connection => ({
        from,
        to,
        action: delivery(to, scenario)?.action ?? 'sqs:SendMessage',
        port,
        resource: config,
        style: 'async',
        label,
      })),
    accepts(from, to, scenario, drawn): true | Refusal | null {
      if (drawn !== drawnFrom || scenario.resources[from]?.Type !== FUNCTION) return null
      if (delivery(to, scenario) === null)
        return {
          refused:
            'Records of finished events go to a queue, a topic, a function or a bus; of failures to a bucket, too.',
        }
      if (when === 'OnSuccess' && scenario.resources[to]?.Type === BUCKET)
        return { refused: `A bucket takes records of failures alone (INV-10). Put ${from}'s results there by a call.` }
      if (isSame(from, to, scenario))
        return { refused: `A record of every event of ${from} would start it again. Send it elsewhere.` }
      const there = own(scenario).some((one) => one.config === settingsOf(from, scenario) && one.to === to)
      return there ? { refused: `${to} gets the records of ${from} ${label} already.` } : true
    },
    connect(from, to, scenario) {
      const { iam } = delivery(to, scenario)!
      const config = settingsOf(from, scenario) ?? freeId(`${from}AsyncSettings`, taken(scenario))
      const before = own(scenario).find((one) => one.config === config)
      const changed = { [config]: withDestination(scenario.resources[config], from, when, to) }
      const granted = granting(scenario, changed, from, iam, to)
      const old = before === undefined ? undefined : delivery(before.to, scenario)?.iam
      return {
        resources: before && old ? releasing(scenario, granted, from, old, before.to) : granted,
        said: `Records of ${records} in ${from} go to ${to}. Added ${iam} to ${roleOf(scenario.resources[from]!) ?? 'its role'}.`,
      }
    },
    disconnect({ from, to, resource }, scenario) {
      const config = resource ?? ''
      const changed = { [config]: withoutDestination(scenario.resources[config]!, when) }
      const iam = delivery(to, scenario)?.iam ?? ''
      return {
        resources: releasing(scenario, changed, from, iam, to),
        said: `${to} gets no records of ${from} ${label} any more.`,
      }
    },
  }
}

function withDestination(settings: Resource | undefined, fn: LogicalId, when: When, to: LogicalId): Resource {
  const properties = settings?.Properties ?? { FunctionName: fn }
  const DestinationConfig = { ...objectOf(properties['DestinationConfig']), [when]: { Destination: to } }
  return { ...(settings ?? { Type: INVOKE_CONFIG }), Properties: { ...properties, DestinationConfig } }
}

/** null when the settings said nothing else. */
function withoutDestination(settings: Resource, when: When): Resource | null {
  const { DestinationConfig, ...rest } = settings.Properties ?? {}
  const { [when]: _, ...others } = objectOf(DestinationConfig)
  if (Object.keys(others).length > 0)
    return { ...settings, Properties: { ...rest, DestinationConfig: others } satisfies JsonObject }
  const says = Object.keys(rest).some((name) => name !== 'FunctionName' && name !== 'Qualifier')
  return says ? { ...settings, Properties: rest } : null
}

export const destinations: readonly Connector[] = [
  destination('OnSuccess', 'success'),
  destination('OnFailure', 'onFailure'),
]
