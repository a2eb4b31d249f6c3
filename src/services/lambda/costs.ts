import { MICROS } from '../../model/units'
import type { Cost, ServiceContext } from '../service'
import type { FunctionConfig } from './config'
import type { Meters } from './meters'

/** Requests and time of every function, its versions included (PR-1 to PR-6). Kept provisioned environments are counted apart. */
export function costsOf(
  context: ServiceContext,
  configs: readonly FunctionConfig[],
  meters: readonly Meters[],
  functions: number,
): Cost[] {
  const { kernel } = context
  const { metrics } = kernel
  return configs.slice(0, meters.length).flatMap(({ id, slot, fn, memory, arm, space }): Cost[] => {
    const meter = meters[slot]!
    const resource = id
    const seconds = (series: number): number => metrics.value(series) / 1_000
    const provisioned = seconds(meter.billedProvisioned)
    // what versions were billed stands under their function; the part of each is subtracted from its total
    const ofVersions =
      slot === fn
        ? meters
            .slice(functions)
            .reduce((sum, it, i) => (configs[functions + i]!.fn === fn ? sum + seconds(it.billed) : sum), 0)
        : 0
    const own = seconds(meter.billed) - ofVersions
    const lines: Cost[] = []
    if (slot === fn)
      lines.push({
        resource,
        item: 'Requests',
        quantity: metrics.value(meter.invocations),
        unit: 'requests',
        fact: 'lambda.priceRequest',
      })
    const gb = memory / 1_024
    const onDemand = slot === fn ? own : own - provisioned
    if (slot === fn || onDemand > 0)
      lines.push({
        resource,
        item: slot === fn ? 'Duration' : `Duration, version ${configs[slot]!.version}`,
        quantity: onDemand * gb,
        unit: 'GB-s',
        fact: arm ? 'lambda.priceGbSecondArm' : 'lambda.priceGbSecond',
      })
    if (slot !== fn && provisioned > 0)
      lines.push({
        resource,
        item: `Duration, version ${configs[slot]!.version}, provisioned`,
        quantity: provisioned * gb,
        unit: 'GB-s',
        fact: arm ? 'lambda.priceProvisionedRunArm' : 'lambda.priceProvisionedRun',
      })
    lines.push(...snapshotFees(configs[slot]!, metrics.observed(meter.restore), kernel.now / MICROS, context))
    if (space > 512)
      lines.push({
        resource,
        item: 'Ephemeral storage above 512 MB',
        quantity: own * ((space - 512) / 1_024),
        unit: 'GB-s of /tmp',
        fact: 'lambda.priceTmpGbSecond',
      })
    return lines
  })
}

/** What SnapStart costs for Python and .NET: the cached snapshot by time, at least three hours, and every restore (SS-4). Java has no fee. */
function snapshotFees(config: FunctionConfig, restores: number, seconds: number, context: ServiceContext): Cost[] {
  const { id, snapStart, memory, version } = config
  const runtime = String(context.properties(id)['Runtime'])
  if (!snapStart || !/^(python|dotnet)/.test(runtime)) return []
  const gb = memory / 1_024
  const kept = Math.max(seconds, context.number('lambda.snapshotCacheLeast'))
  const cached: Cost = {
    resource: id,
    item: `Snapshot, version ${version}`,
    quantity: gb * kept,
    unit: 'GB-s of snapshot',
    fact: 'lambda.priceSnapshotGbSecond',
    idle: true,
    perSecond: gb,
  }
  if (restores === 0) return [cached]
  return [
    cached,
    {
      resource: id,
      item: `Restores, version ${version}`,
      quantity: gb * restores,
      unit: 'GB restored',
      fact: 'lambda.priceRestoreGb',
    },
  ]
}
