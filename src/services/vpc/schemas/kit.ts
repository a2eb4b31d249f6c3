/** What the schemas of network resources share. */
import { choice, cidr, integer, ref, text, z } from '../../schema-kit'
import type { About, RefAbout } from '../../schema-kit'

export const VPC = ['AWS::EC2::VPC']
export const SUBNET = ['AWS::EC2::Subnet']
export const TABLE = ['AWS::EC2::RouteTable']
export const GROUP = ['AWS::EC2::SecurityGroup']
export const ACL = ['AWS::EC2::NetworkAcl']
export const INTERFACE = ['AWS::EC2::NetworkInterface']
export const INSTANCE = ['AWS::EC2::Instance']
export const TRANSIT = ['AWS::EC2::TransitGateway']

export const vpcId = ref(VPC, { title: 'VPC', help: 'VPC it belongs to.' })
export const subnetId = ref(SUBNET, { title: 'Subnet', help: 'Subnet it belongs to.' })
export const tableId = ref(TABLE, { title: 'Route table', help: 'Route table it belongs to.' })

export const anyBlock = (about: About) => cidr(0, 32, { suggestions: ['0.0.0.0/0'], ...about })
export const block6 = (help: string) =>
  text(49, { title: 'IPv6 addresses', help, group: 'advanced' }, /^[0-9A-Fa-f:.]+\/\d{1,3}$/)
export const note = text(255, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional()
export const port = (title: string, help: string) => integer(-1, 65_535, { title, help, unit: 'count' }).optional()

/** A prefix list of the document, or AWS's own by its id or name. */
export const prefixList = (about: RefAbout) =>
  z
    .string()
    .max(128)
    .regex(/^[A-Za-z][A-Za-z0-9.-]*$/)
    .meta({ ...about, kind: 'ref', ref: ['AWS::EC2::PrefixList'], loose: true })

// YAML reads an unquoted -1 as a number, so numbers pass as well.
export const protocol = z
  .union([
    z
      .string()
      .max(8)
      .regex(/^(?:tcp|udp|icmp|icmpv6|all|-1|\d{1,3})$/),
    z.number().int().min(-1).max(255),
  ])
  .meta({
    title: 'Protocol',
    help: 'Which protocol: tcp, udp, icmp, or -1 for all.',
    suggestions: ['tcp', 'udp', 'icmp', '-1'],
    kind: 'strings',
  })

export const onOff = (title: string, help: string) =>
  choice(['enable', 'disable'], { title, help, group: 'advanced' }).default('enable')

export const state = <const V extends readonly [string, ...string[]]>(values: V, help: string) =>
  choice(values, { title: 'State', help }).optional()

export { address, addresses, assigned, privateAddress, publicIp } from '../../schema-assigned'
