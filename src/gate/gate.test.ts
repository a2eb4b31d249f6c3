import { describe, expect, test } from 'vitest'
import type { Json, Scenario } from '../model/scenario'
import { applyFix } from './fix'
import { gateValue } from './gate'
import { gateText } from './gate-text'
import { locate } from './locate'
import { migrate } from './migrate'
import { orders, registry } from './samples'
import { serialise } from './serialise'

const all = registry()
const yaml = (...lines: string[]) => ['coldstart: 1', 'resources:', ...lines].join('\n')

/** The only problem of a document; fails when there are more. */
function only(text: string) {
  const { ok, problems } = gateText(text, all)
  expect(problems).toHaveLength(1)
  return { ok, ...problems[0]! }
}

describe('a right document', () => {
  test('passes as written, with defaults filled in beside it', () => {
    const result = gateValue(orders(), all)
    expect(result.problems).toEqual([])
    if (!result.ok) throw new Error('refused')
    expect(result.scenario).toEqual(orders())
    expect(result.scenario.resources['OrdersDLQ']).toEqual({ Type: 'AWS::SQS::Queue' })
    expect(result.normalised.resources['OrdersDLQ']?.Properties).toMatchObject({
      VisibilityTimeout: 30,
      MessageRetentionPeriod: 345_600,
    })
    expect(result.normalised.resources['Worker']?.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      EphemeralStorage: { Size: 512 },
    })
    expect(result.normalised.resources['Shoppers']?.Behavior).toMatchObject({
      timeout: 60,
      retries: { max: 0, base: 0.1, factor: 2, cap: 20 },
    })
    expect(result.normalised.resources['AppSg']?.Properties).not.toHaveProperty('SecurityGroupEgress')
  })

  test('the least of a scenario gets name, profile, seed and duration', () => {
    const result = gateText('coldstart: 1\nresources: {}\n', all)
    expect(result.ok && result.scenario).toEqual({
      coldstart: 1,
      name: 'Untitled',
      profile: 'teaching',
      seed: 1,
      duration: 300,
      resources: {},
    })
  })

  test.each(['json', 'yaml'] as const)('reads back what it wrote as %s', (format) => {
    const text = serialise(orders(), format)
    const result = gateText(text, all)
    expect(result.ok && result.scenario).toEqual(orders())
    expect(result.ok && serialise(result.scenario, format)).toBe(text)
  })

  test('JSON with a trailing comma is read as YAML', () => {
    expect(gateText('{"coldstart": 1, "resources": {},}', all).ok).toBe(true)
  })
})

describe('messages name the thing, the number and the remedy', () => {
  test('a number beyond its range', () => {
    const problem = only(yaml('  Q: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 86400 } }'))
    expect(problem.ok).toBe(false)
    expect(problem.path).toBe('/resources/Q/Properties/VisibilityTimeout')
    expect(problem.message).toBe('VisibilityTimeout is 0 to 43200 s. You wrote 86400. The largest is 43200.')
    expect(problem.fix).toEqual({ title: 'Set 43200', patches: [{ op: 'replace', path: problem.path, value: 43_200 }] })
  })

  const cases: [string, string, string, string | undefined][] = [
    [
      '  Q: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: "3e1" } }',
      'VisibilityTimeout is a whole number, 0 to 43200 s. You wrote "3e1". Write 30.',
      '/resources/Q/Properties/VisibilityTimeout',
      'Set 30',
    ],
    [
      '  Q: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 1.5 } }',
      'DelaySeconds is a whole number, 0 to 900 s. You wrote 1.5. Write 2.',
      '/resources/Q/Properties/DelaySeconds',
      'Set 2',
    ],
    [
      '  Q: { Type: AWS::SQS::Queue, Properties: { VisibilityTimout: 3 } }',
      'Q (Queue) has no VisibilityTimout. Did you mean VisibilityTimeout?',
      '/resources/Q/Properties/VisibilityTimout',
      'Rename to VisibilityTimeout',
    ],
    [
      '  Q: { Type: AWS::IAM::Role, Behavior: { a: 1 } }',
      'Q (Role) has no Behavior. Remove it.',
      '/resources/Q/Behavior',
      'Remove Behavior',
    ],
    [
      '  Q: { Type: AWS::SQS::Que }',
      'Q: the type "AWS::SQS::Que" is not known. Did you mean AWS::SQS::Queue?',
      '/resources/Q/Type',
      'Set AWS::SQS::Queue',
    ],
    [
      '  T: { Type: AWS::DynamoDB::Table, Properties: { BillingMode: PAY_PER_REQEST } }',
      'BillingMode is PAY_PER_REQUEST or PROVISIONED. You wrote "PAY_PER_REQEST". Did you mean PAY_PER_REQUEST?',
      '/resources/T/Properties/BillingMode',
      'Set PAY_PER_REQUEST',
    ],
    [
      '  Q: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { deadLetterTargetArn: Q } } }',
      'RedrivePolicy needs maxReceiveCount: a whole number, 1 to 1000.',
      '/resources/Q/Properties/RedrivePolicy',
      undefined,
    ],
    [
      '  F: { Type: AWS::Lambda::Function, Behavior: { steps: [ { cpu: -1 } ] } }',
      'cpu is 0 to 2678400 vCPU-s. You wrote -1. The smallest is 0.',
      '/resources/F/Behavior/steps/0/cpu',
      'Set 0',
    ],
    [
      '  F: { Type: AWS::Lambda::Function, Behavior: { steps: [ { sleep: 1 } ] } }',
      'item 1 of steps is one of cpu, wait, target, call, fail, connect, memory, write, read, state, log. You wrote {"sleep":1}.',
      '/resources/F/Behavior/steps/0',
      undefined,
    ],
    [
      '  F: { Type: AWS::Lambda::Function, Behavior: { steps: [ { wait: { lognormal: { p50: 2, p90: 1 } } } ] } }',
      'lognormal: p90 of lognormal is at least p50.',
      '/resources/F/Behavior/steps/0/wait/lognormal',
      undefined,
    ],
    [
      '  C: { Type: Coldstart::Client, Behavior: { traffic: { pattern: poison, rate: 2 } } }',
      'pattern is once, burst, constant, poisson, ramp, repeat or manual. You wrote "poison". Did you mean poisson?',
      '/resources/C/Behavior/traffic/pattern',
      'Set poisson',
    ],
    [
      '  C: { Type: Coldstart::Client, Behavior: { traffic: { pattern: poisson } } }',
      'traffic needs rate: a number, 0 to 100000 1/s.',
      '/resources/C/Behavior/traffic',
      undefined,
    ],
    [
      '  M: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/8 } }',
      'CidrBlock: The prefix length is /16 to /28.',
      '/resources/M/Properties/CidrBlock',
      undefined,
    ],
    [
      '  M: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0 } }',
      'CidrBlock does not have the right form. You wrote "10.0.0". Write it like 10.0.0.0/16.',
      '/resources/M/Properties/CidrBlock',
      undefined,
    ],
    [
      '  my-queue: { Type: AWS::SQS::Queue }',
      'my-queue cannot be a name here. A logical id is letters and digits, a letter first.',
      '/resources/my-queue',
      undefined,
    ],
    [
      '  Q: { Type: AWS::SQS::Queue }\nseed: -1',
      'seed is 0 to 4294967295. You wrote -1. The smallest is 0.',
      '/seed',
      'Set 0',
    ],
    [
      '  Q: { Type: AWS::SQS::Queue }\nprofil: teaching',
      'The scenario has no profil. Did you mean profile?',
      '/profil',
      'Rename to profile',
    ],
  ]
  test.each(cases)('%s', (line, message, path, fix) => {
    const problem = only(yaml(line))
    expect(problem.ok).toBe(false)
    expect(problem.message).toBe(message)
    expect(problem.path).toBe(path)
    expect(problem.fix?.title).toBe(fix)
  })

  test('a fix makes the document pass', () => {
    const wrong = orders() as unknown as { resources: { [id: string]: { Properties: { [key: string]: Json } } } }
    wrong.resources['Orders']!.Properties = { VisibilityTimout: 86_400 }
    let document: unknown = wrong
    for (let step = 0; step < 2; step++) {
      const [problem] = gateValue(document, all).problems
      document = applyFix(document, problem!.fix!)
    }
    const result = gateValue(document, all)
    expect(result.ok && result.scenario.resources['Orders']?.Properties).toEqual({ VisibilityTimeout: 43_200 })
  })
})

describe('references', () => {
  const change = (edit: (scenario: Scenario) => void) => {
    const scenario = orders()
    edit(scenario)
    return gateValue(scenario, all)
  }

  test('a dangling reference is refused with the nearest of the right type', () => {
    const result = change((scenario) => void (scenario.resources['Mapping']!.Properties!['EventSourceArn'] = 'Order'))
    expect(result.ok).toBe(false)
    expect(result.problems).toMatchObject([
      {
        path: '/resources/Mapping/Properties/EventSourceArn',
        message: 'Mapping: EventSourceArn names Order, which does not exist. Did you mean Orders?',
        fix: { title: 'Set Orders' },
      },
    ])
    expect(!result.ok && result.normalised?.resources['Mapping']?.Properties?.['BatchSize']).toBe(10)
  })

  test('a reference to the wrong type is refused', () => {
    const result = change((scenario) => void (scenario.resources['Mapping']!.Properties!['FunctionName'] = 'Table'))
    expect(result.problems).toMatchObject([
      {
        message: 'Mapping: FunctionName names Table, a Table. It takes a Function, Version or Alias.',
        fix: { title: 'Set Worker' },
      },
    ])
  })

  test('a call the target does not answer is refused at the action', () => {
    const result = change((scenario) => void (scenario.resources['Shoppers']!.Behavior!['to'] = 'Worker'))
    expect(result.problems).toMatchObject([
      {
        path: '/resources/Shoppers/Behavior/call',
        message:
          'Shoppers: Worker is a Function and does not answer sqs:SendMessage. It answers lambda:Invoke or lambda:InvokeAsync.',
      },
    ])
  })

  test('a route to nowhere is a black hole, not an error', () => {
    const result = change((scenario) => {
      scenario.resources['Rt'] = { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: 'Vpc' } }
      scenario.resources['Out'] = {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: 'Rt', DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'Gone' },
      }
    })
    expect(result.ok).toBe(true)
    expect(result.problems).toMatchObject([{ severity: 'warning', path: '/resources/Out/Properties/NatGatewayId' }])
  })
})

describe('interventions, facts and checks', () => {
  const withInterventions = (...interventions: unknown[]) => gateValue({ ...orders(), interventions }, all).problems

  test.each([
    [{ at: 1, send: 'Shopper' }, 'Intervention 1: Shopper does not exist. Did you mean Shoppers?'],
    [{ at: 1, send: 'Worker' }, 'Intervention 1: Worker is no client. Only clients are told to send.'],
    [{ at: 1, fault: 'az-outage' }, 'Intervention 1: az-outage needs zone.'],
    [{ at: 1, repair: 'resource-down' }, 'Intervention 1: resource-down needs resource.'],
    [
      { at: 1, set: '/resources/Worker/Properties/Timeout', value: 901 },
      "Intervention 1: Timeout is 1 to 900 s. You wrote 901. The largest is 900. AWS: 1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
    [
      { at: 1, set: '/resources/Worker/Properties/Timeot', value: 9 },
      'Intervention 1: Worker (Function) has no Timeot. It has PackageType, FunctionName, Description, Runtime, Handler, MemorySize, Timeout, Role or one of 12 more.',
    ],
    [
      { at: 1, explode: true },
      'item 1 of interventions is one of send, fault, repair, set, replay, cancel. You wrote {"at":1,"explode":true}.',
    ],
  ])('%j', (intervention, message) => {
    expect(withInterventions(intervention).map((problem) => problem.message)).toEqual([message])
  })

  test('an intervention after the end is a warning', () => {
    const result = gateValue({ ...orders(), interventions: [{ at: 301, send: 'Shoppers' }] }, all)
    expect(result.ok).toBe(true)
    expect(result.problems).toMatchObject([{ severity: 'warning', path: '/interventions/0/at' }])
  })

  test('facts are known, configurable and in range', () => {
    expect(gateValue({ ...orders(), facts: { 'lambda.idleTimeout': 60 } }, all).ok).toBe(true)
    expect(gateValue({ ...orders(), facts: { 'lambda.idleTimeout': 3_601 } }, all).problems).toMatchObject([
      { fix: { title: 'Set 3600' } },
    ])
    expect(gateValue({ ...orders(), facts: { 'lambda.idelTimeout': 60 } }, all).problems[0]?.message).toContain(
      'Did you mean lambda.idleTimeout?',
    )
  })

  test('checks of services run on the document with defaults; one that fails spares the others', () => {
    const broken = () => {
      throw new Error('no such thing')
    }
    const result = gateValue(
      orders(),
      registry(broken, (scenario) => [
        {
          severity: 'warning',
          path: '',
          message: `batch ${String(scenario.resources['Mapping']?.Properties?.['BatchSize'])}`,
        },
      ]),
    )
    expect(result.ok).toBe(true)
    expect(result.problems.map((problem) => problem.message)).toEqual([
      'One check could not be done: no such thing',
      'batch 10',
    ])
  })
})

describe('format versions', () => {
  const chain = {
    1: (document: { [key: string]: Json }) => ({ ...document, resources: document['parts'] ?? {} }),
    2: (document: { [key: string]: Json }) =>
      Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'parts')),
  }

  test('old documents go through every step in order', () => {
    expect(migrate({ coldstart: 1, parts: { a: 1 } }, chain, 3)).toEqual({
      ok: true,
      document: { coldstart: 3, resources: { a: 1 } },
    })
    expect(migrate({ coldstart: 2, parts: { a: 1 } }, chain, 3)).toEqual({ ok: true, document: { coldstart: 3 } })
  })

  test.each([
    [
      'coldstart: 7\nresources: {}',
      'This scenario was made by a newer version (format 7, known up to 1). Reload to update.',
    ],
    ['coldstart: one\nresources: {}', 'coldstart is the format version, 1 to 1. Write coldstart: 1.'],
    ['resources: {}', 'This is not a scenario. A scenario says coldstart: 1 and lists its parts under resources.'],
    [
      'Resources: {}',
      'This is a CloudFormation template, not a scenario. A scenario says coldstart: 1 and lists its parts under resources.',
    ],
    ['just text', 'This is not a scenario. A scenario says coldstart: 1 and lists its parts under resources.'],
    ['', 'The text is empty. A scenario says coldstart: 1 and lists its parts under resources.'],
  ])('%s', (text, message) => {
    expect(only(text).message).toBe(message)
  })
})

describe('places in text', () => {
  const text = [
    'coldstart: 1',
    'resources:',
    '  Q:',
    '    Type: AWS::SQS::Queue',
    '    Properties: { VisibilityTimeout: 86400 }',
    '  L: [a, {b: 1}]',
  ].join('\n')

  test.each([
    ['/resources/Q/Properties/VisibilityTimeout', [5, 38, 5, 43]],
    ['/resources/Q/Properties', [5, 5, 5, 15]],
    ['/resources/Q/Properties/DelaySeconds', [5, 5, 5, 15]],
    ['/resources/Q', [3, 3, 3, 4]],
    ['/resources/L/0', [6, 7, 6, 8]],
    ['/resources/L/1/b', [6, 14, 6, 15]],
    ['', [1, 1, 1, 1]],
  ])('%s', (pointer, [line, column, endLine, endColumn]) => {
    expect(locate(text, pointer)).toEqual({ line, column, endLine, endColumn })
  })

  test('JSON has places too', () => {
    expect(locate('{\n\t"a": {\n\t\t"b": 12\n\t}\n}', '/a/b')).toEqual({
      line: 3,
      column: 8,
      endLine: 3,
      endColumn: 10,
    })
  })
})
