import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { properties, ref, text } from '../../network/read'
import { ACCESS_POINT, FILE_SYSTEM, MOUNT_TARGET, mountTarget, ofSubnet, subnetOf, targetsOf } from '../file-systems'
import { typeOf, withProperties } from '../edit'
import type { Kind } from '../service'

const SUBNET = 'AWS::EC2::Subnet'

const idOf = (resource: Resource, scenario: Scenario): LogicalId | undefined =>
  Object.keys(scenario.resources).find((id) => scenario.resources[id] === resource)
const named =
  (...names: string[]) =>
  (resource: Resource): LogicalId[] =>
    names.flatMap((name) => ref(properties(resource)[name]) ?? [])

const MODES: { readonly [mode: string]: string } = { provisioned: 'provisioned', elastic: 'elastic' }

export const kinds: { readonly [type: string]: Kind } = {
  [FILE_SYSTEM]: {
    label: 'File system',
    short: 'Files',
    category: 'data',
    drawn: 'node',
    glyph: 'file-system',
    silhouette: 'store',
    size: { w: 148, h: 48 },
    summary: 'Files that all environments of all functions see, mounted in subnets.',
    create: (id, { container }, scenario) => ({
      [id]: { Type: FILE_SYSTEM, Properties: { ThroughputMode: 'elastic', Encrypted: true } },
      ...(typeOf(container, scenario) === SUBNET ? mountTarget(id, container!, [], scenario) : {}),
    }),
    // like a function it lies in no subnet: with one mount target it is drawn there
    container(resource, scenario) {
      const id = idOf(resource, scenario)
      const targets = id === undefined ? [] : targetsOf(id, scenario)
      return targets.length === 1 ? subnetOf(targets[0]!, scenario) : null
    },
    moveInto(id, container, scenario) {
      const targets = targetsOf(id, scenario)
      if (container === null) return Object.fromEntries(targets.map((target) => [target, null]))
      if (typeOf(container, scenario) !== SUBNET)
        return { refused: `${id} is mounted in subnets. Drop it on a subnet.` }
      const zone = ofSubnet(container, 'AvailabilityZone', scenario)
      const vpc = ofSubnet(container, 'VpcId', scenario)
      const elsewhere = targets.find((target) => ofSubnet(subnetOf(target, scenario), 'VpcId', scenario) !== vpc)
      if (elsewhere !== undefined)
        return {
          refused: `${elsewhere} stands in another VPC. The mount targets of ${id} lie in one VPC: take it out first.`,
        }
      const same = targets.find((target) => ofSubnet(subnetOf(target, scenario), 'AvailabilityZone', scenario) === zone)
      if (same === undefined) return mountTarget(id, container, [], scenario)
      return { [same]: withProperties(scenario.resources[same]!, { SubnetId: container, IpAddress: undefined }) }
    },
    typeLine: (resource) => `File system · ${MODES[text(properties(resource)['ThroughputMode']) ?? ''] ?? 'bursting'}`,
  },
  [MOUNT_TARGET]: {
    label: 'Mount target',
    category: 'data',
    drawn: 'attachment',
    glyph: 'eni',
    summary: 'The address of a file system in one zone, on TCP 2049.',
    palette: false,
    owners: named('FileSystemId', 'SubnetId'),
  },
  [ACCESS_POINT]: {
    label: 'Access point',
    category: 'data',
    drawn: 'attachment',
    glyph: 'policy',
    summary: 'A directory of a file system and the user it is entered as.',
    palette: false,
    owners: named('FileSystemId'),
  },
}
