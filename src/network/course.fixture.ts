/** The network of the course diagrams (learning-design.md L11) as a scenario for tests. */
import type { JsonObject, Resource, Scenario } from '../model/scenario'

export function scenario(resources: { [id: string]: Resource }): Scenario {
  return { coldstart: 1, name: 'Test', profile: 'teaching', seed: 1, duration: 1, resources }
}

export function resource(Type: string, Properties: JsonObject = {}): Resource {
  return { Type, Properties }
}

/** One VPC; PublicA, PrivateA in zone a and PrivateB in zone b; an internet gateway and the public route; a database in PrivateB. */
export function course(): Scenario {
  const subnet = (CidrBlock: string, AvailabilityZone: string) =>
    resource('AWS::EC2::Subnet', { VpcId: 'Vpc', CidrBlock, AvailabilityZone })
  const joined = (SubnetId: string, RouteTableId: string) =>
    resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId, RouteTableId })
  return scenario({
    Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
    PublicA: subnet('10.0.0.0/24', 'us-east-1a'),
    PrivateA: subnet('10.0.1.0/24', 'us-east-1a'),
    PrivateB: subnet('10.0.2.0/24', 'us-east-1b'),
    Igw: resource('AWS::EC2::InternetGateway'),
    IgwAttachment: resource('AWS::EC2::VPCGatewayAttachment', { VpcId: 'Vpc', InternetGatewayId: 'Igw' }),
    PublicTable: resource('AWS::EC2::RouteTable', { VpcId: 'Vpc' }),
    PublicRoute: resource('AWS::EC2::Route', {
      RouteTableId: 'PublicTable',
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: 'Igw',
    }),
    PublicJoined: joined('PublicA', 'PublicTable'),
    PrivateTable: resource('AWS::EC2::RouteTable', { VpcId: 'Vpc' }),
    PrivateJoinedA: joined('PrivateA', 'PrivateTable'),
    PrivateJoinedB: joined('PrivateB', 'PrivateTable'),
    AppSg: resource('AWS::EC2::SecurityGroup', { VpcId: 'Vpc', GroupDescription: 'functions' }),
    DbSg: resource('AWS::EC2::SecurityGroup', {
      VpcId: 'Vpc',
      GroupDescription: 'database',
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: 'AppSg' }],
    }),
    DbSubnets: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: ['PrivateB'] }),
    Db: resource('AWS::RDS::DBInstance', {
      Engine: 'postgres',
      DBSubnetGroupName: 'DbSubnets',
      VPCSecurityGroups: ['DbSg'],
    }),
    Fn: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: ['PrivateA'], SecurityGroupIds: ['AppSg'] } }),
    Outside: resource('AWS::Lambda::Function'),
    MovieApi: resource('Coldstart::Internet'),
    Shoppers: resource('Coldstart::Client'),
    Table: resource('AWS::DynamoDB::Table'),
    Bucket: resource('AWS::S3::Bucket'),
    Queue: resource('AWS::SQS::Queue'),
    Bus: resource('AWS::Events::EventBus'),
  })
}

/** The course network with `changes` laid over it; undefined removes a resource. */
export function courseWith(changes: { [id: string]: Resource | undefined }): Scenario {
  const base = course()
  const resources: { [id: string]: Resource } = {}
  for (const [id, value] of Object.entries({ ...base.resources, ...changes }))
    if (value !== undefined) resources[id] = value
  return { ...base, resources }
}

/** NAT gateway in `subnet`, and the private table's route to it. */
export function nat(subnet: string): { [id: string]: Resource } {
  return {
    NatIp: resource('AWS::EC2::EIP', { Domain: 'vpc' }),
    Nat: resource('AWS::EC2::NatGateway', { SubnetId: subnet, AllocationId: 'NatIp' }),
    PrivateRoute: resource('AWS::EC2::Route', {
      RouteTableId: 'PrivateTable',
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: 'Nat',
    }),
  }
}

export function functionIn(subnets: string[], groups: string[] = ['AppSg']): Resource {
  return resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: subnets, SecurityGroupIds: groups } })
}
