import type { LogicalId, Scenario } from '../../model/scenario'
import { buildNetwork, trace, type Network } from '../../network'
import { count, level, type Metrics, type Subject } from './metric'
import { TIME } from './time'

const networks = new WeakMap<Scenario, Network>()
const networkOf = (scenario: Scenario): Network => {
  const known = networks.get(scenario) ?? buildNetwork(scenario)
  networks.set(scenario, known)
  return known
}

/** Why nothing gets from one to the other: the explanation code, and the word of the check language (learning-design 7.3). */
function reasons(scenario: Scenario, from: LogicalId, to: LogicalId): string[] {
  const { code, hops } = trace(networkOf(scenario), { from, to })
  const crossed = hops.some(({ gate, passed }) => gate === 'nat-gateway' && passed)
  const word = WORDS.find(([pattern]) => pattern.test(code))?.[1]
  if (word === 'noRoute' && crossed) return [code, 'natWithoutGateway', word]
  return word === undefined ? [code] : [code, word]
}
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^IGW_PUBLIC_IP/, 'noPublicAddress'],
  [/SG_/, 'securityGroup'],
  [/ACL/, 'nacl'],
  [/^VPCE/, 'endpointNotAssociated'],
  [/^BAD_STATE$/, 'pending'],
  [/ROUTE|NO_PATH|NO_POSSIBLE/, 'noRoute'],
]

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
  for (const row of log.rows('blocked')) {
    const wire = log.wire(row)
    if (wire === undefined || !of.inWindow(row.at)) continue
    const mine = wire.from === of.id || (named && (wire.to === of.id || vpcOf(scenario, wire.from) === of.id))
    if (!mine) continue
    if (reason === undefined || reasons(scenario, wire.from, wire.to).includes(String(reason))) sum++
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
    'Calls the network let nothing of arrive; where reason: an explanation code, or noRoute, noPublicAddress, securityGroup, nacl, natWithoutGateway, endpointNotAssociated, pending.',
    dropped,
    { where: ['reason'], needs: ['blocked'] },
  ),
}
