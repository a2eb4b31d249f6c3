/** What a topic and a subscription may carry. */
import { boolean, choice, integer, json, object, ref, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const retries = (title: string, help: string) => integer(0, 100, { title, help, unit: 'count' })
const wait = (title: string) => integer(0, 3_600, { title, help: 'Between two attempts.', unit: 's' })

export const schemas: Schemas = {
  'AWS::SNS::Topic': {
    Properties: z.strictObject({
      TopicName: text(
        256,
        { title: 'Name', help: 'Name in AWS.', suggestions: ['orders', 'orders.fifo'], group: 'advanced' },
        /^[A-Za-z0-9_-]{1,256}(\.fifo)?$/,
      ).optional(),
      DisplayName: text(100, {
        title: 'Display name',
        help: 'Sender name of text messages.',
        group: 'advanced',
      }).optional(),
      FifoTopic: boolean({
        title: 'FIFO',
        help: 'Keeps the order of a message group and delivers to FIFO queues.',
        factRows: ['SNS-1'],
      }).optional(),
      ContentBasedDeduplication: boolean({
        title: 'Content-based deduplication',
        help: 'Equal contents within five minutes count once (FIFO).',
        group: 'advanced',
      }).optional(),
    }),
  },
  'AWS::SNS::Subscription': {
    Properties: z.strictObject({
      TopicArn: ref(['AWS::SNS::Topic'], {
        title: 'Topic',
        help: 'Topic whose messages it gets.',
        factRows: ['SNS-1'],
      }),
      Protocol: choice(['sqs', 'lambda', 'https', 'firehose', 'email', 'sms', 'application'], {
        title: 'Protocol',
        help: 'How messages are delivered.',
      }),
      Endpoint: ref(
        [
          'AWS::SQS::Queue',
          'AWS::Lambda::Function',
          'AWS::Lambda::Alias',
          'AWS::Lambda::Version',
          'AWS::KinesisFirehose::DeliveryStream',
          'Coldstart::Internet',
        ],
        { title: 'Endpoint', help: 'Who gets a copy of each message.', factRows: ['SNS-1'] },
      ),
      SubscriptionRoleArn: ref(['AWS::IAM::Role'], {
        title: 'Role',
        help: 'Role a delivery stream is called with.',
        group: 'advanced',
      }).optional(),
      DeliveryPolicy: object(
        {
          healthyRetryPolicy: object(
            {
              numRetries: retries('Retries', 'All of them together.').default(3),
              numNoDelayRetries: retries('At once', 'First retries, without a wait.').default(0),
              numMinDelayRetries: retries('Soon', 'Next retries, after the shortest wait.').default(0),
              numMaxDelayRetries: retries('Late', 'Last retries, after the longest wait.').default(0),
              minDelayTarget: wait('Shortest wait').default(20),
              maxDelayTarget: wait('Longest wait').default(20),
              backoffFunction: choice(['linear', 'arithmetic', 'geometric', 'exponential'], {
                title: 'Growth',
                help: 'How waits grow in between.',
              }).default('linear'),
            },
            { title: 'Retries', help: 'An hour in all at most.', factRows: ['SNS-4'] },
          ),
        },
        {
          title: 'Delivery policy',
          help: 'How HTTPS endpoints are tried again.',
          factRows: ['SNS-4'],
          group: 'advanced',
        },
      ).optional(),
      RawMessageDelivery: boolean({
        title: 'Raw delivery',
        help: 'Queues and HTTPS endpoints get the message itself, without the envelope of SNS.',
      }).default(false),
      FilterPolicy: json({
        title: 'Filter policy',
        help: 'Which messages pass, by name and values: {"type": ["order"]}.',
        factRows: ['SNS-6'],
      }).optional(),
      FilterPolicyScope: choice(['MessageAttributes', 'MessageBody'], {
        title: 'Filter looks at',
        help: 'Attributes of the message, or its body as JSON.',
        factRows: ['SNS-6'],
      }).default('MessageAttributes'),
      RedrivePolicy: object(
        {
          deadLetterTargetArn: ref(['AWS::SQS::Queue'], {
            title: 'Dead-letter queue',
            help: 'Gets messages that could not be delivered.',
            factRows: ['SNS-5'],
          }),
        },
        { title: 'Dead letters', help: 'Without it, what cannot be delivered is dropped.', factRows: ['SNS-5'] },
      ).optional(),
    }),
  },
}
