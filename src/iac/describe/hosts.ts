/** What sends and receives packets in subnets: instances, interfaces of their own, Elastic IPs, databases, mount targets. */
import type { LogicalId } from '../../model/scenario'
import { parseAddress } from '../../network/ipv4'
import type { Collected, Placed } from './collect'
import { given, type Draft } from './draft'

type Eni = Placed<'NetworkInterfaces'>

/** The interface's private addresses besides its first, and its public one. */
const secondary = (eni: Partial<Eni>): string[] =>
  (eni.PrivateIpAddresses ?? []).flatMap(({ PrivateIpAddress, Primary }) =>
    Primary !== true && given(PrivateIpAddress) !== undefined && PrivateIpAddress !== eni.PrivateIpAddress
      ? [PrivateIpAddress ?? '']
      : [],
  )
const publicOf = (eni: Partial<Eni>): string | undefined => given(eni.Association?.PublicIp)
const ipv4 = (text: string | null | undefined): string | undefined =>
  parseAddress(text ?? '') === null ? undefined : (text ?? undefined)

/** Interfaces of an instance, its first one first. */
function enisOf(item: Placed<'Instances'>): Partial<Eni>[] {
  const rank = (eni: Partial<Eni>): number => eni.Attachment?.DeviceIndex ?? 0
  return [...(item.NetworkInterfaces ?? [])].sort((a, b) => rank(a) - rank(b))
}

const isGone = (item: Placed<'Instances'>): boolean =>
  item.State?.Name === 'terminated' || item.State?.Name === 'shutting-down' || given(item.SubnetId) === undefined

/** One interface without further addresses is told by the instance itself. */
const isPlain = (item: Placed<'Instances'>): boolean => {
  const enis = enisOf(item)
  return enis.length < 2 && enis.every((eni) => secondary(eni).length === 0)
}

export function reserveHosts(from: Collected, draft: Draft): void {
  for (const item of from.Instances) {
    if (isGone(item)) continue
    const id = draft.reserve(item.InstanceId, item)
    for (const eni of enisOf(item)) {
      if (eni.NetworkInterfaceId === undefined) continue
      if (isPlain(item)) draft.known.set(eni.NetworkInterfaceId, id)
      else draft.reserve(eni.NetworkInterfaceId, {}, `${draft.labels[id] ?? id} interface`)
    }
  }
  for (const item of from.Addresses)
    draft.reserve(item.AllocationId ?? item.PublicIp, item, nameOf(item) ?? item.PublicIp)
  for (const item of from.DBInstances) {
    const id = draft.reserve(item.DBInstanceIdentifier, {}, item.DBInstanceIdentifier)
    for (const eni of databaseEnis(item, from)) draft.known.set(eni.NetworkInterfaceId, id)
  }
  for (const item of from.MountTargets) {
    const id = draft.reserve(item.MountTargetId, item)
    if (given(item.NetworkInterfaceId) !== undefined) draft.known.set(item.NetworkInterfaceId ?? '', id)
  }
}

const nameOf = (item: Placed<'Addresses'>): string | undefined =>
  given(item.Tags?.find(({ Key }) => Key === 'Name')?.Value)

/** Interfaces of a database: AWS says only that they are some database's, so they must fit one alone. */
function databaseEnis(item: Placed<'DBInstances'>, from: Collected): Eni[] {
  const groupsOf = (each: Placed<'DBInstances'>): string =>
    setOf(each.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId))
  const subnets = new Set(item.DBSubnetGroup?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier))
  const rivals = from.DBInstances.filter((each) => groupsOf(each) === groupsOf(item))
  return from.NetworkInterfaces.filter(
    ({ Description, SubnetId, Groups }) =>
      Description === 'RDSNetworkInterface' &&
      rivals.length === 1 &&
      subnets.has(SubnetId ?? '') &&
      setOf(Groups?.map(({ GroupId }) => GroupId)) === groupsOf(item),
  )
}

const setOf = (ids: readonly string[] | undefined): string => [...(ids ?? [])].sort().join(' ')

/** Interfaces that belong to no resource yet, such as those of AWS's services; called after everything else has claimed its own. */
export function reserveInterfaces(from: Collected, draft: Draft): Eni[] {
  const free = from.NetworkInterfaces.filter(
    (eni) =>
      !draft.known.has(eni.NetworkInterfaceId) &&
      eni.InterfaceType !== 'transit_gateway' &&
      (eni.InterfaceType !== 'lambda' || from.Functions.length === 0),
  )
  for (const eni of free) {
    const id = draft.reserve(eni.NetworkInterfaceId, { Tags: eni.TagSet ?? eni.Tags ?? null }, shortName(eni))
    const service = /^(?:ES|AOSS) (.+)$/.exec(eni.Description ?? '')?.[1]
    if (service !== undefined && !draft.known.has(service)) draft.known.set(service, id)
  }
  return free
}

const shortName = (eni: Eni): string | null =>
  given(eni.TagSet?.find(({ Key }) => Key === 'Name')?.Value) ?? given(eni.Description)?.slice(0, 60) ?? null

/** `free`: interfaces that belong to nothing else. */
export function addHosts(from: Collected, free: readonly Eni[], draft: Draft): void {
  for (const item of from.Instances) if (!isGone(item)) addInstance(item, draft)
  for (const eni of free) addInterface(draft.reserve(eni.NetworkInterfaceId), eni, eni.NetworkInterfaceId, draft)
  addAddresses(from, draft)
}

function addInstance(item: Placed<'Instances'>, draft: Draft): void {
  const id = draft.reserve(item.InstanceId)
  const subnet = draft.find(item.SubnetId)
  if (subnet === null)
    return draft.notes.add(`${item.InstanceId} was left out: the files do not hold ${item.SubnetId ?? ''}.`)
  const enis = enisOf(item)
  const [first = {}] = enis
  const state = item.State?.Name === 'running' || item.State?.Name === 'pending' ? 'running' : 'stopped'
  const common = { physicalId: item.InstanceId, state: item.State?.Name === undefined ? undefined : state }
  if (isPlain(item)) {
    const address = ipv4(first.PrivateIpAddress ?? item.PrivateIpAddress)
    const groups = draft.all((first.Groups ?? item.SecurityGroups)?.map(({ GroupId }) => GroupId))
    return draft.add(
      id,
      'AWS::EC2::Instance',
      {
        SubnetId: subnet,
        PrivateIpAddress: address,
        SecurityGroupIds: groups,
        SourceDestCheck: first.SourceDestCheck ?? item.SourceDestCheck ?? true,
      },
      { ...common, address, publicIp: ipv4(publicOf(first) ?? item.PublicIpAddress) },
    )
  }
  const attached = enis.flatMap((eni) => {
    const eniId = draft.find(eni.NetworkInterfaceId)
    if (eniId === null || draft.find(eni.SubnetId) === null) return []
    addInterface(eniId, eni, eni.NetworkInterfaceId ?? '', draft)
    return [{ NetworkInterfaceId: eniId, DeviceIndex: eni.Attachment?.DeviceIndex ?? 0 }]
  })
  draft.add(id, 'AWS::EC2::Instance', { NetworkInterfaces: attached }, common)
}

function addInterface(id: LogicalId, eni: Partial<Eni>, awsId: string, draft: Draft): void {
  const subnet = draft.find(eni.SubnetId)
  if (subnet === null)
    return draft.notes.add(`${awsId} was left out: the files do not hold ${eni.SubnetId ?? 'its subnet'}.`)
  const address = ipv4(eni.PrivateIpAddress)
  const more = secondary(eni).filter((each) => ipv4(each) !== undefined)
  draft.add(
    id,
    'AWS::EC2::NetworkInterface',
    {
      SubnetId: subnet,
      PrivateIpAddress: address,
      SecondaryPrivateIpAddresses: more.length === 0 ? undefined : more.slice(0, 50),
      GroupSet: draft.all(eni.Groups?.map(({ GroupId }) => GroupId)),
      SourceDestCheck: eni.SourceDestCheck ?? true,
      InterfaceType: given(eni.InterfaceType)?.slice(0, 40),
      Description: given(eni.Description)?.slice(0, 255),
    },
    { physicalId: awsId, address, publicIp: ipv4(publicOf(eni)) },
  )
}

function addAddresses(from: Collected, draft: Draft): void {
  for (const item of from.Addresses) {
    const id = draft.reserve(item.AllocationId ?? item.PublicIp)
    if (ipv4(item.PublicIp) === undefined) continue
    const holder = draft.find(item.NetworkInterfaceId) ?? draft.find(item.InstanceId)
    const type = holder === null ? undefined : draft.resources[holder]?.Type
    draft.add(
      id,
      'AWS::EC2::EIP',
      { Domain: 'vpc', InstanceId: type === 'AWS::EC2::Instance' ? (holder ?? undefined) : undefined },
      { physicalId: item.AllocationId ?? item.PublicIp, publicIp: item.PublicIp },
    )
    if (type === 'AWS::EC2::NetworkInterface')
      draft.add(draft.fresh(`${id}Association`), 'AWS::EC2::EIPAssociation', {
        AllocationId: id,
        NetworkInterfaceId: holder ?? undefined,
        PrivateIpAddress: ipv4(item.PrivateIpAddress),
      })
  }
}

/** Databases keep the addresses AWS gave them where one interface can only be theirs. */
export function addDatabases(from: Collected, draft: Draft): void {
  for (const item of from.DBInstances) {
    const id = draft.reserve(item.DBInstanceIdentifier)
    const groupName = item.DBSubnetGroup?.DBSubnetGroupName ?? `${item.DBInstanceIdentifier} subnets`
    const subnets = draft.all(item.DBSubnetGroup?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier))
    if (subnets.length === 0) {
      draft.notes.add(`${item.DBInstanceIdentifier} was left out: the files do not hold its subnets.`)
      continue
    }
    const key = `dbsubnetgroup ${item.DBSubnetGroup?.VpcId ?? ''} ${groupName}`
    const group = draft.reserve(key, {}, groupName)
    draft.add(group, 'AWS::RDS::DBSubnetGroup', { SubnetIds: subnets })
    const engine = (item.Engine ?? '').toLowerCase()
    const addresses: { [subnet: LogicalId]: string } = {}
    for (const eni of databaseEnis(item, from)) {
      const subnet = draft.find(eni.SubnetId)
      if (subnet !== null && ipv4(eni.PrivateIpAddress) !== undefined) addresses[subnet] = eni.PrivateIpAddress ?? ''
    }
    const port = item.Endpoint?.Port
    draft.add(
      id,
      'AWS::RDS::DBInstance',
      {
        Engine: engine.includes('postgres') ? 'postgres' : 'mysql',
        DBSubnetGroupName: group,
        VPCSecurityGroups: draft.all(item.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId)),
        PubliclyAccessible: item.PubliclyAccessible ?? false,
        AvailabilityZone: given(item.AvailabilityZone),
        MultiAZ: item.MultiAZ ?? false,
        Port: typeof port === 'number' && port >= 1_150 && port <= 65_535 ? port : undefined,
      },
      {
        physicalId: item.DBInstanceIdentifier,
        addresses: Object.keys(addresses).length === 0 ? undefined : addresses,
      },
    )
    const host = given(item.Endpoint?.Address)
    if (host !== undefined) draft.known.set(host, id)
    if (!/^(mysql|mariadb|postgres|aurora)/.test(engine))
      draft.notes.add(
        `${item.DBInstanceIdentifier}: ${item.Engine ?? 'its engine'} is shown as MySQL; only its port counts here.`,
      )
  }
}

/** What a function in a VPC needs at least; policies of roles are not read. */
const VPC_ACCESS = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'

/** Functions in a VPC; others have no part in a network. Their interfaces are theirs, not hosts. */
export function addFunctions(from: Collected, draft: Draft): void {
  const outside = from.Functions.filter(({ VpcConfig }) => (VpcConfig?.SubnetIds ?? []).length === 0)
  if (outside.length > 0) draft.notes.add(`Functions outside every VPC were left out: ${outside.length}.`)
  for (const item of from.Functions) {
    const subnets = draft.all(item.VpcConfig?.SubnetIds)
    if (subnets.length === 0) continue
    const id = draft.reserve(item.FunctionName, {}, item.FunctionName)
    if (given(item.FunctionArn) !== undefined) draft.known.set(item.FunctionArn ?? '', id)
    const arn = given(item.Role) ?? `role of ${item.FunctionName}`
    const role = draft.reserve(arn, {}, arn.slice(arn.lastIndexOf('/') + 1))
    draft.add(role, 'AWS::IAM::Role', { ManagedPolicyArns: [VPC_ACCESS] })
    draft.add(id, 'AWS::Lambda::Function', {
      Role: role,
      FunctionName: item.FunctionName,
      MemorySize: item.MemorySize ?? undefined,
      Timeout: item.Timeout ?? undefined,
      VpcConfig: { SubnetIds: subnets, SecurityGroupIds: draft.all(item.VpcConfig?.SecurityGroupIds) },
    })
  }
}

/** Search domains whose interfaces are in no file stand in their subnets with addresses of our own. */
export function addDomains(from: Collected, draft: Draft): void {
  for (const { DomainName, VPCOptions } of from.DomainStatusList) {
    if (draft.known.has(DomainName)) continue
    for (const subnet of draft.all(VPCOptions?.SubnetIds)) {
      const id = draft.known.has(DomainName) ? draft.fresh(DomainName) : draft.reserve(DomainName, {}, DomainName)
      draft.labels[id] = DomainName
      draft.add(
        id,
        'AWS::EC2::NetworkInterface',
        { SubnetId: subnet, GroupSet: draft.all(VPCOptions?.SecurityGroupIds), Description: `ES ${DomainName}` },
        { physicalId: DomainName },
      )
    }
  }
}

export function addMountTargets(from: Collected, draft: Draft): void {
  for (const item of from.MountTargets) {
    const subnet = draft.find(item.SubnetId)
    if (subnet === null) continue
    const fileSystem = draft.reserve(item.FileSystemId)
    const physicalId = item.FileSystemId
    if (draft.resources[fileSystem] === undefined) draft.add(fileSystem, 'AWS::EFS::FileSystem', {}, { physicalId })
    const eni = from.NetworkInterfaces.find((each) => each.NetworkInterfaceId === item.NetworkInterfaceId)
    draft.add(
      draft.reserve(item.MountTargetId),
      'AWS::EFS::MountTarget',
      {
        FileSystemId: fileSystem,
        SubnetId: subnet,
        SecurityGroups: draft.all(eni?.Groups?.map(({ GroupId }) => GroupId)),
        IpAddress: ipv4(item.IpAddress),
      },
      { physicalId: item.MountTargetId },
    )
  }
}
