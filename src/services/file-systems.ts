/** File systems as functions mount them (LAM-67): what functions and file systems both know. */
import type { JsonObject, LogicalId, Resource, Scenario } from '../model/scenario'
import { list, object, properties, ref, refs, text } from '../network/read'
import { freeId, idsOf, pointer, taken, typeOf } from './edit'
import type { Fix } from './service'

export const FILE_SYSTEM = 'AWS::EFS::FileSystem'
export const MOUNT_TARGET = 'AWS::EFS::MountTarget'
export const ACCESS_POINT = 'AWS::EFS::AccessPoint'

/** Mounts (payload `{root?}`: directory that must be there) and reads a file (payload `{path}`). */
export const MOUNT = 'elasticfilesystem:ClientMount'
/** Writes a file: payload `{path, size, content?}`, size in MB. */
export const WRITE = 'elasticfilesystem:ClientWrite'

export interface Mount {
  readonly accessPoint: LogicalId
  readonly fileSystem: LogicalId
  /** Directory of the file system that is mounted, without a slash at its end. */
  readonly root: string
  /** The root directory is there, or made by the first mount (RootDirectory.CreationInfo). */
  readonly made: boolean
  /** LocalMountPath: `/mnt/data`. */
  readonly path: string
}

/** What a function mounts, from its properties; null for nothing, or for what is not there. */
export function mountOf(functionProperties: JsonObject, scenario: Scenario): Mount | null {
  const config = object(list(functionProperties['FileSystemConfigs'])[0])
  const accessPoint = ref(config['Arn'])
  const path = text(config['LocalMountPath'])
  if (accessPoint === null || path === null || typeOf(accessPoint, scenario) !== ACCESS_POINT) return null
  const fileSystem = ref(properties(scenario.resources[accessPoint]!)['FileSystemId'])
  if (fileSystem === null || typeOf(fileSystem, scenario) !== FILE_SYSTEM) return null
  return { accessPoint, fileSystem, path, ...rootOf(accessPoint, scenario) }
}

/** Directory an access point leads to; empty for the root of the file system, which is always there. */
export function rootOf(accessPoint: LogicalId, scenario: Scenario): { root: string; made: boolean } {
  const { Path, CreationInfo } = object(properties(scenario.resources[accessPoint]!)['RootDirectory'])
  const root = (text(Path) ?? '').replace(/\/+$/, '')
  return { root, made: root === '' || CreationInfo !== undefined }
}

/** Path within the file system of a file a step names; null for a file that is not under the mount. */
export function pathIn(mount: Mount | null, file: string): string | null {
  return mount !== null && file.startsWith(`${mount.path}/`) ? mount.root + file.slice(mount.path.length) : null
}

/** Mount targets of a file system, in document order. */
export function targetsOf(fileSystem: LogicalId, scenario: Scenario): LogicalId[] {
  return idsOf(MOUNT_TARGET, scenario).filter(
    (id) => ref(properties(scenario.resources[id]!)['FileSystemId']) === fileSystem,
  )
}

/** The subnet a mount target stands in. */
export const subnetOf = (target: LogicalId, scenario: Scenario): LogicalId | null =>
  ref(properties(scenario.resources[target]!)['SubnetId'])

/** Property of a subnet that may be gone. */
export const ofSubnet = (
  subnet: LogicalId | null,
  name: 'AvailabilityZone' | 'VpcId',
  scenario: Scenario,
): string | null => (subnet === null ? null : ref(scenario.resources[subnet]?.Properties?.[name]))

/** A new mount target of a file system in a subnet. No group means the default group of the VPC, which lets its own members in. */
export function mountTarget(
  fileSystem: LogicalId,
  subnet: LogicalId,
  groups: readonly LogicalId[],
  scenario: Scenario,
): { [id: LogicalId]: Resource } {
  const id = freeId(`${fileSystem}In${subnet}`, taken(scenario))
  const SecurityGroups = groups.length === 0 ? {} : { SecurityGroups: [...groups] }
  return { [id]: { Type: MOUNT_TARGET, Properties: { FileSystemId: fileSystem, SubnetId: subnet, ...SecurityGroups } } }
}

/** Subnets of a function whose zone has no mount target of what it mounts, each with the edit that adds one (LAM-67). */
export function withoutTarget(
  functionProperties: JsonObject,
  scenario: Scenario,
): { subnet: LogicalId; zone: string | null; fix: Fix }[] {
  const mount = mountOf(functionProperties, scenario)
  if (mount === null) return []
  const targets = targetsOf(mount.fileSystem, scenario)
  const zoneOf = (subnet: LogicalId | null): string | null => ofSubnet(subnet, 'AvailabilityZone', scenario)
  const zones = new Set(targets.map((target) => zoneOf(subnetOf(target, scenario))))
  const [first] = targets
  const groups = first === undefined ? [] : refs(properties(scenario.resources[first]!)['SecurityGroups'])
  return refs(object(functionProperties['VpcConfig'])['SubnetIds']).flatMap((subnet) => {
    const zone = zoneOf(subnet)
    if (zones.has(zone)) return []
    zones.add(zone)
    const [[id, value]] = Object.entries(mountTarget(mount.fileSystem, subnet, groups, scenario)) as [
      [string, Resource],
    ]
    const patches = [{ op: 'add' as const, path: pointer(id), value }]
    return [{ subnet, zone, fix: { title: `Add a mount target in ${subnet}`, patches } }]
  })
}
