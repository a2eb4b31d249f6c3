import { describe, expect, it } from 'vitest'
import { simulate } from '../../engine/simulate'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { buildNetwork, trace } from '../../network'
import { client, runOf, scenarioOf, type Ran } from '../run.fixture'
import { fileSystem, fn, role, target } from './efs.fixture'

type Resources = { [id: string]: Resource }

const call = (to: string, at = 0, count = 1): Resource =>
  client('lambda:Invoke', to, { pattern: 'burst', count, at }, { retries: 0 })
const write = { write: '/mnt/data/report.csv', size: 2, content: 'three rows' }
const read = { read: '/mnt/data/report.csv' }
const run = (resources: Resources, more: Partial<Scenario> = {}): Ran => runOf(scenarioOf(fileSystem(resources), more))
const outcomes = (ran: Ran): [number, number] => [ran.total('C', 'Successes'), ran.total('C', 'Failures')]

describe('a mounted file system', () => {
  it('is mounted once for each environment, before init, and adds to the cold start', () => {
    const ran = run({ C: call('Fn', 0, 3), D: call('Fn', 5), Fn: fn([{ wait: 1 }]) })
    expect(ran.states('environment').filter(([, state]) => state === 'mounting')).toHaveLength(3)
    expect(ran.hops('elasticfilesystem:ClientMount').filter(([, from]) => from === 'Fn')).toHaveLength(2 * 3)
    // 0.1 s for the mount, then init and the call
    expect(ran.states('environment').find(([, state, label]) => state === 'warm.busy' && label === 'e1')![0]).toBe(0.1)
    expect(ran.max('Fs', 'ClientConnections')).toBe(3)
    expect(outcomes(ran)).toEqual([3, 0])
  })

  it('gives its connections back when environments end', () => {
    const ran = run({ C: call('Fn'), Fn: fn([], {}, { idle: 10 }) })
    expect(ran.level('Fs', 'connections')).toEqual([
      [0.1, 1],
      [10.1, 0],
    ])
  })

  it('shows one function what another wrote', () => {
    const recording = simulate(
      scenarioOf(fileSystem({ C: call('Writer'), D: call('Reader', 5), Writer: fn([write]), Reader: fn([read]) })),
    )
    const of = (resource: string, name: string): number =>
      recording.series.find((it) => it.resource === resource && it.name === name)?.total.sum ?? 0
    expect([of('C', 'Successes'), of('D', 'Successes'), of('D', 'Failures')]).toEqual([1, 1, 0])
    expect([of('Fs', 'DataWriteIOBytes'), of('Fs', 'DataReadIOBytes')]).toEqual([2 * 2 ** 20, 2 * 2 ** 20])
    expect(of('Reader', 'Errors')).toBe(0)
  })

  it('keeps files over a cold start, which /tmp does not', () => {
    // new code ends the environment
    const later = (step: JsonObject): Ran =>
      run(
        { C: call('Fn'), D: call('Fn', 60), Fn: fn([{ write: 'report.csv', size: 1 }, write]) },
        { interventions: [{ at: 30, set: '/resources/Fn/Behavior/steps', value: [step] }] },
      )
    expect(later(read).total('D', 'Successes')).toBe(1)
    expect(
      later(read)
        .states('environment')
        .filter(([, state]) => state === 'mounting'),
    ).toHaveLength(2)
    expect(later({ read: 'report.csv' }).total('Fn', 'Errors')).toBe(1)
  })

  it('lets the last write win and says so', () => {
    const ran = run({ C: call('Fn'), D: call('Fn', 5), Fn: fn([write]) })
    expect(ran.reasons('efs.replaced')).toHaveLength(1)
    expect(ran.level('Fs', 'stored').at(-1)![1]).toBe(2 * 2 ** 20)
  })

  it('fails a read of what nobody wrote, unless it may be missing', () => {
    expect(run({ C: call('Fn'), Fn: fn([read]) }).total('Fn', 'Errors:FileNotFoundError')).toBe(1)
    expect(outcomes(run({ C: call('Fn'), Fn: fn([{ ...read, optional: true }]) }))).toEqual([1, 0])
  })

  it('keeps access points with different roots apart', () => {
    const Own = {
      Type: 'AWS::EFS::AccessPoint',
      Properties: {
        FileSystemId: 'Fs',
        RootDirectory: { Path: '/own', CreationInfo: { OwnerUid: '1', OwnerGid: '1', Permissions: '0755' } },
      },
    }
    const mounts = { FileSystemConfigs: [{ Arn: 'Own', LocalMountPath: '/mnt/x' }] }
    const ran = run({
      Own,
      C: call('Writer'),
      D: call('Same', 5),
      E: call('Reader', 5),
      Writer: fn([{ write: '/mnt/x/report.csv' }], mounts),
      Same: fn([{ read: '/mnt/data/own/report.csv' }]),
      Reader: fn([read]),
    })
    expect(ran.total('D', 'Successes')).toBe(1)
    expect(ran.total('E', 'Failures')).toBe(1)
  })
})

describe('a mount that fails refuses the invocation (LAM-52)', () => {
  const refused = (ran: Ran, reason: string, at: number): void => {
    expect(ran.reasons(reason).map(([when]) => when)).toEqual([at])
    expect(outcomes(ran)).toEqual([0, 1])
    // no invocation and no function error, and the environment is gone
    expect([ran.total('Fn', 'Invocations'), ran.total('Fn', 'Errors')]).toEqual([0, 0])
    expect(ran.states('environment').at(-1)![1]).toBe('reclaimed')
    expect(ran.max('Fs', 'ClientConnections')).toBe(0)
  }

  it('when a security group lets 2049 not in', () => {
    const FsSg = { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'Vpc', GroupDescription: 'shut' } }
    const ran = run({ C: call('Fn'), Fn: fn([read]), FsSg })
    refused(ran, 'lambda.mountConnectivity', 10)
    expect(ran.reasons('call.unreachable.securityGroup')).toHaveLength(1)
  })

  it('when no zone of the function has a mount target', () => {
    const ran = run({
      C: call('Fn'),
      Fn: fn([read], { VpcConfig: { SubnetIds: ['B'], SecurityGroupIds: ['AppSg'] } }),
      TargetB: target('A', { FileSystemId: 'Other' }),
      Other: { Type: 'AWS::EFS::FileSystem' },
    })
    refused(ran, 'lambda.mountConnectivity', 10)
    const network = buildNetwork(
      scenarioOf(fileSystem({ Fn: fn([]), TargetB: target('A', { FileSystemId: 'Other' }) })),
    )
    expect(
      trace(network, { from: 'Fn', to: 'Fs' }).sources.map(({ subnet, reachable }) => [subnet, reachable]),
    ).toEqual([
      ['A', true],
      ['B', false],
    ])
  })

  it('in the zones without a mount target alone, environment by environment', () => {
    const ran = run({
      C: call('Fn', 0, 4),
      D: call('Fn', 30, 2),
      Fn: fn([{ wait: 1 }, write], { Timeout: 30 }),
      TargetB: target('A', { FileSystemId: 'Other' }),
      Other: { Type: 'AWS::EFS::FileSystem' },
    })
    expect(outcomes(ran)).toEqual([2, 2])
    expect(ran.reasons('lambda.mountConnectivity')).toHaveLength(2)
    // those that mounted go on writing
    expect(ran.total('D', 'Successes')).toBe(2)
    expect(ran.max('Fs', 'ClientConnections')).toBe(2)
  })

  it('when the role may not mount', () => {
    const ran = run({ C: call('Fn'), Fn: fn([read]), Role: role() })
    refused(ran, 'lambda.mountFailure', 0)
    expect(ran.reasons('call.denied')).toHaveLength(1)
  })

  it('when the root directory of the access point is not there', () => {
    const Point = {
      Type: 'AWS::EFS::AccessPoint',
      Properties: { FileSystemId: 'Fs', RootDirectory: { Path: '/models' } },
    }
    refused(run({ C: call('Fn'), Fn: fn([read]), Point }), 'lambda.mountFailure', 0.1)
    const Fs = { Type: 'AWS::EFS::FileSystem', Behavior: { files: { '/models/report.csv': { size: 1 } } } }
    expect(outcomes(run({ C: call('Fn'), Fn: fn([read]), Point, Fs }))).toEqual([1, 0])
  })

  it('when the file system is down, and an invocation under way ends with 410', () => {
    const interventions = [{ at: 5, fault: 'resource-down', resource: 'Fs' }] as const
    refused(
      run({ C: call('Fn', 10), Fn: fn([read]) }, { interventions: [...interventions] }),
      'lambda.mountTimeout',
      10,
    )
    const late = run(
      { C: call('Fn'), Fn: fn([{ wait: 6 }, write], { Timeout: 30 }) },
      { interventions: [...interventions] },
    )
    expect(late.reasons('lambda.fileIo').map(([when]) => when)).toEqual([6.1])
    expect([late.total('Fn', 'Invocations'), late.total('C', 'Failures')]).toEqual([0, 1])
  })

  it('and an event is tried again', () => {
    const ran = run({
      C: client('lambda:InvokeAsync', 'Fn', { pattern: 'burst', count: 1, at: 0 }),
      Fn: fn([read]),
      Role: role(),
    })
    expect(ran.reasons('lambda.mountFailure')).toHaveLength(3)
    expect(ran.total('Fn', 'AsyncEventsDropped')).toBe(1)
  })

  it('and provisioned concurrency does not get ready', () => {
    const ran = run({
      V: {
        Type: 'AWS::Lambda::Version',
        Properties: {
          FunctionName: 'Fn',
          ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
        },
        Behavior: { requestedAt: 5 },
      },
      Fn: fn([read]),
      Role: role(),
    })
    expect(ran.reasons('lambda.provisionedFailed').length).toBeGreaterThan(0)
    expect(ran.states('provisioned').at(-1)![1]).toBe('FAILED')
  })
})

it('a role without ClientWrite reads and does not write', () => {
  const ran = run({
    C: call('Fn'),
    Fn: fn([{ ...read, optional: true }, write]),
    Role: role('elasticfilesystem:ClientMount'),
  })
  expect(ran.total('Fn', 'Errors:PermissionError')).toBe(1)
})

it('provisioned throughput is shared: who comes late waits', () => {
  const slow = (mode: JsonObject): number =>
    run({
      C: call('Fn', 0, 4),
      Fn: fn([{ write: '/mnt/data/a', size: 10 }], { Timeout: 30 }),
      Fs: { Type: 'AWS::EFS::FileSystem', Properties: mode },
    }).max('Fn', 'Duration') / 1e6
  // 4 x 10 MB at 10 MiB/s, and 5 ms
  expect(slow({ ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 10 })).toBeCloseTo(4.005)
  expect(slow({ ThroughputMode: 'elastic' })).toBeCloseTo(0.025)
  expect(slow({})).toBeCloseTo(0.405)
})
