import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Resource } from '../model/scenario'
import { scenario } from './course.fixture'
import { buildNetwork, matrix, trace } from './index'
import { ec2, online, vpc } from './pair.fixture'

const block = fc.constantFrom('0.0.0.0/0', '10.1.1.0/24', '10.1.0.0/16', '10.1.1.5/32', '10.1.2.0/25', '10.1.2.4/30')
const host = fc.record({
  subnet: fc.constantFrom('AOne', 'ATwo'),
  group: fc.constantFrom('G0', 'G1'),
  open: fc.boolean(),
})

it('says for every pair what a walk says, also where hosts share a cell', () => {
  fc.assert(
    fc.property(
      fc.array(host, { minLength: 3, maxLength: 9 }),
      fc.tuple(block, block),
      fc.tuple(fc.constantFrom('G0', 'G1'), block),
      fc.option(block),
      (hosts, [first, second], [named, egress], denied) => {
        const rule = (CidrIp: string) => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp })
        const resources: { [id: string]: Resource } = {
          ...vpc('A', '10.1.0.0'),
          ...online('A'),
          G0: ec2('SecurityGroup', {
            VpcId: 'A',
            SecurityGroupIngress: [rule(first)],
            SecurityGroupEgress: [rule(egress)],
          }),
          G1: ec2('SecurityGroup', {
            VpcId: 'A',
            SecurityGroupIngress: [rule(second), { IpProtocol: '-1', SourceSecurityGroupId: named }],
          }),
          Fn: {
            Type: 'AWS::Lambda::Function',
            Properties: { VpcConfig: { SubnetIds: ['AOne'], SecurityGroupIds: ['G0'] } },
          },
          Fn2: {
            Type: 'AWS::Lambda::Function',
            Properties: { VpcConfig: { SubnetIds: ['AOne'], SecurityGroupIds: ['G0'] } },
          },
        }
        hosts.forEach(({ subnet, group, open }, i) => {
          resources[`Web${i}`] = ec2('Instance', { SubnetId: subnet, SecurityGroupIds: [group] })
          if (open) resources[`Ip${i}`] = ec2('EIP', { InstanceId: `Web${i}` })
        })
        if (denied !== null) {
          const entry = {
            NetworkAclId: 'Acl',
            Protocol: -1,
            CidrBlock: '0.0.0.0/0',
            RuleAction: 'allow',
            RuleNumber: 9,
          }
          resources['Acl'] = ec2('NetworkAcl', { VpcId: 'A' })
          resources['In'] = ec2('NetworkAclEntry', { ...entry, Egress: false })
          resources['Out'] = ec2('NetworkAclEntry', { ...entry, Egress: true })
          resources['No'] = ec2('NetworkAclEntry', {
            ...entry,
            Egress: false,
            RuleNumber: 1,
            CidrBlock: denied,
            RuleAction: 'deny',
          })
          resources['Use'] = ec2('SubnetNetworkAclAssociation', { SubnetId: 'ATwo', NetworkAclId: 'Acl' })
        }
        const network = buildNetwork(scenario(resources))
        const ids = [...hosts.map((_, i) => `Web${i}`), 'Fn', 'Fn2', 'internet', '10.1.1.20']
        const cells = matrix(network, ids)
        ids.forEach((from, i) => {
          ids.forEach((to, j) => {
            const { reachable, code, at } = trace(network, { from, to })
            expect(cells[i]![j], `${from} -> ${to}`).toEqual(i === j ? null : { reachable, code, at })
          })
        })
      },
    ),
    { numRuns: 60, seed: 3 },
  )
})
