import type { LogicalId, Scenario } from '../../model/scenario'
import { contains, parseAddress, parseCidr } from '../../network/ipv4'
import { list, object, properties, ref, refs, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import { ACCESS_POINT, FILE_SYSTEM, MOUNT_TARGET, ofSubnet, rootOf, subnetOf, targetsOf } from '../file-systems'
import type { Check, Problem } from '../service'

/** What CreateFileSystem refuses, and a file system nobody can reach. */
const systems: Check = (scenario) =>
  idsOf(FILE_SYSTEM, scenario).flatMap((id): Problem[] => {
    const { PerformanceMode, ThroughputMode, ProvisionedThroughputInMibps: mibps } = properties(scenario.resources[id]!)
    const problems: Problem[] = []
    const path = pointer(id, 'Properties', 'ProvisionedThroughputInMibps')
    if (ThroughputMode === 'provisioned' && mibps === undefined)
      problems.push({
        severity: 'error',
        path,
        message: `${id} has provisioned throughput and no amount. Say how many MiB a second.`,
        fix: { title: 'Provision 10 MiB/s', patches: [{ op: 'add', path, value: 10 }] },
      })
    if (ThroughputMode !== 'provisioned' && mibps !== undefined)
      problems.push({
        severity: 'error',
        path,
        message: `${id} has throughput ${text(ThroughputMode) ?? 'bursting'}, which takes no amount. Remove it, or provision.`,
        fix: { title: 'Remove the amount', patches: [{ op: 'remove', path }] },
      })
    if (PerformanceMode === 'maxIO' && ThroughputMode === 'elastic') {
      const at = pointer(id, 'Properties', 'PerformanceMode')
      problems.push({
        severity: 'error',
        path: at,
        message: `${id} is maxIO, which has no elastic throughput. Use generalPurpose.`,
        fix: { title: 'Use generalPurpose', patches: [{ op: 'replace', path: at, value: 'generalPurpose' }] },
      })
    }
    if (targetsOf(id, scenario).length === 0)
      problems.push({
        severity: 'warning',
        path: pointer(id),
        message: `${id} has no mount target, so nothing can mount it. Drop it on a subnet.`,
      })
    return problems
  })

/** One mount target for each zone, all of them in one VPC. */
const targets: Check = (scenario) =>
  idsOf(FILE_SYSTEM, scenario).flatMap((system) => {
    const zones = new Map<string | null, LogicalId>()
    const [first] = targetsOf(system, scenario)
    const vpcOf = (target: LogicalId): string | null => ofSubnet(subnetOf(target, scenario), 'VpcId', scenario)
    return targetsOf(system, scenario).flatMap((id): Problem[] => {
      const subnet = subnetOf(id, scenario)
      const path = pointer(id, 'Properties', 'SubnetId')
      if (vpcOf(id) !== vpcOf(first!)) {
        const message = `${id} stands in ${vpcOf(id)}, ${first} in ${vpcOf(first!)}. The mount targets of a file system lie in one VPC.`
        return [{ severity: 'error', path, message }]
      }
      const zone = ofSubnet(subnet, 'AvailabilityZone', scenario)
      const other = zones.get(zone)
      zones.set(zone, other ?? id)
      if (other === undefined) return []
      const message = `${id} and ${other} stand in one zone, where ${system} has one mount target. Remove ${id}. AWS: mount target already exists in this AZ`
      const fix = { title: `Remove ${id}`, patches: [{ op: 'remove' as const, path: pointer(id) }] }
      return [{ severity: 'error', path, message, fix }]
    })
  })

/** Addresses and groups of a mount target. */
const placements: Check = (scenario) =>
  idsOf(MOUNT_TARGET, scenario).flatMap((id): Problem[] => {
    const { IpAddress, SecurityGroups } = properties(scenario.resources[id]!)
    const subnet = subnetOf(id, scenario)
    const problems: Problem[] = []
    const asked = parseAddress(text(IpAddress) ?? '')
    const block = parseCidr(text(scenario.resources[subnet ?? '']?.Properties?.['CidrBlock']) ?? '')
    if (asked !== null && block !== null && !contains(block, asked)) {
      const path = pointer(id, 'Properties', 'IpAddress')
      const message = `${text(IpAddress)} of ${id} lies outside ${subnet}. Leave it out, or use an address of ${subnet}.`
      const fix = { title: 'Leave it out', patches: [{ op: 'remove' as const, path }] }
      problems.push({ severity: 'error', path, message, fix })
    }
    const vpc = ofSubnet(subnet, 'VpcId', scenario)
    refs(SecurityGroups).forEach((group, index) => {
      const other = ref(scenario.resources[group]?.Properties?.['VpcId'])
      if (typeOf(group, scenario) === null || other === vpc) return
      const message = `${group} belongs to ${other}, ${id} to ${vpc}. Use a security group of ${vpc}.`
      problems.push({ severity: 'error', path: pointer(id, 'Properties', 'SecurityGroups', index), message })
    })
    return problems
  })

/** A directory that nobody makes cannot be mounted. */
const roots: Check = (scenario) =>
  idsOf(ACCESS_POINT, scenario).flatMap((id): Problem[] => {
    const { root, made } = rootOf(id, scenario)
    const system = ref(properties(scenario.resources[id]!)['FileSystemId']) ?? ''
    const files = Object.keys(object(scenario.resources[system]?.Behavior?.['files']))
    if (made || files.some((file) => file.startsWith(`${root}/`))) return []
    const path = pointer(id, 'Properties', 'RootDirectory', 'CreationInfo')
    return [
      {
        severity: 'warning',
        path: pointer(id, 'Properties', 'RootDirectory'),
        message: `${id} leads to ${root}, which ${system} does not have. Mounting fails until it is there. Add CreationInfo.`,
        fix: {
          title: 'Create it',
          patches: [{ op: 'add', path, value: { OwnerUid: '1000', OwnerGid: '1000', Permissions: '0755' } }],
        },
      },
    ]
  })

/** Files are written and read through a mount, never called. */
const calls: Check = (scenario: Scenario) =>
  Object.entries(scenario.resources).flatMap(([id, { Behavior }]): Problem[] => {
    const isCall = (value: unknown): boolean => typeof value === 'string' && value.startsWith('elasticfilesystem:')
    const message = `${id} calls a file system. Mount it with FileSystemConfigs of a function, and use read and write steps.`
    const wrong = list(Behavior?.['steps']).flatMap((step, index): Problem[] =>
      isCall(object(step)['call'])
        ? [{ severity: 'error', path: pointer(id, 'Behavior', 'steps', index, 'call'), message }]
        : [],
    )
    return isCall(Behavior?.['call'])
      ? [...wrong, { severity: 'error', path: pointer(id, 'Behavior', 'call'), message }]
      : wrong
  })

export const checks: readonly Check[] = [systems, targets, placements, roots, calls]
