import { boolean, choice, integer, list, object, ref, text, z } from '../../schema-kit'
import type { About, RefAbout, Schemas } from '../../schema-kit'
import { ACL, anyBlock, assigned, block6, GROUP, note, port, prefixList, protocol, subnetId, vpcId } from './kit'

const RULES = 60

const aclId = ref(ACL, { title: 'Network ACL', help: 'Network ACL it belongs to.' })
const group = (title: string, help: string): RefAbout => ({ title, help, whole: true, factRows: ['NET-23'] })

const ruleOf = (side: 'Source' | 'Destination') => ({
  IpProtocol: protocol,
  FromPort: port('First port', 'First port of the range.'),
  ToPort: port('Last port', 'Last port of the range.'),
  CidrIp: anyBlock({ title: 'Addresses', help: 'Block the rule is about.' }).optional(),
  CidrIpv6: block6('IPv6 block the rule is about.').optional(),
  [`${side}SecurityGroupId`]: ref(GROUP, group('Group', 'Members of this group.')).optional(),
  [`${side}PrefixListId`]: prefixList({
    ...group('Prefix list', 'Blocks of this list.'),
    group: 'advanced',
  }).optional(),
  Description: note,
})
const rule = (side: 'Source' | 'Destination', about: About) => object(ruleOf(side), about)
const separate = (side: 'Source' | 'Destination') => ({
  Properties: z.strictObject({
    GroupId: ref(GROUP, { title: 'Security group', help: 'Group that gets the rule.' }),
    ...ruleOf(side),
  }),
  Behavior: assigned(),
})

export const filterSchemas: Schemas = {
  'AWS::EC2::SecurityGroup': {
    Properties: z.strictObject({
      GroupName: text(255, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }).optional(),
      GroupDescription: text(255, { title: 'Description', help: 'A note AWS asks for.', group: 'advanced' }).default(
        'Security group',
      ),
      VpcId: vpcId,
      SecurityGroupIngress: list(rule('Source', { title: 'Rule', help: 'Traffic that may come in.' }), RULES, {
        title: 'Inbound',
        help: 'What may come in; answers pass by themselves.',
        factRows: ['NET-23'],
      }).default([]),
      SecurityGroupEgress: list(rule('Destination', { title: 'Rule', help: 'Traffic that may go out.' }), RULES, {
        title: 'Outbound',
        help: 'What may go out; without this list, everything.',
        factRows: ['NET-23'],
      }).optional(),
    }),
    Behavior: assigned(),
  },
  'AWS::EC2::SecurityGroupIngress': separate('Source'),
  'AWS::EC2::SecurityGroupEgress': separate('Destination'),
  'AWS::EC2::NetworkAcl': { Properties: z.strictObject({ VpcId: vpcId }), Behavior: assigned() },
  'AWS::EC2::NetworkAclEntry': {
    Properties: z.strictObject({
      NetworkAclId: aclId,
      RuleNumber: integer(1, 32_766, {
        title: 'Number',
        help: 'Rules are read from the lowest number; the first that fits decides.',
        unit: 'count',
        factRows: ['NET-24'],
        slider: { min: 100, max: 1_000, step: 100 },
      }),
      Protocol: protocol,
      RuleAction: choice(['allow', 'deny'], { title: 'Action', help: 'What happens to traffic that fits.' }),
      Egress: boolean({
        title: 'Outbound',
        help: 'The rule is for traffic that leaves the subnet.',
        factRows: ['NET-24'],
      }).default(false),
      CidrBlock: anyBlock({ title: 'Addresses', help: 'Block the rule is about.' }).optional(),
      Ipv6CidrBlock: block6('IPv6 block the rule is about.').optional(),
      PortRange: object(
        { From: port('First port', 'First port of the range.'), To: port('Last port', 'Last port of the range.') },
        { title: 'Ports', help: 'Answers need 1024 to 65535, because an ACL remembers nothing.', factRows: ['NET-25'] },
      ).optional(),
    }),
    Behavior: assigned(),
  },
  'AWS::EC2::SubnetNetworkAclAssociation': {
    Properties: z.strictObject({ SubnetId: subnetId, NetworkAclId: aclId }),
    Behavior: assigned(),
  },
}
