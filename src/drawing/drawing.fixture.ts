/** A small world of its own for tests: it changes only with the drawing, not with the services. */
import type { Resource, Scenario } from '../model/scenario'
import type { Connection, Kind } from '../services/service'
import type { NetworkView, Registry } from './types'

const kind = (label: string, drawn: Kind['drawn'], more: Partial<Kind> = {}): Kind => ({
  label,
  category: 'compute',
  drawn,
  glyph: 'file',
  summary: label,
  ...more,
})
const text = (resource: Resource, name: string): string[] => {
  const value = resource.Properties?.[name]
  return typeof value === 'string' ? [value] : []
}

function derive(scenario: Scenario): Connection[] {
  return Object.entries(scenario.resources).flatMap(([id, resource]): Connection[] => {
    if (resource.Type === 'T::Rule') {
      const bus = text(resource, 'Bus')[0]
      return bus === undefined
        ? []
        : text(resource, 'To').map((to) => ({ from: bus, to, action: 'rule', port: id, style: 'async' }))
    }
    const calls: Connection[] = text(resource, 'Calls').map((to) => ({ from: id, to, action: 'call', style: 'sync' }))
    const dead: Connection[] = text(resource, 'Dead').map((to) => ({
      from: id,
      to,
      action: 'redrive',
      port: 'failure',
      style: 'async',
    }))
    return [...calls, ...dead]
  })
}

export const REGISTRY: Registry = {
  kinds: {
    'T::Client': kind('Client', 'node', { silhouette: 'actor' }),
    'T::Function': kind('Function', 'node', {
      silhouette: 'plain',
      size: { w: 248, h: 152 },
      moveInto: (id, container, scenario) => ({
        [id]: {
          ...scenario.resources[id],
          Type: 'T::Function',
          Properties: { VpcConfig: { SubnetIds: container === null ? [] : [container] } },
        },
      }),
    }),
    'T::Queue': kind('Queue', 'node', { silhouette: 'queue', typeLine: () => 'Queue · standard' }),
    'T::Bus': kind('Event bus', 'node', { silhouette: 'bus' }),
    'T::Rule': kind('Rule', 'attachment', { category: 'events', owners: (resource) => text(resource, 'Bus') }),
    'T::Mapping': kind('Mapping', 'edge', {
      owners: (resource) => [...text(resource, 'Queue'), ...text(resource, 'Function')],
    }),
    'T::Gateway': kind('Gateway', 'node', {
      silhouette: 'gate',
      container: (resource) => text(resource, 'VpcId')[0] ?? null,
    }),
    'AWS::EC2::VPC': kind('VPC', 'container'),
    'AWS::EC2::Subnet': kind('Subnet', 'container', { container: (resource) => text(resource, 'VpcId')[0] ?? null }),
  },
  connectors: [
    {
      derive,
      accepts: (from, to, scenario) => {
        if (scenario.resources[to]?.Type === 'T::Client') return { refused: 'A client only sends.' }
        return scenario.resources[from]?.Type === 'T::Bus' ? null : true
      },
      connect: (from, to, scenario) => ({
        resources: {
          [from]: {
            ...scenario.resources[from],
            Type: scenario.resources[from]?.Type ?? '',
            Properties: { ...scenario.resources[from]?.Properties, Calls: to },
          },
        },
        said: `Connected ${from} to ${to}.`,
      }),
      disconnect: ({ from }, scenario) => {
        const { Calls: _, ...properties } = scenario.resources[from]?.Properties ?? {}
        return {
          resources: { [from]: { Type: scenario.resources[from]?.Type ?? '', Properties: properties } },
          said: `Removed the wire from ${from}.`,
        }
      },
    },
  ],
}

export const NO_NETWORK: NetworkView = { interfaces: () => [], publicSubnets: () => new Map(), paths: () => () => [] }

/** One interface per subnet that functions name. */
export const NETWORK: NetworkView = {
  interfaces: (scenario) => {
    const users = new Map<string, string[]>()
    for (const [id, resource] of Object.entries(scenario.resources)) {
      const config = resource.Properties?.VpcConfig
      const subnets =
        typeof config === 'object' && config !== null && !Array.isArray(config) && Array.isArray(config.SubnetIds)
          ? config.SubnetIds
          : []
      for (const subnet of subnets)
        if (typeof subnet === 'string') users.set(subnet, [...(users.get(subnet) ?? []), id])
    }
    return [...users].map(([subnet, functions]) => ({ id: `eni:${subnet}:`, subnet, address: '10.0.0.4', functions }))
  },
  publicSubnets: () => new Map([['PublicA', 'Gateway']]),
  paths: () => (from) => [from, 'eni:PrivateA:', 'Igw'],
}

export function scenarioOf(resources: { [id: string]: Resource }, more: Partial<Scenario> = {}): Scenario {
  return { coldstart: 1, name: 'Test', profile: 'teaching', seed: 1, duration: 10, resources, ...more }
}

export function shop(): Scenario {
  return scenarioOf({
    Shoppers: { Type: 'T::Client', Properties: { Calls: 'Bus' } },
    Bus: { Type: 'T::Bus' },
    Placed: { Type: 'T::Rule', Properties: { Bus: 'Bus', To: 'Orders' } },
    Audited: { Type: 'T::Rule', Properties: { Bus: 'Bus', To: 'Audit' } },
    Orders: { Type: 'T::Queue', Properties: { Dead: 'OrdersDlq', Calls: 'Worker' } },
    OrdersDlq: { Type: 'T::Queue' },
    Mapping: { Type: 'T::Mapping', Properties: { Queue: 'Orders', Function: 'Worker' } },
    Audit: { Type: 'T::Function' },
    Worker: { Type: 'T::Function', Properties: { VpcConfig: { SubnetIds: ['PrivateA'] }, Calls: 'Outside' } },
    Outside: { Type: 'T::Client' },
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    PrivateA: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: 'Vpc', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'a' },
    },
    PublicA: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'Vpc', AvailabilityZone: 'a' } },
    PrivateB: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'Vpc', AvailabilityZone: 'b' } },
    Igw: { Type: 'T::Gateway', Properties: { VpcId: 'Vpc' } },
  })
}
