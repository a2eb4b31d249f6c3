import { describe, expect, test } from 'vitest'
import type { Scenario } from '../model/scenario'
import { gateValue } from './gate'
import { dependents, references } from './references'
import { removeResources } from './remove'
import { renameResource } from './rename'
import { KINDS, orders, registry } from './samples'
import { SCHEMAS } from '../services/schemas'

const rules = { schemas: SCHEMAS, kinds: KINDS }
const passes = (scenario: Scenario) => gateValue(scenario, registry()).problems

test('references are found in properties, behaviour, lists and policies', () => {
  expect(
    references(orders(), SCHEMAS).map(({ from, path, to }) => `${from} ${path.split('/').slice(3).join('/')} -> ${to}`),
  ).toEqual([
    'Shoppers Behavior/to -> Orders',
    'Orders Properties/RedrivePolicy/deadLetterTargetArn -> OrdersDLQ',
    'Mapping Properties/EventSourceArn -> Orders',
    'Mapping Properties/FunctionName -> Worker',
    'Worker Properties/Role -> WorkerRole',
    'Worker Properties/VpcConfig/SubnetIds/0 -> PrivateA',
    'Worker Properties/VpcConfig/SecurityGroupIds/0 -> AppSg',
    'Worker Behavior/steps/2/to -> Table',
    'WorkerRole Properties/Policies/0/PolicyDocument/Statement/0/Resource/0 -> Table',
    'WorkerRole Properties/Policies/0/PolicyDocument/Statement/0/Resource/1 -> Table',
    'WorkerRole Properties/Policies/0/PolicyDocument/Statement/1/Resource -> Orders',
    'PrivateA Properties/VpcId -> Vpc',
    'AppSg Properties/VpcId -> Vpc',
    'AppSg Properties/SecurityGroupIngress/0/SourceSecurityGroupId -> AppSg',
  ])
})

test('references carry the types they may have', () => {
  const mapping = references(orders(), SCHEMAS).filter((reference) => reference.from === 'Mapping')
  expect(mapping.map((reference) => reference.types)).toEqual([
    ['AWS::SQS::Queue', 'AWS::Kinesis::Stream', 'AWS::Kinesis::StreamConsumer', 'AWS::DynamoDB::Table'],
    ['AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Lambda::Alias'],
  ])
})

test('dependents', () => {
  expect(dependents(orders(), 'Orders', SCHEMAS)).toEqual(['Shoppers', 'Mapping', 'WorkerRole'])
  expect(dependents(orders(), 'AppSg', SCHEMAS)).toEqual(['Worker'])
  expect(dependents(orders(), 'Nothing', SCHEMAS)).toEqual([])
})

describe('renaming', () => {
  test.each(['Orders', 'Worker', 'Table', 'AppSg', 'Shoppers', 'Vpc'])(
    '%s leaves nothing behind and changes nothing else',
    (id) => {
      const renamed = renameResource(orders(), id, 'Fresh', SCHEMAS)
      expect(passes(renamed)).toEqual([])
      expect(references(renamed, SCHEMAS).some((reference) => reference.to === id || reference.from === id)).toBe(false)
      expect(references(renamed, SCHEMAS)).toHaveLength(references(orders(), SCHEMAS).length)
      expect(Object.keys(renamed.resources).indexOf('Fresh')).toBe(Object.keys(orders().resources).indexOf(id))
      expect(renameResource(renamed, 'Fresh', id, SCHEMAS)).toEqual(orders())
    },
  )

  test('reaches interventions, layout, labels and patterns', () => {
    const queue = renameResource(orders(), 'Orders', 'Fresh', SCHEMAS)
    expect(queue.interventions?.[1]).toMatchObject({ set: '/resources/Fresh/Properties/VisibilityTimeout' })
    expect(queue.layout).toHaveProperty('Fresh')
    expect(queue.labels).toEqual({ Fresh: 'Order queue' })
    const table = renameResource(orders(), 'Table', 'Fresh', SCHEMAS)
    expect(JSON.stringify(table.resources['WorkerRole'])).toContain('"Resource":["Fresh","Fresh/index/ByDate"]')
    expect(renameResource(orders(), 'Shoppers', 'Fresh', SCHEMAS).interventions?.[0]).toMatchObject({ send: 'Fresh' })
  })

  test.each([
    ['Gone', 'Fresh', 'There is no Gone.'],
    ['Orders', 'Worker', 'Worker is taken.'],
    ['Orders', 'my queue', 'A logical id is letters and digits, a letter first, 255 at most.'],
  ])('%s to %s is refused', (from, to, message) => {
    expect(() => renameResource(orders(), from, to, SCHEMAS)).toThrow(new RangeError(message))
  })
})

describe('deleting', () => {
  test('takes what is owned, clears what is mentioned, and says so', () => {
    const { scenario, removed, said } = removeResources(orders(), ['Orders'], rules)
    expect(removed).toEqual(['Orders', 'Mapping'])
    expect(said).toBe('Deleted Orders, and with it Mapping. Shoppers and WorkerRole no longer mention it.')
    expect(scenario.resources['Shoppers']?.Behavior).toEqual({ traffic: { pattern: 'poisson', rate: 20 } })
    expect(JSON.stringify(scenario.resources['WorkerRole'])).not.toContain('sqs:ReceiveMessage')
    expect(scenario.interventions).toHaveLength(2)
    expect(scenario.layout).toEqual({ Worker: { x: 500, y: 120 } })
    expect(scenario.labels).toEqual({})
    expect(passes(scenario)).toEqual([])
  })

  test('an optional object whose reference is gone goes whole', () => {
    const { scenario } = removeResources(orders(), ['OrdersDLQ'], rules)
    expect(scenario.resources['Orders']?.Properties).toEqual({ VisibilityTimeout: 60 })
  })

  test('a list item that calls the removed is dropped, the rest stays', () => {
    const { scenario } = removeResources(orders(), ['Table'], rules)
    expect(scenario.resources['Worker']?.Behavior?.['steps']).toEqual([{ cpu: 0.02 }, { wait: { exp: 0.03 } }])
    expect(scenario.interventions).toHaveLength(2)
  })

  test('the last subnet takes the function out of the VPC', () => {
    const { scenario } = removeResources(orders(), ['PrivateA'], rules)
    expect(scenario.resources['Worker']?.Properties).not.toHaveProperty('VpcConfig')
  })

  test('a rule whose peer group is gone is dropped, not opened to everyone', () => {
    const other = orders()
    other.resources['Db'] = {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        VpcId: 'Vpc',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 2, SourceSecurityGroupId: 'AppSg' }],
      },
    }
    const { scenario } = removeResources(other, ['AppSg'], rules)
    expect(scenario.resources['Db']?.Properties?.['SecurityGroupIngress']).toEqual([])
    expect(scenario.resources['Worker']?.Properties?.['VpcConfig']).toEqual({
      SubnetIds: ['PrivateA'],
      SecurityGroupIds: [],
    })
  })

  test('a VPC takes what cannot be without it', () => {
    const { removed, scenario } = removeResources(orders(), ['Vpc'], rules)
    expect(removed).toEqual(['Vpc', 'PrivateA', 'AppSg'])
    expect(passes(scenario)).toEqual([])
  })

  test('a route to a deleted gateway stays as a black hole', () => {
    const scenario = orders()
    scenario.resources['Igw'] = { Type: 'AWS::EC2::InternetGateway' }
    scenario.resources['Rt'] = { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: 'Vpc' } }
    scenario.resources['Out'] = {
      Type: 'AWS::EC2::Route',
      Properties: { RouteTableId: 'Rt', DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'Igw' },
    }
    const result = removeResources(scenario, ['Igw'], rules)
    expect(result.removed).toEqual(['Igw'])
    expect(passes(result.scenario)).toMatchObject([
      { severity: 'warning', path: '/resources/Out/Properties/GatewayId' },
    ])
  })

  test('nothing known is nothing deleted', () => {
    const { scenario, removed, said } = removeResources(orders(), ['Gone', 'constructor'], rules)
    expect([scenario, removed, said]).toEqual([orders(), [], 'Nothing to delete.'])
  })

  test('the given document is not changed', () => {
    const given = orders()
    removeResources(given, ['Orders', 'Table', 'Vpc'], rules)
    expect(given).toEqual(orders())
  })
})
