/** Properties of an asynchronous invoke configuration. */
import { integer, object, ref, text } from '../../schema-kit'
import { CALLABLE } from './versions'

const destination = (title: string, help: string, more: readonly string[] = []) =>
  object(
    {
      Destination: ref(['AWS::SQS::Queue', 'AWS::SNS::Topic', ...CALLABLE, 'AWS::Events::EventBus', ...more], {
        title: 'Destination',
        help,
        factRows: ['INV-10', 'INV-12'],
      }),
    },
    { title, help },
  ).optional()

export const invokeConfigProperties = {
  FunctionName: ref(['AWS::Lambda::Function'], { title: 'Function', help: 'Function the settings are for.' }),
  Qualifier: text(
    128,
    { title: 'Qualifier', help: 'Name of an alias, number of a version, or $LATEST.', group: 'advanced' },
    /^\$LATEST$|^[a-zA-Z0-9_-]+$/,
  ).default('$LATEST'),
  DestinationConfig: object(
    {
      OnSuccess: destination('On success', 'Gets a record of every event that succeeded.'),
      OnFailure: destination('On failure', 'Gets a record of every event that was given up.', ['AWS::S3::Bucket']),
    },
    { title: 'Destinations', help: 'Where records of finished events go.', factRows: ['INV-10', 'INV-11'] },
  ).optional(),
  MaximumRetryAttempts: integer(0, 2, {
    title: 'Retries',
    help: 'How often an event is tried again after an error.',
    unit: 'count',
    aws: 'maximumRetryAttempts',
    factRows: ['INV-3'],
  }).default(2),
  MaximumEventAgeInSeconds: integer(60, 21_600, {
    title: 'Maximum age',
    help: 'An event older than this is given up.',
    unit: 's',
    aws: 'maximumEventAgeInSeconds',
    factRows: ['INV-5'],
    slider: { min: 60, max: 21_600, scale: 'log' },
  }).default(21_600),
}
