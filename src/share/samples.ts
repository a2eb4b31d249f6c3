/** Scenarios for the tests of this folder. */
import type { Resource, Scenario } from '../model/scenario'

/** A queue, its dead-letter queue, a function in a VPC and what they need: the shape learners share most. */
export function ordersScenario(): Scenario {
  return {
    coldstart: 1,
    name: 'Pizza orders – Čevabdžinica 🍕',
    profile: 'teaching',
    seed: 42,
    duration: 300,
    resources: {
      PizzaQueue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: 45,
          RedrivePolicy: { deadLetterTargetArn: 'PizzaDlq', maxReceiveCount: 4 },
        },
      },
      PizzaDlq: { Type: 'AWS::SQS::Queue' },
      Baker: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs24.x',
          MemorySize: 1024,
          Timeout: 7,
          Role: 'BakerRole',
          VpcConfig: { SubnetIds: ['KitchenSubnet'], SecurityGroupIds: ['KitchenSg'] },
        },
        Behavior: {
          steps: [{ cpu: 0.035 }, { wait: { exp: 0.03 } }, { call: 'dynamodb:PutItem', to: 'PizzaTable' }],
          errors: { rate: 0.02 },
        },
      },
      BakerRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Policies: [
            {
              PolicyName: 'inline',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: ['dynamodb:PutItem'], Resource: 'PizzaTable' }],
              },
            },
          ],
        },
      },
      PizzaTable: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } },
      PizzaMapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'PizzaQueue', FunctionName: 'Baker', BatchSize: 5 },
      },
      KitchenVpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
      KitchenSubnet: {
        Type: 'AWS::EC2::Subnet',
        Properties: { VpcId: 'KitchenVpc', CidrBlock: '10.1.1.0/24', AvailabilityZone: 'a' },
      },
      KitchenSg: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'KitchenVpc', GroupDescription: 'kitchen' } },
      Guests: {
        Type: 'Coldstart::Client',
        Behavior: { traffic: { pattern: 'poisson', rate: 35 }, call: 'sqs:SendMessage', to: 'PizzaQueue' },
      },
    },
    interventions: [{ at: 120, fault: 'az-outage', zone: 'a' }],
    layout: {
      Guests: { x: 96, y: 128 },
      PizzaQueue: { x: 352, y: 128 },
      PizzaDlq: { x: 352, y: 320 },
      Baker: { x: 608, y: 128 },
      PizzaTable: { x: 864, y: 128 },
      KitchenVpc: { x: 544, y: 400, w: 480, h: 320 },
    },
  }
}

/** `copies` of the system above side by side, ten resources each. */
export function largeScenario(copies: number): Scenario {
  const one = ordersScenario()
  const resources: { [id: string]: Resource } = {}
  for (let i = 0; i < copies; i++) {
    const renamed = JSON.stringify(one.resources).replace(/Pizza|Baker|Kitchen|Guests/g, (word) => `${word}${i}`)
    Object.assign(resources, JSON.parse(renamed))
  }
  return { ...one, resources }
}

/** The same document with every object's keys in reverse order. */
export function reversedKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversedKeys) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([key, field]) => [key, reversedKeys(field)])) as T
}
