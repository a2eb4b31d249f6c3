/** What is read of the output of `aws ec2 describe-*` and its neighbours: only the fields used, everything else is passed over. */
import { z } from '../../services/schema-kit'

const id = z.string().min(1).max(1_024)
const str = z.string().max(4_096).nullish()
const num = z.number().nullish()
const bool = z.boolean().nullish()
const list = <S extends z.ZodType>(item: S) => z.array(item).max(100_000).nullish()
const state = z.object({ State: str, Code: z.union([z.string(), z.number()]).nullish(), Name: str }).nullish()

const tags = list(z.object({ Key: z.string().max(1_024), Value: str }))
const base = { Tags: tags, OwnerId: str }

const groups = list(z.object({ GroupId: id }))
const association = z.object({ PublicIp: str, AllocationId: str }).nullish()
const networkInterface = z.object({
  ...base,
  TagSet: tags,
  NetworkInterfaceId: id,
  SubnetId: str,
  VpcId: str,
  Description: str,
  InterfaceType: str,
  PrivateIpAddress: str,
  PrivateIpAddresses: list(z.object({ PrivateIpAddress: str, Primary: bool, Association: association })),
  Association: association,
  Attachment: z.object({ InstanceId: str, DeviceIndex: num }).nullish(),
  Groups: groups,
  SourceDestCheck: bool,
})

const permission = z.object({
  IpProtocol: z.string().max(64),
  FromPort: num,
  ToPort: num,
  IpRanges: list(z.object({ CidrIp: z.string().max(64), Description: str })),
  Ipv6Ranges: list(z.object({ CidrIpv6: z.string().max(64), Description: str })),
  UserIdGroupPairs: list(z.object({ GroupId: str, Description: str })),
  PrefixListIds: list(z.object({ PrefixListId: id, Description: str })),
})

const vpcInfo = z.object({ VpcId: str, OwnerId: str, Region: str }).nullish()
const tgwInfo = z.object({ TransitGatewayId: str, OwnerId: str, Region: str }).nullish()

const action = z.object({
  Type: str,
  TargetGroupArn: str,
  ForwardConfig: z.object({ TargetGroups: list(z.object({ TargetGroupArn: id, Weight: num })) }).nullish(),
})
const listener = z.object({
  ListenerArn: id,
  LoadBalancerArn: str,
  Port: num,
  Protocol: str,
  DefaultActions: list(action),
})
const health = z.object({
  Target: z.object({ Id: id, Port: num }),
  TargetHealth: z.object({ State: str }).nullish(),
})
const attribute = z.object({ Key: z.string().max(256), Value: z.string().max(1_024).nullish() })
const tgwRoute = z.object({
  DestinationCidrBlock: str,
  PrefixListId: str,
  State: str,
  Type: str,
  TransitGatewayAttachments: list(z.object({ TransitGatewayAttachmentId: str, ResourceId: str, ResourceType: str })),
})
const tgwMember = z.object({
  TransitGatewayAttachmentId: str,
  TransitGatewayRouteTableId: str,
  ResourceId: str,
  ResourceType: str,
  State: str,
})

/** One item of each list that is read, by the list's key in the output. */
export const ITEMS = {
  Vpcs: z.object({
    ...base,
    VpcId: id,
    CidrBlock: z.string().max(64),
    CidrBlockAssociationSet: list(
      z.object({ AssociationId: str, CidrBlock: z.string().max(64), CidrBlockState: state }),
    ),
  }),
  Subnets: z.object({
    ...base,
    SubnetId: id,
    VpcId: id,
    CidrBlock: z.string().max(64),
    AvailabilityZone: str,
    MapPublicIpOnLaunch: bool,
  }),
  RouteTables: z.object({
    ...base,
    RouteTableId: id,
    VpcId: id,
    Associations: list(
      z.object({ RouteTableAssociationId: str, Main: bool, SubnetId: str, GatewayId: str, AssociationState: state }),
    ),
    PropagatingVgws: list(z.object({ GatewayId: id })),
    Routes: list(
      z.object({
        DestinationCidrBlock: str,
        DestinationIpv6CidrBlock: str,
        DestinationPrefixListId: str,
        GatewayId: str,
        NatGatewayId: str,
        InstanceId: str,
        NetworkInterfaceId: str,
        VpcPeeringConnectionId: str,
        TransitGatewayId: str,
        EgressOnlyInternetGatewayId: str,
        LocalGatewayId: str,
        CarrierGatewayId: str,
        CoreNetworkArn: str,
        Origin: str,
        State: str,
      }),
    ),
  }),
  NetworkAcls: z.object({
    ...base,
    NetworkAclId: id,
    VpcId: id,
    IsDefault: bool,
    Associations: list(z.object({ NetworkAclAssociationId: str, SubnetId: id })),
    Entries: list(
      z.object({
        RuleNumber: z.number(),
        Protocol: z.string().max(16),
        RuleAction: z.string().max(16),
        Egress: bool,
        CidrBlock: str,
        Ipv6CidrBlock: str,
        PortRange: z.object({ From: num, To: num }).nullish(),
      }),
    ),
  }),
  SecurityGroups: z.object({
    ...base,
    GroupId: id,
    GroupName: str,
    Description: str,
    VpcId: str,
    IpPermissions: list(permission),
    IpPermissionsEgress: list(permission),
  }),
  Instances: z.object({
    ...base,
    InstanceId: id,
    SubnetId: str,
    VpcId: str,
    PrivateIpAddress: str,
    PublicIpAddress: str,
    SecurityGroups: groups,
    SourceDestCheck: bool,
    State: state,
    NetworkInterfaces: list(networkInterface),
  }),
  NetworkInterfaces: networkInterface,
  Addresses: z.object({
    ...base,
    AllocationId: str,
    AssociationId: str,
    PublicIp: z.string().max(64),
    PrivateIpAddress: str,
    InstanceId: str,
    NetworkInterfaceId: str,
  }),
  InternetGateways: z.object({
    ...base,
    InternetGatewayId: id,
    Attachments: list(z.object({ VpcId: id, State: str })),
  }),
  EgressOnlyInternetGateways: z.object({
    ...base,
    EgressOnlyInternetGatewayId: id,
    Attachments: list(z.object({ VpcId: id, State: str })),
  }),
  NatGateways: z.object({
    ...base,
    NatGatewayId: id,
    SubnetId: str,
    VpcId: str,
    State: str,
    ConnectivityType: str,
    NatGatewayAddresses: list(
      z.object({ AllocationId: str, NetworkInterfaceId: str, PrivateIp: str, PublicIp: str, IsPrimary: bool }),
    ),
  }),
  VpcEndpoints: z.object({
    ...base,
    VpcEndpointId: id,
    VpcId: id,
    ServiceName: id,
    VpcEndpointType: str,
    State: str,
    RouteTableIds: list(id),
    SubnetIds: list(id),
    Groups: groups,
    PrivateDnsEnabled: bool,
    NetworkInterfaceIds: list(id),
  }),
  PrefixLists: z.object({
    ...base,
    PrefixListId: id,
    PrefixListName: str,
    Cidrs: list(z.string().max(64)),
    Entries: list(z.object({ Cidr: z.string().max(64) })),
  }),
  VpcPeeringConnections: z.object({
    ...base,
    VpcPeeringConnectionId: id,
    AccepterVpcInfo: vpcInfo,
    RequesterVpcInfo: vpcInfo,
    Status: state,
  }),
  TransitGateways: z.object({
    ...base,
    TransitGatewayId: id,
    State: str,
    Options: z.object({ AmazonSideAsn: num }).nullish(),
  }),
  TransitGatewayAttachments: z.object({
    ...base,
    TransitGatewayAttachmentId: id,
    TransitGatewayId: str,
    ResourceId: str,
    ResourceType: str,
    State: str,
    Association: z.object({ TransitGatewayRouteTableId: str, State: str }).nullish(),
  }),
  TransitGatewayVpcAttachments: z.object({
    ...base,
    TransitGatewayAttachmentId: id,
    TransitGatewayId: id,
    VpcId: id,
    SubnetIds: list(id),
    State: str,
  }),
  TransitGatewayPeeringAttachments: z.object({
    ...base,
    TransitGatewayAttachmentId: id,
    RequesterTgwInfo: tgwInfo,
    AccepterTgwInfo: tgwInfo,
    State: str,
  }),
  TransitGatewayRouteTables: z.object({
    ...base,
    TransitGatewayRouteTableId: id,
    TransitGatewayId: id,
    DefaultAssociationRouteTable: bool,
    DefaultPropagationRouteTable: bool,
    State: str,
  }),
  TransitGatewayRoutes: z.object({ TransitGatewayRouteTableId: id, Routes: list(tgwRoute) }),
  TransitGatewayPropagations: z.object({
    TransitGatewayRouteTableId: id,
    TransitGatewayRouteTablePropagations: list(tgwMember),
  }),
  TransitGatewayAssociations: z.object({ TransitGatewayRouteTableId: id, Associations: list(tgwMember) }),
  VpnConnections: z.object({
    ...base,
    VpnConnectionId: id,
    CustomerGatewayId: str,
    VpnGatewayId: str,
    TransitGatewayId: str,
    State: str,
    Type: str,
    Options: z.object({ StaticRoutesOnly: bool }).nullish(),
    Routes: list(z.object({ DestinationCidrBlock: str, State: str })),
  }),
  VpnGateways: z.object({
    ...base,
    VpnGatewayId: id,
    State: str,
    Type: str,
    VpcAttachments: list(z.object({ VpcId: id, State: str })),
  }),
  CustomerGateways: z.object({
    ...base,
    CustomerGatewayId: id,
    State: str,
    BgpAsn: z.union([z.string().max(16), z.number()]).nullish(),
    IpAddress: str,
    Type: str,
  }),
  LoadBalancers: z.object({
    LoadBalancerArn: id,
    LoadBalancerName: str,
    DNSName: str,
    Scheme: str,
    Type: str,
    VpcId: str,
    State: state,
    SecurityGroups: list(id),
    AvailabilityZones: list(
      z.object({
        ZoneName: str,
        SubnetId: str,
        LoadBalancerAddresses: list(z.object({ IpAddress: str, PrivateIPv4Address: str, AllocationId: str })),
      }),
    ),
  }),
  Listeners: listener,
  TargetGroups: z.object({
    TargetGroupArn: id,
    TargetGroupName: str,
    Protocol: str,
    Port: num,
    VpcId: str,
    TargetType: str,
    LoadBalancerArns: list(id),
  }),
  TargetHealth: z.object({ TargetGroupArn: id, TargetHealthDescriptions: list(health) }),
  LoadBalancerAttributes: z.object({ LoadBalancerArn: id, Attributes: list(attribute) }),
  DBInstances: z.object({
    DBInstanceIdentifier: id,
    DBInstanceStatus: str,
    Engine: str,
    AvailabilityZone: str,
    SecondaryAvailabilityZone: str,
    MultiAZ: bool,
    PubliclyAccessible: bool,
    Endpoint: z.object({ Address: str, Port: num }).nullish(),
    VpcSecurityGroups: list(z.object({ VpcSecurityGroupId: id })),
    DBSubnetGroup: z
      .object({
        DBSubnetGroupName: str,
        VpcId: str,
        Subnets: list(z.object({ SubnetIdentifier: id, SubnetAvailabilityZone: z.object({ Name: str }).nullish() })),
      })
      .nullish(),
  }),
  DomainStatusList: z.object({
    DomainName: id,
    VPCOptions: z.object({ SubnetIds: list(id), SecurityGroupIds: list(id), VPCId: str }).nullish(),
  }),
  Functions: z.object({
    FunctionName: id,
    FunctionArn: str,
    Role: str,
    MemorySize: num,
    Timeout: num,
    VpcConfig: z.object({ SubnetIds: list(id), SecurityGroupIds: list(id) }).nullish(),
  }),
  MountTargets: z.object({
    ...base,
    MountTargetId: id,
    FileSystemId: id,
    SubnetId: id,
    IpAddress: str,
    NetworkInterfaceId: str,
  }),
  VpcAttributes: z.object({
    VpcId: id,
    EnableDnsSupport: z.object({ Value: bool }).nullish(),
    EnableDnsHostnames: z.object({ Value: bool }).nullish(),
  }),
} as const

export type ItemKey = keyof typeof ITEMS
export type Item<K extends ItemKey> = z.infer<(typeof ITEMS)[K]>

/** Keys of AWS's answers that mean one of the lists above. */
export const OTHER_NAMES: { readonly [key: string]: ItemKey } = {
  ManagedPrefixLists: 'PrefixLists',
  TransitGatewayStaticRoutes: 'TransitGatewayRoutes',
  LoadBalancerListeners: 'Listeners',
  LoadBalancerTargetHealth: 'TargetHealth',
  DomainStatuses: 'DomainStatusList',
}

/** Answers that say nothing about where packets go. */
export const OF_NO_USE: ReadonlySet<string> = new Set([
  'AvailabilityZones',
  'Regions',
  'ServiceDetails',
  'ServiceNames',
  'ResponseMetadata',
  'DhcpOptions',
  'KeyPairs',
  'Tags',
  'AdditionalRoutesAvailable',
  'FileSystems',
  'Marker',
])
