import type { LogicalId, Scenario } from '../../model/scenario'
import type { Code } from '../../network'
import { LOST_CODES, type LostCode } from '../call-codes'
import type { Need } from '../query-run/plan'
import { lostBecause } from '../ways'
import { count, level, type Metrics, type Subject } from './metric'
import { TIME } from './time'

/** Whether a call was lost for this reason: a word of the check language (learning-design 7.3), or an explanation code. */
function means(lost: LostCode, reason: string): boolean {
  const word = lost.slice('call.unreachable.'.length)
  if (word === reason || ALSO[word] === reason) return true
  const code = lostBecause({ code: reason as Code, hops: [] })
  return /^[A-Z_]+$/.test(reason) && (code === lost || `call.unreachable.${ALSO[word]}` === code)
}
const ALSO: { readonly [word: string]: string } = {
  natWithoutGateway: 'noRoute',
  blackhole: 'noRoute',
  naclReturn: 'nacl',
  notAvailable: 'pending',
}

const vpcOf = (scenario: Scenario, id: LogicalId): string | undefined => {
  const config = scenario.resources[id]?.Properties?.['VpcConfig'] as { SubnetIds?: string[] } | undefined
  const subnet = config?.SubnetIds?.[0]
  const vpc = subnet === undefined ? undefined : scenario.resources[subnet]?.Properties?.['VpcId']
  return typeof vpc === 'string' ? vpc : undefined
}

/** Calls that no packet of arrived: from a resource, to it when it is named, or from what is in a VPC. */
function dropped(of: Subject): number | undefined {
  const { log, scenario } = of.world
  if (log === null) return undefined
  const reason = of.where('reason')
  const named = of.query.of === of.id
  let sum = 0
  for (const lost of LOST_CODES as readonly LostCode[]) {
    if (reason !== undefined && !means(lost, String(reason))) continue
    for (const row of log.rows(`reason:${lost}`)) {
      const wire = log.wire(row)
      if (wire === undefined || !of.inWindow(row.at)) continue
      if (wire.from === of.id || (named && (wire.to === of.id || vpcOf(scenario, wire.from) === of.id))) sum++
    }
  }
  return sum
}

export const NETWORK: Metrics = {
  ...level('eni', 'Network interfaces of Lambda in a VPC.', 'NetworkInterfaces'),
  'eni.count': count('Network interfaces of Lambda in a VPC at the end.', (of) =>
    of.read(['NetworkInterfaces'], 'Last'),
  ),
  'eni.created': count('Network interfaces that were created.', (of) => of.read(['NetworkInterfacesCreated'], 'Sum')),
  'eni.timeToActive': TIME['timeToActive']!,
  'packets.dropped': count(
    'Calls the network let nothing of arrive; where reason: an explanation code, or noRoute, noPublicAddress, securityGroup, nacl, natWithoutGateway, endpointNotAssociated, pending, blackhole, naclReturn, privateAddress, natPorts, natIdle.',
    dropped,
    { where: ['reason'], needs: (LOST_CODES as readonly LostCode[]).map((code): Need => `reason:${code}`) },
  ),
}
