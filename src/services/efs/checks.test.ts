import { describe, expect, it } from 'vitest'
import { gateJson } from '../../gate'
import { applyFix } from '../../gate/fix'
import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { buildNetwork, reach } from '../../network'
import { scenarioOf } from '../run.fixture'
import type { Connection } from '../service'
import { connectors } from './connectors'
import { fileSystem, nfs, target } from './efs.fixture'
import { kinds } from './kinds'

type Resources = { [id: LogicalId]: Resource | null }

const messages = (more: { [id: string]: Resource }, severity = 'error'): string[] =>
  gateJson(scenarioOf(fileSystem(more))).problems.flatMap((it) => (it.severity === severity ? [it.message] : []))
const system = (Properties: JsonObject): Resource => ({ Type: 'AWS::EFS::FileSystem', Properties })

describe('the gate', () => {
  it('takes a file system with a mount target in each zone', () => {
    expect(messages({})).toEqual([])
    expect(messages({}, 'warning')).toEqual([])
  })

  it('keeps throughput and performance consistent', () => {
    expect(messages({ Fs: system({ ThroughputMode: 'provisioned' }) })[0]).toContain('no amount')
    expect(messages({ Fs: system({ ProvisionedThroughputInMibps: 5 }) })[0]).toContain('takes no amount')
    expect(messages({ Fs: system({ PerformanceMode: 'maxIO', ThroughputMode: 'elastic' }) })[0]).toContain('maxIO')
    const scenario = scenarioOf(fileSystem({ Fs: system({ ThroughputMode: 'provisioned' }) }))
    const [first] = gateJson(scenario).problems
    expect(gateJson(applyFix(scenario, first!.fix!)).problems.filter((it) => it.severity === 'error')).toEqual([])
  })

  it('allows one mount target for each zone, in one VPC', () => {
    expect(messages({ Third: target('A') })).toEqual([
      'Third and TargetA stand in one zone, where Fs has one mount target. Remove Third. AWS: mount target already exists in this AZ',
    ])
    const far = {
      Far: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
      C: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'Far', CidrBlock: '10.1.0.0/24', AvailabilityZone: 'c' } },
      TargetB: target('C', { SecurityGroups: [] }),
    }
    expect(messages(far)[0]).toContain('lie in one VPC')
    expect(messages({ ...far, TargetB: target('B', { IpAddress: '10.0.9.9' }) })[0]).toContain('lies outside B')
  })

  it('warns of a root directory nobody makes, and of a file system nobody can mount', () => {
    const Point = {
      Type: 'AWS::EFS::AccessPoint',
      Properties: { FileSystemId: 'Fs', RootDirectory: { Path: '/models' } },
    }
    expect(messages({ Point }, 'warning')[0]).toContain('Add CreationInfo')
    expect(messages({ Lone: system({}) }, 'warning')[0]).toContain('no mount target')
  })

  it('refuses to call a file system', () => {
    const C = { Type: 'Coldstart::Client', Behavior: { call: 'elasticfilesystem:ClientMount', to: 'Fs' } }
    expect(messages({ C }).join()).toContain('Mount it with FileSystemConfigs')
  })
})

describe('on the canvas', () => {
  const bare = (): Scenario => {
    const { TargetA: _, TargetB: __, FsSg: ___, Point: ____, ...rest } = fileSystem()
    return scenarioOf({
      ...rest,
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: { VpcConfig: { SubnetIds: ['A', 'B'], SecurityGroupIds: ['AppSg'] } },
        Behavior: { steps: [{ write: '/mnt/data/a' }] },
      },
    })
  }
  const after = (scenario: Scenario, changes: Resources): Scenario => ({
    ...scenario,
    resources: Object.fromEntries(
      Object.entries({ ...scenario.resources, ...changes }).filter(
        (entry): entry is [string, Resource] => entry[1] !== null,
      ),
    ),
  })
  const [connector] = connectors
  const wires = (scenario: Scenario): Connection[] => connector!.derive(scenario)

  it('a wire writes all that mounting needs, and the packets arrive', () => {
    const before = bare()
    expect(connector!.accepts('Fn', 'Fs', before)).toBe(true)
    const { resources, said } = connector!.connect('Fn', 'Fs', before)
    const next = after(before, resources)
    expect(
      gateJson(next).problems.filter(({ severity, message }) => severity === 'error' || message.includes('Fs')),
    ).toEqual([])
    expect(reach(buildNetwork(next), { from: 'Fn', to: 'Fs' }).reachable).toBe(true)
    expect(reach(buildNetwork(before), { from: 'Fn', to: 'Fs' }).reachable).toBe(false)
    expect(wires(next).map(({ action, label }) => [action, label])).toEqual([
      ['elasticfilesystem:ClientMount', '/mnt/data'],
      ['elasticfilesystem:ClientWrite', 'write'],
    ])
    expect(said).toContain('FsSg lets TCP 2049 in from AppSg.')
    expect(said).toContain('Added FsInA in A. ')
    expect(connector!.accepts('Fn', 'Fs', next)).toHaveProperty('refused')
    const gone = after(next, connector!.disconnect(wires(next)[0]!, next).resources)
    expect(wires(gone)).toEqual([])
    expect(gone.resources['Fn']!.Properties!['FileSystemConfigs']).toBeUndefined()
    const mute = after(next, connector!.disconnect(wires(next)[1]!, next).resources)
    expect(wires(mute)).toHaveLength(1)
    expect(mute.resources['Fn']!.Behavior!['steps']).toEqual([])
  })

  it('a wire opens the port in a group that is there', () => {
    const scenario = after(bare(), {
      TargetA: target('A'),
      TargetB: target('B'),
      FsSg: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'Vpc', GroupDescription: 'g' } },
    })
    const { resources } = connector!.connect('Fn', 'Fs', scenario)
    expect(resources['FsSg']!.Properties!['SecurityGroupIngress']).toEqual([nfs])
  })

  it('a function outside every VPC is refused', () => {
    const scenario = after(bare(), { Fn: { Type: 'AWS::Lambda::Function' } })
    expect(connector!.accepts('Fn', 'Fs', scenario)).toEqual({
      refused: 'Fn is in no VPC, where file systems are mounted. Drop it on a subnet first.',
    })
    expect(connector!.accepts('Fs', 'Fn', scenario)).toBeNull()
  })

  it('dropping it on a subnet makes a mount target there, one for each zone', () => {
    const kind = kinds['AWS::EFS::FileSystem']!
    let scenario = bare()
    const drop = (container: string | null): void => {
      scenario = after(scenario, kind.moveInto!('Fs', container, scenario) as Resources)
    }
    const home = (): string | null => kind.container!(scenario.resources['Fs']!, scenario)
    drop('A')
    expect(home()).toBe('A')
    drop('B')
    expect([home(), Object.keys(scenario.resources).filter((id) => id.startsWith('FsIn'))]).toEqual([
      null,
      ['FsInA', 'FsInB'],
    ])
    drop(null)
    expect(Object.keys(scenario.resources).filter((id) => id.startsWith('FsIn'))).toEqual([])
    expect(kind.moveInto!('Fs', 'Vpc', scenario)).toHaveProperty('refused')
  })
})
