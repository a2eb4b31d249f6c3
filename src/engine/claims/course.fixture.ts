/** The network of the course (learning-design.md L11): what is not named here is in no document. */
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, EVERY, fn, scenarioOf, type Resources } from './run.fixture'

export const of = (Type: string, Properties: JsonObject = {}, Behavior?: JsonObject): Resource => ({
  Type,
  Properties,
  ...(Behavior === undefined ? {} : { Behavior }),
})
export const ec2 = (type: string, Properties: JsonObject = {}): Resource => of(`AWS::EC2::${type}`, Properties)

export const subnet = (CidrBlock: string, AvailabilityZone: string): Resource =>
  ec2('Subnet', { VpcId: 'Vpc', CidrBlock, AvailabilityZone })
export const joined = (SubnetId: string, RouteTableId: string): Resource =>
  ec2('SubnetRouteTableAssociation', { SubnetId, RouteTableId })
export const defaultRoute = (RouteTableId: string, target: JsonObject): Resource =>
  ec2('Route', { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...target })
export const group = (rules: JsonObject = {}): Resource =>
  ec2('SecurityGroup', { VpcId: 'Vpc', GroupDescription: 'course', ...rules })
export const https = (side: JsonObject): JsonObject => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...side })

/** A VPC with a public subnet in zone a and private ones in a and b, tables without routes, and a group for functions. */
export const VPC: Resources = {
  Vpc: ec2('VPC', { CidrBlock: '10.0.0.0/16', EnableDnsSupport: true, EnableDnsHostnames: true }),
  PublicA: subnet('10.0.0.0/24', 'a'),
  PrivateA: subnet('10.0.1.0/24', 'a'),
  PrivateB: subnet('10.0.2.0/24', 'b'),
  PublicTable: ec2('RouteTable', { VpcId: 'Vpc' }),
  PrivateTable: ec2('RouteTable', { VpcId: 'Vpc' }),
  PublicUse: joined('PublicA', 'PublicTable'),
  PrivateUseA: joined('PrivateA', 'PrivateTable'),
  PrivateUseB: joined('PrivateB', 'PrivateTable'),
  AppSg: group(),
}
export const GATEWAY: Resources = {
  Igw: ec2('InternetGateway'),
  Attached: ec2('VPCGatewayAttachment', { VpcId: 'Vpc', InternetGatewayId: 'Igw' }),
}
export const PUBLIC_ROUTE: Resources = { PublicRoute: defaultRoute('PublicTable', { GatewayId: 'Igw' }) }
export const nat = (SubnetId = 'PublicA'): Resources => ({
  NatIp: ec2('EIP', { Domain: 'vpc' }),
  Nat: ec2('NatGateway', { SubnetId, AllocationId: 'NatIp' }),
})
export const PRIVATE_ROUTE: Resources = { PrivateRoute: defaultRoute('PrivateTable', { NatGatewayId: 'Nat' }) }
/** All that a way out to the internet needs. */
export const WAY_OUT: Resources = { ...GATEWAY, ...PUBLIC_ROUTE, ...nat(), ...PRIVATE_ROUTE }

export const DATABASE: Resources = {
  DbSg: group({
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: 'AppSg' }],
  }),
  DbSubnets: of('AWS::RDS::DBSubnetGroup', { DBSubnetGroupDescription: 'course', SubnetIds: ['PrivateB'] }),
  Db: of('AWS::RDS::DBInstance', { Engine: 'postgres', DBSubnetGroupName: 'DbSubnets', VPCSecurityGroups: ['DbSg'] }),
}
export const gatewayEndpoint = (tables: string[]): Resources => ({
  Endpoint: ec2('VPCEndpoint', {
    VpcId: 'Vpc',
    ServiceName: 'com.amazonaws.us-east-1.dynamodb',
    VpcEndpointType: 'Gateway',
    RouteTableIds: tables,
  }),
})
export const interfaceEndpoint = (groups: string[], PrivateDnsEnabled = true): Resources => ({
  Endpoint: ec2('VPCEndpoint', {
    VpcId: 'Vpc',
    ServiceName: 'com.amazonaws.us-east-1.sqs',
    VpcEndpointType: 'Interface',
    SubnetIds: ['PrivateA'],
    SecurityGroupIds: groups,
    PrivateDnsEnabled,
  }),
})
export const acl = (entries: {
  [id: string]: [number: number, egress: boolean, low: number, high: number, action?: string]
}): Resources => ({
  Acl: ec2('NetworkAcl', { VpcId: 'Vpc' }),
  AclUse: ec2('SubnetNetworkAclAssociation', { SubnetId: 'PrivateA', NetworkAclId: 'Acl' }),
  ...Object.fromEntries(
    Object.entries(entries).map(([id, [RuleNumber, Egress, From, To, RuleAction = 'allow']]) => [
      id,
      ec2('NetworkAclEntry', {
        NetworkAclId: 'Acl',
        RuleNumber,
        Protocol: 6,
        RuleAction,
        Egress,
        CidrBlock: '0.0.0.0/0',
        PortRange: { From, To },
      }),
    ]),
  ),
})

export const inVpc = (subnets = ['PrivateA'], groups = ['AppSg']): JsonObject => ({
  VpcConfig: { SubnetIds: subnets, SecurityGroupIds: groups },
})
/** Whom the function calls, by what it is. */
export const CALLS: { readonly [id: string]: string } = {
  Api: 'https:Request',
  Db: 'rds:Query',
  Table: 'dynamodb:PutItem',
  Queue: 'sqs:SendMessage',
  Server: 'https:Request',
}
/** Who can be called beside what is in the VPC. */
export const OUTSIDE: Resources = {
  Api: of('Coldstart::Internet', {}, { host: 'movies.example' }),
  Table: of('AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  }),
  Queue: of('AWS::SQS::Queue'),
}

/** Ten visitors, one every 4 s, of a function that calls `target` and gives up after 3 s. */
export const visited = (target: string, resources: Resources, network: JsonObject = inVpc(), duration = 60): Scenario =>
  scenarioOf(
    {
      Visitors: client(EVERY(4, 10, 1), 'Fn'),
      Fn: fn([{ call: CALLS[target]!, to: target, ...(target === 'Table' ? { key: 'k' } : {}) }], {
        Timeout: 3,
        ...network,
      }),
      ...OUTSIDE,
      ...VPC,
      ...resources,
    },
    duration,
  )
