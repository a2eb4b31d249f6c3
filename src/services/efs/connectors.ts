import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { integer, list, object, properties, ref, refs } from '../../network/read'
import { freeId, idsOf, taken, typeOf, withProperties } from '../edit'
import {
  ACCESS_POINT,
  FILE_SYSTEM,
  MOUNT,
  mountOf,
  mountTarget,
  ofSubnet,
  pathIn,
  subnetOf,
  targetsOf,
  WRITE,
} from '../file-systems'
import { roleOf, withoutPermission, withPermissions } from '../roles'
import type { Connection, Connector } from '../service'

const FUNCTION = 'AWS::Lambda::Function'
const NFS = 2_049
const OWNER = '1000'

type Resources = { [id: LogicalId]: Resource }

const placeOf = (fn: Resource): { subnets: LogicalId[]; groups: LogicalId[] } => {
  const config = object(properties(fn)['VpcConfig'])
  return { subnets: refs(config['SubnetIds']), groups: refs(config['SecurityGroupIds']) }
}
const stepsOf = (fn: Resource): JsonObject[] => list(fn.Behavior?.['steps']).map(object)

const covers = (rule: Json): boolean => {
  const { IpProtocol, FromPort, ToPort } = object(rule)
  if (IpProtocol === '-1' || IpProtocol === -1) return true
  return IpProtocol === 'tcp' && (integer(FromPort) ?? 0) <= NFS && (integer(ToPort) ?? 65_535) >= NFS
}
/** Whether a group lets NFS in from one of `sources`, as far as its rules tell. */
const admits = (group: Resource | undefined, sources: readonly LogicalId[]): boolean =>
  list(group?.Properties?.['SecurityGroupIngress']).some((rule) => {
    const { CidrIp, SourceSecurityGroupId } = object(rule)
    return covers(rule) && (CidrIp !== undefined || sources.includes(ref(SourceSecurityGroupId) ?? ''))
  })
const nfsFrom = (group: LogicalId): JsonObject => ({
  IpProtocol: 'tcp',
  FromPort: NFS,
  ToPort: NFS,
  SourceSecurityGroupId: group,
})

/** The document while it is being written. */
class Draft {
  readonly resources: Resources = {}
  readonly #before: Scenario

  constructor(before: Scenario) {
    this.#before = before
  }
  get scenario(): Scenario {
    return { ...this.#before, resources: { ...this.#before.resources, ...this.resources } }
  }
  put(id: LogicalId, resource: Resource): void {
    this.resources[id] = resource
  }
  get(id: LogicalId): Resource | undefined {
    return this.resources[id] ?? this.#before.resources[id]
  }
}

/** Function -> file system: FileSystemConfigs, with all that mounting needs (LAM-67). */
const mounts: Connector = {
  derive: (scenario) =>
    idsOf(FUNCTION, scenario).flatMap((from): Connection[] => {
      const fn = scenario.resources[from]!
      const mount = mountOf(properties(fn), scenario)
      if (mount === null) return []
      const wire = { from, to: mount.fileSystem, style: 'sync' } as const
      const writes = stepsOf(fn).some(({ write }) => typeof write === 'string' && pathIn(mount, write) !== null)
      return [
        { ...wire, action: MOUNT, label: mount.path },
        ...(writes ? [{ ...wire, action: WRITE, label: 'write' }] : []),
      ]
    }),
  accepts(from, to, scenario, port) {
    if (typeOf(from, scenario) !== FUNCTION || typeOf(to, scenario) !== FILE_SYSTEM) return null
    if (port !== undefined && port !== 'out') return null
    const fn = scenario.resources[from]!
    if (placeOf(fn).subnets.length === 0)
      return { refused: `${from} is in no VPC, where file systems are mounted. Drop it on a subnet first.` }
    const mount = mountOf(properties(fn), scenario)
    if (mount === null) return true
    return { refused: `${from} mounts ${mount.fileSystem} already. A function mounts one file system.` }
  },
  connect(from, to, scenario) {
    const draft = new Draft(scenario)
    const fn = scenario.resources[from]!
    const { subnets, groups } = placeOf(fn)
    const point = accessPoint(draft, to)
    const config = [{ Arn: point, LocalMountPath: '/mnt/data' }]
    draft.put(from, withProperties(fn, { FileSystemConfigs: config }))
    const said = [`${from} mounts ${to} at /mnt/data through ${point}.`]
    const opened = targets(draft, to, subnets, groups)
    said.push(...opened)
    Object.assign(draft.resources, withPermissions(draft.scenario, from, [MOUNT, WRITE], to))
    said.push(`Added ${MOUNT} and ClientWrite to ${roleOf(fn) ?? 'its role'}.`)
    for (const group of groups) {
      const rules = draft.get(group)?.Properties?.['SecurityGroupEgress']
      if (rules !== undefined && !list(rules).some(covers))
        said.push(`${group} has no egress rule for TCP ${NFS}: add one, or nothing gets there.`)
    }
    return { resources: draft.resources, said: said.join(' ') }
  },
  disconnect({ from, to, action }, scenario) {
    const fn = scenario.resources[from]!
    const mount = mountOf(properties(fn), scenario)
    const left: Resource =
      action === WRITE
        ? {
            ...fn,
            Behavior: {
              ...fn.Behavior,
              steps: stepsOf(fn).filter(({ write }) => typeof write !== 'string' || pathIn(mount, write) === null),
            },
          }
        : withProperties(fn, { FileSystemConfigs: undefined })
    const draft = new Draft(scenario)
    draft.put(from, left)
    for (const iam of action === WRITE ? [WRITE] : [MOUNT, WRITE])
      Object.assign(draft.resources, withoutPermission(draft.scenario, from, iam, to))
    const said = action === WRITE ? `${from} no longer writes to ${to}.` : `${from} no longer mounts ${to}.`
    return { resources: draft.resources, said }
  },
}

/** The first access point of a file system, or a new one with a directory of its own. */
function accessPoint(draft: Draft, system: LogicalId): LogicalId {
  const { scenario } = draft
  const known = idsOf(ACCESS_POINT, scenario).find(
    (id) => ref(properties(scenario.resources[id]!)['FileSystemId']) === system,
  )
  if (known !== undefined) return known
  const id = freeId(`${system}AccessPoint`, taken(scenario))
  draft.put(id, {
    Type: ACCESS_POINT,
    Properties: {
      FileSystemId: system,
      PosixUser: { Uid: OWNER, Gid: OWNER },
      RootDirectory: {
        Path: '/lambda',
        CreationInfo: { OwnerUid: OWNER, OwnerGid: OWNER, Permissions: '0755' },
      },
    },
  })
  return id
}

/** A mount target in each zone of the function that has none, and TCP 2049 from the function to all of them. Returns what was done. */
function targets(
  draft: Draft,
  system: LogicalId,
  subnets: readonly LogicalId[],
  groups: readonly LogicalId[],
): string[] {
  const zoneOf = (subnet: LogicalId | null): string | null => ofSubnet(subnet, 'AvailabilityZone', draft.scenario)
  const said: string[] = []
  const [source] = groups
  const group = freeId(`${system}Sg`, taken(draft.scenario))
  for (const subnet of subnets) {
    const there = targetsOf(system, draft.scenario).find(
      (target) => zoneOf(subnetOf(target, draft.scenario)) === zoneOf(subnet),
    )
    if (there === undefined) {
      const made = mountTarget(system, subnet, source === undefined ? [] : [group], draft.scenario)
      Object.assign(draft.resources, made)
      said.push(`Added ${Object.keys(made)[0]} in ${subnet}.`)
      if (source === undefined || draft.get(group) !== undefined) continue
      const vpc = ofSubnet(subnet, 'VpcId', draft.scenario)
      draft.put(group, {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: `NFS to ${system}`,
          ...(vpc === null ? {} : { VpcId: vpc }),
          SecurityGroupIngress: [nfsFrom(source)],
        },
      })
      said.push(`${group} lets TCP ${NFS} in from ${source}.`)
      continue
    }
    const own = refs(properties(draft.get(there)!)['SecurityGroups'])
    if (source === undefined || own.some((id) => admits(draft.get(id), groups))) continue
    const [first] = own
    if (first === undefined) {
      said.push(`${there} has the default security group: add one that lets TCP ${NFS} in from ${source}.`)
      continue
    }
    const rules = list(draft.get(first)?.Properties?.['SecurityGroupIngress'])
    draft.put(first, withProperties(draft.get(first)!, { SecurityGroupIngress: [...rules, nfsFrom(source)] }))
    said.push(`${first} lets TCP ${NFS} in from ${source}.`)
  }
  return said
}

export const connectors: readonly Connector[] = [mounts]
