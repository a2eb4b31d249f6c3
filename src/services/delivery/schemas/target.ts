/** What targets of rules and schedules have in common (EB-8, EB-9, EB-66). */
import { integer, object, ref } from '../../schema-kit'

export const TARGET_TYPES = [
  'AWS::Lambda::Function',
  'AWS::Lambda::Alias',
  'AWS::Lambda::Version',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Events::EventBus',
]

const retries = (row: string) =>
  integer(0, 185, {
    title: 'Retries',
    help: 'How often a failed delivery is tried again.',
    unit: 'count',
    factRows: [row],
  })
const maximumAge = (row: string) =>
  integer(60, 86_400, {
    title: 'Maximum age',
    help: 'What is older than this is given up.',
    unit: 's',
    factRows: [row],
    slider: { min: 60, max: 86_400, scale: 'log' },
  })

/** `row`: the fact that names the limits. */
export const retryPolicy = (row: string) =>
  object(
    {
      MaximumRetryAttempts: retries(row).default(185),
      MaximumEventAgeInSeconds: maximumAge(row).default(86_400),
    },
    { title: 'Retry policy', help: 'How long delivery is tried again.', factRows: [row], group: 'advanced' },
  ).prefault({})

/** The same where the profile says what holds for what is not given. */
export const bareRetryPolicy = (row: string) =>
  object(
    { MaximumRetryAttempts: retries(row).optional(), MaximumEventAgeInSeconds: maximumAge(row).optional() },
    {
      title: 'Retry policy',
      help: 'How long delivery is tried again; unless given, 185 times in a day.',
      factRows: [row],
      group: 'advanced',
    },
  ).optional()

export const deadLetterConfig = (rows: string[]) =>
  object(
    {
      Arn: ref(['AWS::SQS::Queue'], {
        title: 'Dead-letter queue',
        help: 'Standard queue that gets what could not be delivered.',
        factRows: rows,
      }),
    },
    { title: 'Dead letters', help: 'Without it, what cannot be delivered is dropped.', factRows: rows },
  ).optional()
