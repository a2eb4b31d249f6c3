import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../model/scenario'
import { batchOf, invocationTime, meanOf, stepTime } from './estimate'
import { hints } from './hints'

/** The drawing of the mocks: 512 MB, a batch of 10, one write per message. */
const scenario: Scenario = {
  coldstart: 1,
  name: 'Orders',
  profile: 'teaching',
  seed: 42,
  duration: 300,
  resources: {
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: { MemorySize: 512, Timeout: 5 },
      Behavior: {
        steps: [
          { cpu: 0.02 },
          { wait: { exp: 0.03 } },
          { call: 'dynamodb:PutItem', to: 'Table', perMessage: true },
          { call: 'https:Request', to: 'Api' },
        ],
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'Orders', FunctionName: 'Worker' },
    },
    Orders: {
      Type: 'AWS::SQS::Queue',
      Properties: { RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 3 } },
    },
    Dead: { Type: 'AWS::SQS::Queue' },
    Table: { Type: 'AWS::DynamoDB::Table', Behavior: { latency: 0.0061 } },
    Api: { Type: 'Coldstart::Internet', Behavior: { latency: 1.44 } },
    Shop: { Type: 'Coldstart::Client', Behavior: { traffic: { pattern: 'poisson', rate: 20, at: 60 } } },
    Net: { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.0.1.0/24' } },
  },
}
const steps = scenario.resources['Worker']!.Behavior!['steps'] as { [key: string]: number }[]

describe('meanOf', () => {
  it.each([
    [0.2, 0.2],
    [{ exp: 3 }, 3],
    [{ uniform: [1, 3] as [number, number] }, 2],
    [{ quantiles: { '0.5': 1 } }, 1],
    [{ quantiles: { '0': 0, '1': 2 } }, 1],
    [{ lognormal: { p50: 2, p90: 2 } }, 2],
  ])('of %j is %d', (duration, mean) => {
    expect(meanOf(duration)).toBeCloseTo(mean, 9)
  })
  it('of a lognormal is above its median', () => {
    // ln(2) / 1.2816 = 0.5409; exp(0.5409^2 / 2) = 1.1575
    expect(meanOf({ lognormal: { p50: 1, p90: 2 } })).toBeCloseTo(1.1575, 3)
  })
})

describe('times of steps', () => {
  it('agree with the mock: 69, 30, 61 and 1,440 ms', () => {
    const took = steps.map((step) => Math.round((stepTime(step, 'Worker', scenario).seconds ?? 0) * 1000))
    expect(took).toEqual([69, 30, 61, 1440])
    expect(invocationTime('Worker', scenario)).toBeCloseTo(1.6, 2)
  })
  it('give no more than one vCPU to a step', () => {
    const big = { ...scenario, resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 8192 } } } }
    expect(stepTime({ cpu: 0.5 }, 'Fn', big).seconds).toBe(0.5)
  })
  it('end for functions that call themselves', () => {
    const loop = {
      ...scenario,
      resources: {
        Fn: { Type: 'AWS::Lambda::Function', Behavior: { steps: [{ wait: 1 }, { call: 'lambda:Invoke', to: 'Fn' }] } },
      },
    }
    expect(invocationTime('Fn', loop)).toBe(5)
  })
  it('take the default batch of 10', () => {
    expect(batchOf('Worker', scenario)).toBe(10)
    expect(batchOf('Other', scenario)).toBeNull()
  })
})

describe('hints', () => {
  it('say what the settings amount to', () => {
    expect(hints('Worker', scenario)).toEqual(['512 MB buys 0.29 vCPU: 0.020 vCPU-s take 69.1 ms.'])
    expect(hints('Orders', scenario)).toEqual(['A message that fails 3 times goes to Dead, after about 90 s.'])
    expect(hints('Mapping', scenario)).toEqual([
      'A batch of 10 takes 1.6 s: one environment works off 6.25 messages/s.',
    ])
    expect(hints('Net', scenario)).toEqual(['/24 has 251 usable addresses: AWS keeps 5.'])
    expect(hints('Shop', scenario)).toEqual(['About 4,800 calls in 300 s.'])
  })
  it('warn when the steps outlast the timeout', () => {
    const short = structuredClone(scenario)
    short.resources['Worker']!.Properties!['Timeout'] = 1
    expect(hints('Worker', short)[1]).toBe(
      'The steps take 1.6 s on average, Timeout is 1 s: most invocations are stopped.',
    )
  })
})
