import { expect, it } from 'vitest'
import type { JsonObject, Scenario } from '../model/scenario'
import { buildNetwork, trace } from './index'
import { ec2, online, pair } from './pair.fixture'

const elb = (type: string, Properties: JsonObject) => ({ Type: `AWS::ElasticLoadBalancingV2::${type}`, Properties })
const GROUP = { TargetType: 'instance', Port: 8080, Protocol: 'TCP', VpcId: 'B' }

const balanced = (balancer: JsonObject, parts: Parameters<typeof pair>[0] = {}): Scenario =>
  pair({
    ...online('B'),
    Nlb: elb('LoadBalancer', { Type: 'network', Scheme: 'internet-facing', Subnets: ['BOne', 'BTwo'], ...balancer }),
    On: elb('Listener', {
      LoadBalancerArn: 'Nlb',
      Port: 80,
      Protocol: 'TCP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: 'Tg' }],
    }),
    Tg: elb('TargetGroup', { ...GROUP, Targets: [{ Id: 'BWeb' }] }),
    ...parts,
  })
const crossing = { LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }] }
const to = (document: Scenario, port: number, target = 'Nlb', from = 'internet'): string => {
  const { reachable, code, at } = trace(buildNetwork(document), { from, to: target, port })
  return reachable ? 'ok' : `${code} at ${at ?? ''}`
}
const only = (CidrIp: string, FromPort: number) =>
  ec2('SecurityGroup', {
    VpcId: 'B',
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort, ToPort: FromPort, CidrIp }],
  })

it('takes connections on its listeners alone, and passes them to a target', () => {
  expect(to(balanced({}), 80)).toBe('ok')
  expect(to(balanced({}), 81)).toBe('ELBV2_LISTENER_PORT_RESTRICTION at Nlb')
  expect(to(balanced({}, { Tg: undefined }), 80)).toBe('ELBV2_LISTENER_HAS_NO_TG at On')
  expect(to(balanced({}, { Tg: elb('TargetGroup', { ...GROUP, Targets: [] }) }), 80)).toBe(
    'ELBV2_NO_TARGETS_IN_AZ at Tg',
  )
})

it('crosses zones only where it is switched on', () => {
  const far = { BWeb: ec2('Instance', { SubnetId: 'BTwo', SecurityGroupIds: ['BGroup'] }) }
  expect(to(balanced({}, far), 80)).toBe('ELBV2_NO_TARGETS_IN_AZ at Tg')
  expect(to(balanced(crossing, far), 80)).toBe('ok')
})

it('the target’s security group sees the client where its address is kept, the balancer where not', () => {
  const client = { BGroup: only('198.51.100.0/24', 8080) }
  expect(to(balanced({}, client), 80)).toBe('ok')
  const balancer = { BGroup: only('10.2.0.0/16', 8080) }
  expect(to(balanced({}, balancer), 80)).toBe('ENI_SG_RULES_MISMATCH at BGroup')
  const hidden = elb('TargetGroup', {
    ...GROUP,
    Targets: [{ Id: 'BWeb' }],
    TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: 'false' }],
  })
  expect(to(balanced({}, { ...balancer, Tg: hidden }), 80)).toBe('ok')
})

it('needs one target that can be reached', () => {
  const two = {
    Shut: ec2('SecurityGroup', { VpcId: 'B' }),
    Deaf: ec2('Instance', { SubnetId: 'BOne', SecurityGroupIds: ['Shut'] }),
    Tg: elb('TargetGroup', { ...GROUP, Targets: [{ Id: 'Deaf' }, { Id: 'BWeb' }] }),
  }
  expect(to(balanced({}, two), 80)).toBe('ok')
  expect(to(balanced({}, { ...two, BWeb: undefined }), 80)).toBe('SG_HAS_NO_RULES at Shut')
})

it('is in its VPC: no internet without a gateway, and groups of its own', () => {
  expect(to(balanced({ Scheme: 'internal' }), 80)).toBe('IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS at BIgw')
  expect(to(balanced({ SecurityGroups: ['Front'] }, { Front: only('10.9.0.0/16', 80) }), 80)).toBe(
    'ENI_SG_RULES_MISMATCH at Front',
  )
  expect(to(balanced({}, { BAttached: undefined }), 80)).toBe('NO_PATH at B')
})
