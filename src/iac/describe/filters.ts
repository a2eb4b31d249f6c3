/** Security groups, network ACLs and prefix lists. */
import type { Json } from '../../model/scenario'
import { parseCidr } from '../../network/ipv4'
import type { Collected, Placed } from './collect'
import { clean, given, type Draft, type Loose } from './draft'

/** Rules a group carries itself; more become resources of their own. */
const INLINE_RULES = 60
/** AWS lists the last rule of every ACL, which denies the rest, under this number. */
const FINAL_RULE = 32_767

export function reserveFilters(from: Collected, draft: Draft): void {
  for (const item of from.SecurityGroups)
    draft.reserve(
      item.GroupId,
      item,
      item.GroupName === 'default' ? `default-${item.VpcId ?? ''}` : (nameTag(item) ?? item.GroupName),
    )
  for (const item of from.NetworkAcls) draft.reserve(item.NetworkAclId, item)
  for (const item of from.PrefixLists) draft.reserve(item.PrefixListId, item, item.PrefixListName)
}

const nameTag = (item: Placed<'SecurityGroups'>): string | null =>
  given(item.Tags?.find(({ Key }) => Key === 'Name')?.Value) ?? null

export function addFilters(from: Collected, draft: Draft): void {
  for (const item of from.SecurityGroups) addGroup(item, draft)
  addAcls(from, draft)
  const entries = new Map<string, Set<string>>()
  for (const { PrefixListId, Cidrs, Entries } of from.PrefixLists) {
    const blocks = entries.get(PrefixListId) ?? new Set()
    entries.set(PrefixListId, blocks)
    for (const block of [...(Cidrs ?? []), ...(Entries ?? []).map(({ Cidr }) => Cidr)])
      if (parseCidr(block) !== null) blocks.add(block)
  }
  for (const [awsId, blocks] of entries) {
    const name = from.PrefixLists.find(
      (item) => item.PrefixListId === awsId && given(item.PrefixListName) !== undefined,
    )
    draft.add(
      draft.reserve(awsId),
      'AWS::EC2::PrefixList',
      { PrefixListName: name?.PrefixListName ?? awsId, Entries: [...blocks].map((Cidr) => ({ Cidr })) },
      { physicalId: awsId },
    )
  }
}

function addGroup(item: Placed<'SecurityGroups'>, draft: Draft): void {
  const vpc = draft.find(item.VpcId)
  if (vpc === null)
    return draft.notes.add(`${item.GroupId} was left out: the files do not hold ${item.VpcId ?? 'its VPC'}.`)
  const id = draft.reserve(item.GroupId)
  const ingress = rulesOf(item, 'Source', draft)
  const egress = rulesOf(item, 'Destination', draft)
  draft.add(
    id,
    'AWS::EC2::SecurityGroup',
    {
      GroupName: item.GroupName?.slice(0, 255),
      GroupDescription: given(item.Description)?.slice(0, 255),
      VpcId: vpc,
      SecurityGroupIngress: ingress.slice(0, INLINE_RULES),
      SecurityGroupEgress: egress.slice(0, INLINE_RULES),
    },
    { physicalId: item.GroupId },
  )
  for (const [type, rules] of [
    ['Ingress', ingress],
    ['Egress', egress],
  ] as const)
    for (const rule of rules.slice(INLINE_RULES))
      draft.add(draft.fresh(`${id}${type}`), `AWS::EC2::SecurityGroup${type}`, { GroupId: id, ...rule })
}

function rulesOf(
  item: Placed<'SecurityGroups'>,
  peer: 'Source' | 'Destination',
  draft: Draft,
): { [name: string]: Json }[] {
  const rules: { [name: string]: Json }[] = []
  const permissions = (peer === 'Source' ? item.IpPermissions : item.IpPermissionsEgress) ?? []
  for (const permission of permissions) {
    const common: Loose = {
      IpProtocol: permission.IpProtocol,
      FromPort: permission.FromPort ?? undefined,
      ToPort: permission.ToPort ?? undefined,
    }
    const push = (to: Loose, description: string | null | undefined): void => {
      const rule: Loose = { ...common, ...to, Description: given(description)?.slice(0, 255) }
      rules.push(clean(rule))
    }
    for (const { CidrIp, Description } of permission.IpRanges ?? []) push({ CidrIp }, Description)
    for (const { CidrIpv6, Description } of permission.Ipv6Ranges ?? []) push({ CidrIpv6 }, Description)
    for (const { GroupId, Description } of permission.UserIdGroupPairs ?? []) {
      const group = draft.find(GroupId)
      if (group === null)
        draft.notes.add(`${item.GroupId}: a rule for ${GroupId ?? 'a group'} was left out. It is in no file.`)
      else push({ [`${peer}SecurityGroupId`]: group }, Description)
    }
    for (const { PrefixListId, Description } of permission.PrefixListIds ?? []) {
      if (draft.find(PrefixListId) === null)
        draft.notes.add(`${item.GroupId}: the addresses of ${PrefixListId} are in no file.`)
      push({ [`${peer}PrefixListId`]: draft.find(PrefixListId) ?? PrefixListId }, Description)
    }
  }
  return rules
}

function addAcls(from: Collected, draft: Draft): void {
  for (const item of from.NetworkAcls) {
    const vpc = draft.find(item.VpcId)
    const id = draft.reserve(item.NetworkAclId)
    if (vpc === null) {
      draft.notes.add(`${item.NetworkAclId} was left out: the files do not hold ${item.VpcId}.`)
      continue
    }
    draft.add(id, 'AWS::EC2::NetworkAcl', { VpcId: vpc }, { physicalId: item.NetworkAclId })
    for (const entry of item.Entries ?? []) {
      if (entry.RuleNumber >= FINAL_RULE) continue
      const { From, To } = entry.PortRange ?? {}
      draft.add(
        draft.fresh(`${id}${entry.Egress === true ? 'Out' : 'In'}${entry.RuleNumber}`),
        'AWS::EC2::NetworkAclEntry',
        {
          NetworkAclId: id,
          RuleNumber: entry.RuleNumber,
          Protocol: entry.Protocol,
          RuleAction: entry.RuleAction,
          Egress: entry.Egress === true,
          CidrBlock: given(entry.CidrBlock),
          Ipv6CidrBlock: given(entry.Ipv6CidrBlock),
          PortRange: typeof From === 'number' && typeof To === 'number' ? { From, To } : undefined,
        },
      )
    }
    for (const { SubnetId } of item.Associations ?? []) {
      const subnet = draft.find(SubnetId)
      if (subnet === null || draft.resources[subnet] === undefined) continue
      draft.add(draft.fresh(`${subnet}Acl`), 'AWS::EC2::SubnetNetworkAclAssociation', {
        SubnetId: subnet,
        NetworkAclId: id,
      })
    }
  }
}
