import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject, Resource, Scenario } from '../model/scenario'
import { resource, scenario } from './course.fixture'
import { applyPatches, buildNetwork, hyperplaneEnis, reach, trace } from './index'
import { Oracle } from './walk.oracle'

const SUBNETS = ['S0', 'S1', 'S2']
const TABLES = ['T0', 'T1']
const BLOCKS = ['0.0.0.0/0', '10.0.0.0/16', '10.0.1.0/24', '198.51.100.0/24', '52.94.0.0/22', '10.0.0.4/32']
const PORTS: [number, number][] = [
  [0, 65535],
  [443, 443],
  [5432, 5432],
  [1024, 65535],
  [32768, 60999],
  [1024, 40000],
]

const numbered = (name: string, values: readonly Resource[]) =>
  Object.fromEntries(values.map((value, i) => [`${name}${i}`, value]))

const route = fc.record({
  table: fc.constantFrom(...TABLES),
  block: fc.constantFrom('0.0.0.0/0', '198.51.100.0/24', '198.51.0.0/16'),
  target: fc.constantFrom('Igw', 'Nat', 'Nat', 'Gone'),
})

const aclEntry = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  allow: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  egress: fc.boolean(),
  ports: fc.option(fc.constantFrom(...PORTS)),
  block: fc.constantFrom('0.0.0.0/0', '0.0.0.0/0', ...BLOCKS),
})

const groupRule = (side: 'Source' | 'Destination', peer: string): fc.Arbitrary<JsonObject> =>
  fc
    .record({ ports: fc.constantFrom(...PORTS), block: fc.constantFrom('0.0.0.0/0', ...BLOCKS), group: fc.boolean() })
    .map(({ ports, block, group }) => ({
      IpProtocol: 'tcp',
      FromPort: ports[0],
      ToPort: ports[1],
      ...(group ? { [`${side}SecurityGroupId`]: peer } : { CidrIp: block }),
    }))

const topology: fc.Arbitrary<Scenario> = fc
  .record({
    tableOf: fc.array(fc.option(fc.constantFrom(...TABLES), { freq: 6 }), { minLength: 3, maxLength: 3 }),
    routes: fc.uniqueArray(route, { maxLength: 4, selector: ({ table, block }) => `${table} ${block}` }),
    attached: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    nat: fc.constantFrom(...SUBNETS),
    fn: fc.constantFrom(...SUBNETS),
    db: fc.constantFrom(...SUBNETS),
    aclOn: fc.oneof(fc.constant<string[]>([]), fc.subarray(SUBNETS)),
    entries: fc.uniqueArray(aclEntry, { maxLength: 7, selector: ({ number, egress }) => `${number} ${egress}` }),
    egress: fc.option(fc.array(groupRule('Destination', 'DbSg'), { maxLength: 2 }), { freq: 2 }),
    ingress: fc.array(groupRule('Source', 'AppSg'), { maxLength: 2 }),
    endpointOn: fc.subarray(TABLES),
  })
  .map((t) => {
    const vpc = { VpcId: 'Vpc' }
    const natTarget = (target: string) => (target === 'Igw' ? { GatewayId: target } : { NatGatewayId: target })
    return scenario({
      Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
      ...Object.fromEntries(
        SUBNETS.map((id, i) => [id, resource('AWS::EC2::Subnet', { ...vpc, CidrBlock: `10.0.${i}.0/24` })]),
      ),
      ...Object.fromEntries(TABLES.map((id) => [id, resource('AWS::EC2::RouteTable', vpc)])),
      ...numbered(
        'Join',
        t.tableOf.flatMap((table, i) =>
          table === null
            ? []
            : [resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: `S${i}`, RouteTableId: table })],
        ),
      ),
      ...numbered(
        'Route',
        t.routes.map((r) =>
          resource('AWS::EC2::Route', { RouteTableId: r.table, DestinationCidrBlock: r.block, ...natTarget(r.target) }),
        ),
      ),
      Igw: resource('AWS::EC2::InternetGateway'),
      ...(t.attached
        ? { Attached: resource('AWS::EC2::VPCGatewayAttachment', { ...vpc, InternetGatewayId: 'Igw' }) }
        : {}),
      Nat: resource('AWS::EC2::NatGateway', { SubnetId: t.nat }),
      Acl: resource('AWS::EC2::NetworkAcl', vpc),
      ...numbered(
        'AclJoin',
        t.aclOn.map((SubnetId) => resource('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId, NetworkAclId: 'Acl' })),
      ),
      ...numbered(
        'Entry',
        t.entries.map((e) =>
          resource('AWS::EC2::NetworkAclEntry', {
            NetworkAclId: 'Acl',
            RuleNumber: e.number,
            Protocol: e.ports === null ? -1 : 6,
            RuleAction: e.allow ? 'allow' : 'deny',
            Egress: e.egress,
            CidrBlock: e.block,
            ...(e.ports === null ? {} : { PortRange: { From: e.ports[0], To: e.ports[1] } }),
          }),
        ),
      ),
      AppSg: resource('AWS::EC2::SecurityGroup', {
        ...vpc,
        ...(t.egress === null ? {} : { SecurityGroupEgress: t.egress }),
      }),
      DbSg: resource('AWS::EC2::SecurityGroup', { ...vpc, SecurityGroupIngress: t.ingress }),
      DbSubnets: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: [t.db] }),
      Fn: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: [t.fn], SecurityGroupIds: ['AppSg'] } }),
      Db: resource('AWS::RDS::DBInstance', {
        Engine: 'postgres',
        DBSubnetGroupName: 'DbSubnets',
        VPCSecurityGroups: ['DbSg'],
      }),
      Table: resource('AWS::DynamoDB::Table'),
      Ddb: resource('AWS::EC2::VPCEndpoint', {
        ...vpc,
        ServiceName: 'com.amazonaws.us-east-1.dynamodb',
        RouteTableIds: t.endpointOn,
      }),
    })
  })

const target = fc.constantFrom('internet', 'Db', 'Table')

function subnetOf(document: Scenario, id: string): string {
  return [...(buildNetwork(document).hosts.get(id) ?? [])][0]?.subnet.id ?? ''
}

describe('reachability properties', () => {
  it('agrees with a brute-force walk', () => {
    const seen = { yes: 0, no: 0 }
    fc.assert(
      fc.property(topology, target, (document, to) => {
        const network = buildNetwork(document)
        const eni = hyperplaneEnis(document)[0]
        const hop = trace(network, { from: 'Fn', to })
        const db = subnetOf(document, 'Db')
        const address = trace(network, { from: 'Db', to: 'internet' }).hops[0]?.rule.split(' ')[0] ?? ''
        const aim =
          to === 'Db'
            ? { to: address, port: 5432, subnet: db }
            : { to: to === 'Table' ? '52.94.0.10' : '198.51.100.7', port: 443 }
        const expected = new Oracle(document).reaches(eni?.subnet ?? '', eni?.address ?? '', aim)
        seen[expected ? 'yes' : 'no']++
        expect(hop.reachable, hop.explanation).toBe(expected)
      }),
      { numRuns: 3000, seed: 7 },
    )
    // Both answers must be common, or the agreement says little.
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(300)
  })

  it('adding an allow rule never closes a path', () => {
    const added = fc.oneof(
      groupRule('Source', 'AppSg').map((rule) => ['DbSg', 'SecurityGroupIngress', rule] as const),
      groupRule('Destination', 'DbSg').map((rule) => ['AppSg', 'SecurityGroupEgress', rule] as const),
      aclEntry.map((entry) => ['Acl', 'entry', { ...entry, allow: true }] as const),
    )
    fc.assert(
      fc.property(topology, target, added, (document, to, [id, list, rule]) => {
        const before = trace(buildNetwork(document), { from: 'Fn', to })
        fc.pre(before.reachable)
        const resources = { ...document.resources }
        if (list === 'entry') {
          const entry = rule as { number: number; egress: boolean; ports: [number, number] | null; block: string }
          resources.Extra = resource('AWS::EC2::NetworkAclEntry', {
            NetworkAclId: id,
            RuleNumber: entry.number,
            Protocol: entry.ports === null ? -1 : 6,
            RuleAction: 'allow',
            Egress: entry.egress,
            CidrBlock: entry.block,
            ...(entry.ports === null ? {} : { PortRange: { From: entry.ports[0], To: entry.ports[1] } }),
          })
        } else {
          const props = resources[id]?.Properties ?? {}
          // The first explicit egress rule replaces the default one, so only a list that is there can grow.
          fc.pre(Array.isArray(props[list]) || list === 'SecurityGroupIngress')
          const rules = (props[list] ?? []) as Json[]
          resources[id] = resource('AWS::EC2::SecurityGroup', { ...props, [list]: [...rules, rule] })
        }
        expect(trace(buildNetwork({ ...document, resources }), { from: 'Fn', to }).reachable).toBe(true)
      }),
      { numRuns: 400, seed: 7 },
    )
  })

  it('removing a route opens a path only where that route was the one that led astray', () => {
    fc.assert(
      fc.property(topology, target, fc.nat(3), (document, to, n) => {
        const before = trace(buildNetwork(document), { from: 'Fn', to })
        fc.pre(!before.reachable && Object.hasOwn(document.resources, `Route${n}`))
        const resources = Object.fromEntries(Object.entries(document.resources).filter(([id]) => id !== `Route${n}`))
        const after = trace(buildNetwork({ ...document, resources }), { from: 'Fn', to })
        if (after.reachable) expect(before.hops.map((hop) => hop.via)).toContain(`Route${n}`)
      }),
      { numRuns: 1500, seed: 7 },
    )
  })

  it('every fix opens its path, and blocked paths to the internet have one', () => {
    fc.assert(
      fc.property(topology, target, (document, to) => {
        const verdict = reach(buildNetwork(document), { from: 'Fn', to })
        if (verdict.reachable) {
          expect(verdict.fixes).toEqual([])
          return
        }
        for (const fix of verdict.fixes) {
          const after = trace(buildNetwork(applyPatches(document, fix.patches)), { from: 'Fn', to })
          expect(after.reachable, `${fix.title}: ${after.explanation}`).toBe(true)
        }
        expect(verdict.fixes.length, verdict.explanation).toBeGreaterThan(0)
      }),
      { numRuns: 300, seed: 7 },
    )
  })

  it('a blocked verdict ends at the gate that blocks, a reachable one passes all', () => {
    fc.assert(
      fc.property(topology, target, (document, to) => {
        const verdict = trace(buildNetwork(document), { from: 'Fn', to })
        const failed = verdict.hops.filter((hop) => !hop.passed)
        expect(failed).toHaveLength(verdict.reachable ? 0 : 1)
        expect(verdict.at).toBe(failed[0]?.resource ?? null)
        expect(verdict.hops.at(-1)?.passed).toBe(verdict.reachable)
        expect(verdict.code === 'ok').toBe(verdict.reachable)
      }),
      { numRuns: 500, seed: 7 },
    )
  })

  it('never throws, whatever the properties hold', () => {
    const junk = fc.oneof(
      fc.constantFrom<Json>('Vpc', 'S0', 'Igw', 'Fn', '10.0.0.0/33', '0.0.0.0/0', -1, 70000, null, [], {}),
      fc.json().map((text) => JSON.parse(text) as Json),
    )
    fc.assert(
      fc.property(
        topology,
        fc.array(fc.tuple(fc.nat(), fc.nat(), junk), { minLength: 1, maxLength: 12 }),
        target,
        (document, edits, to) => {
          const resources = structuredClone(document.resources)
          const ids = Object.keys(resources)
          for (const [i, j, value] of edits) {
            const props = resources[ids[i % ids.length] ?? '']?.Properties ?? {}
            const keys = Object.keys(props)
            const key = keys[j % Math.max(1, keys.length)]
            if (key !== undefined) props[key] = value
          }
          const network = buildNetwork({ ...document, resources })
          for (const from of ['Fn', 'Db', 'internet']) reach(network, { from, to })
        },
      ),
      { numRuns: 300, seed: 7 },
    )
  })
})
