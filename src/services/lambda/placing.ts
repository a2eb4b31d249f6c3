import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { INTERFACE_ACTIONS } from '../eni-failures'
import { withPermissions } from '../roles'
import type { Refusal } from '../service'

/**
 * Attaches a function to a subnet (adds it to `VpcConfig.SubnetIds`, with a security group of the VPC), or takes it out of the VPC (null).
 * A subnet of another VPC replaces the configuration, because all subnets of a function lie in one VPC.
 */
export function moveFunction(
  id: LogicalId,
  container: LogicalId | null,
  scenario: Scenario,
): { [id: LogicalId]: Resource | null } | Refusal {
  const fn = scenario.resources[id]
  if (fn === undefined) return { refused: `${id} does not exist.` }
  if (container === null) {
    const { VpcConfig: _, ...properties } = fn.Properties ?? {}
    return { [id]: { ...fn, Properties: properties } }
  }
  const target = scenario.resources[container]
  if (target?.Type !== 'AWS::EC2::Subnet') return { refused: 'A function is attached to subnets. Drop it on a subnet.' }
  const vpc = String(target.Properties?.['VpcId'])
  const old = fn.Properties?.['VpcConfig'] as JsonObject | undefined
  const oldSubnets = strings(old?.['SubnetIds'])
  const sameVpc =
    oldSubnets.length > 0 && oldSubnets.every((it) => scenario.resources[it]?.Properties?.['VpcId'] === vpc)
  const changed: { [id: LogicalId]: Resource | null } = {}
  let groups = sameVpc ? strings(old?.['SecurityGroupIds']) : []
  if (groups.length === 0) {
    const existing = Object.entries(scenario.resources).find(
      ([, it]) => it.Type === 'AWS::EC2::SecurityGroup' && it.Properties?.['VpcId'] === vpc,
    )
    let group = existing?.[0]
    if (group === undefined) {
      group = 'AppSg'
      for (let n = 2; scenario.resources[group] !== undefined; n++) group = `AppSg${n}`
      changed[group] = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Functions', VpcId: vpc } }
    }
    groups = [group]
  }
  const subnets = sameVpc ? [...new Set([...oldSubnets, container])] : [container]
  changed[id] = { ...fn, Properties: { ...fn.Properties, VpcConfig: { SubnetIds: subnets, SecurityGroupIds: groups } } }
  const after: Scenario = {
    ...scenario,
    resources: { ...scenario.resources, ...(changed as { [id: string]: Resource }) },
  }
  Object.assign(changed, withPermissions(after, id, INTERFACE_ACTIONS, '*'))
  return changed
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : []
}
