import type { Connection, Connector } from '../service'
import { CLIENT } from './resource-type'

/** What a client calls by default, by the type it is wired to. */
const CALLS: { readonly [type: string]: { readonly action: string; readonly style: Connection['style'] } } = {
  'AWS::Lambda::Function': { action: 'lambda:Invoke', style: 'sync' },
  'AWS::SQS::Queue': { action: 'sqs:SendMessage', style: 'async' },
  'AWS::Events::EventBus': { action: 'events:PutEvents', style: 'async' },
  'AWS::DynamoDB::Table': { action: 'dynamodb:PutItem', style: 'sync' },
  'AWS::S3::Bucket': { action: 's3:PutObject', style: 'sync' },
  'AWS::SNS::Topic': { action: 'sns:Publish', style: 'async' },
  'AWS::EC2::Instance': { action: 'ec2:StopInstances', style: 'sync' },
  'AWS::Kinesis::Stream': { action: 'kinesis:PutRecord', style: 'async' },
  'AWS::KinesisFirehose::DeliveryStream': { action: 'firehose:PutRecord', style: 'async' },
}
const HANDS_OVER = [
  'sqs:SendMessage',
  'events:PutEvents',
  'lambda:InvokeAsync',
  'sns:Publish',
  'kinesis:PutRecord',
  'firehose:PutRecord',
  'events:PutPartnerEvents',
]

/** Client -> what it calls, written to its Behavior. A client calls one thing; a new wire replaces the old one. */
const call: Connector = {
  derive: (scenario) =>
    Object.entries(scenario.resources).flatMap(([id, { Type, Behavior }]): Connection[] => {
      if (Type !== CLIENT || typeof Behavior?.['call'] !== 'string' || typeof Behavior['to'] !== 'string') return []
      const style = HANDS_OVER.includes(Behavior['call']) ? 'async' : 'sync'
      return [{ from: id, to: Behavior['to'], action: Behavior['call'], style }]
    }),
  accepts(from, to, scenario) {
    if (scenario.resources[from]?.Type !== CLIENT) return null
    const target = scenario.resources[to]
    if (target === undefined) return null
    if (target.Type === CLIENT) return { refused: 'A client only calls. It cannot be called.' }
    if (CALLS[target.Type] === undefined) return null
    return scenario.resources[from].Behavior?.['to'] === to ? { refused: `${from} already calls ${to}.` } : true
  },
  connect(from, to, scenario) {
    const client = scenario.resources[from]!
    const { Type, Properties: target = {} } = scenario.resources[to]!
    const partner = Type === 'AWS::Events::EventBus' && target['EventSourceName'] !== undefined
    const action = partner ? 'events:PutPartnerEvents' : CALLS[Type]!.action
    const event = action === 'events:PutEvents' && client.Behavior?.['body'] === undefined
    const body = event ? { body: { source: 'shop', 'detail-type': 'order.placed', detail: { total: 42 } } } : {}
    // a FIFO queue or topic refuses messages without a group (SQS-4)
    const { FifoQueue, FifoTopic } = target
    const grouped = (FifoQueue === true || FifoTopic === true) && client.Behavior?.['group'] === undefined
    const group = grouped ? { group: 'a' } : {}
    return {
      resources: { [from]: { ...client, Behavior: { ...client.Behavior, call: action, to, ...body, ...group } } },
      said: `Connected ${from} to ${to}. Every call is ${action}${grouped ? ' in message group a' : ''}.`,
    }
  },
  disconnect(connection, scenario) {
    const client = scenario.resources[connection.from]!
    const { call: _, to: __, ...behavior } = client.Behavior ?? {}
    return {
      resources: { [connection.from]: { ...client, Behavior: behavior } },
      said: `${connection.from} calls nothing now.`,
    }
  },
}

export const connectors: readonly Connector[] = [call]
