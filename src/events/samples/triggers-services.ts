/** What services that call functions asynchronously hand them (INV-14). */
import { ACCOUNT, arn, REGION, type Sample } from './sample'

const PASS = { status: 'PASS' }
const MAIL_ID = 'o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1'
const header = (name: string, value: string) => ({ name, value })

const LOGS = {
  messageType: 'DATA_MESSAGE',
  owner: ACCOUNT,
  logGroup: '/aws/lambda/checkout',
  logStream: '2026/11/20/[$LATEST]5f3c0a7e9b1d4e628d7a1c0b9e8f7a6d',
  subscriptionFilters: ['errors'],
  logEvents: [
    { id: '39381716284512908455216384172', timestamp: 1795167000312, message: '[ERROR] payment refused: order o-1042' },
  ],
}

const CHANGE = {
  configurationItem: {
    configurationItemCaptureTime: '2026-11-20T09:29:57.034Z',
    awsAccountId: ACCOUNT,
    configurationItemStatus: 'OK',
    resourceId: 'i-0a1b2c3d4e5f60718',
    ARN: arn('ec2', 'instance/i-0a1b2c3d4e5f60718'),
    awsRegion: REGION,
    availabilityZone: 'us-east-1a',
    resourceType: 'AWS::EC2::Instance',
    tags: {},
    relationships: [],
    configuration: { instanceType: 't3.micro' },
  },
  messageType: 'ConfigurationItemChangeNotification',
}

export const SERVICES: readonly Sample[] = [
  {
    id: 'ses-receipt',
    title: 'Mail received',
    service: 'Amazon SES',
    event: {
      Records: [
        {
          eventSource: 'aws:ses',
          eventVersion: '1.0',
          ses: {
            mail: {
              timestamp: '2026-11-20T09:30:00.000Z',
              source: 'mirna@example.com',
              messageId: MAIL_ID,
              destination: ['orders@example.org'],
              headersTruncated: false,
              headers: [
                header('Return-Path', '<mirna@example.com>'),
                header('From', 'Mirna <mirna@example.com>'),
                header('To', 'orders@example.org'),
                header('Subject', 'Where is order 1042?'),
                header('Content-Type', 'text/plain; charset=UTF-8'),
              ],
              commonHeaders: {
                returnPath: 'mirna@example.com',
                from: ['Mirna <mirna@example.com>'],
                date: 'Fri, 20 Nov 2026 10:29:58 +0100',
                to: ['orders@example.org'],
                messageId: '<0123456789@example.com>',
                subject: 'Where is order 1042?',
              },
            },
            receipt: {
              timestamp: '2026-11-20T09:30:00.000Z',
              processingTimeMillis: 574,
              recipients: ['orders@example.org'],
              spamVerdict: PASS,
              virusVerdict: PASS,
              spfVerdict: PASS,
              dkimVerdict: PASS,
              dmarcVerdict: PASS,
              dmarcPolicy: 'reject',
              action: { type: 'Lambda', functionArn: arn('lambda', 'function:mailbox'), invocationType: 'Event' },
            },
          },
        },
      ],
    },
  },
  {
    id: 'iot-rule',
    title: 'Sensor reading (topic rule)',
    service: 'AWS IoT',
    event: {
      deviceId: 'greenhouse-7',
      topic: 'sensors/greenhouse-7/climate',
      celsius: 31.4,
      humidity: 0.62,
      battery: 2.91,
      timestamp: 1795167000402,
    },
  },
  {
    id: 'iot-button',
    title: 'Button pressed',
    service: 'AWS IoT',
    event: { serialNumber: 'G030PM0123456789', clickType: 'SINGLE', batteryVoltage: '1582mV' },
  },
  {
    id: 'logs-subscription',
    title: 'Log lines that match a filter',
    service: 'Amazon CloudWatch Logs',
    event: {
      awslogs: {
        data: 'H4sIAAAAAAAAAzWQUWuDMBRG/4pc9ugwN2oS8ybM9WVjUH0rMqK57WTVSBJXSul/H9vY68eBc/huMFMI5kTddSXQ8FR39ftr07b1roEU3GUhDxqQ50UppKoYckjh7E4777YVNGTmErKzmQdrsvGDxk+3xT+ijZ7MDBo44yJDzDjLDg8vdde0XV8e85EZSdWAtiDBlZUGRzZUpI7SCAsphG0Io5/WOLnleTpH8gH0Ach75wP0v47mi5b4M99gsqAhr3KFEgVXRYm8YqooS44iVwXKn/A4zRSimVfQKKsShWSM5cjT/xtAw6HZ79/2fbKa60xLTDwdt0BWJ85b8ol7RFZwuPf3bw6x5DU8AQAA',
      },
    },
    decoded: LOGS,
  },
  {
    id: 'codecommit-trigger',
    title: 'Repository trigger',
    service: 'AWS CodeCommit',
    event: {
      Records: [
        {
          awsRegion: REGION,
          codecommit: {
            references: [{ commit: '7f4c2a9e1b3d5f6a8c0e2b4d6f8a1c3e5b7d9f0a', ref: 'refs/heads/main' }],
          },
          customData: 'run the tests',
          eventId: '3b7c1e5a-9d2f-4a6b-8c0e-1f3a5b7c9d0e',
          eventName: 'ReferenceChanges',
          eventPartNumber: 1,
          eventSource: 'aws:codecommit',
          eventSourceARN: arn('codecommit', 'shop'),
          eventTime: '2026-11-20T09:30:00.016+0000',
          eventTotalParts: 1,
          eventTriggerConfigId: '9a1b2c3d-4e5f-4061-8273-94a5b6c7d8e9',
          eventTriggerName: 'on-push',
          eventVersion: '1.0',
          userIdentityARN: `arn:aws:iam::${ACCOUNT}:user/mirna`,
        },
      ],
    },
  },
  {
    id: 'codepipeline-job',
    title: 'Invoke action of a pipeline',
    service: 'AWS CodePipeline',
    event: {
      'CodePipeline.job': {
        id: 'c0d76431-b0e7-4a1c-97e3-e8ee786eb6f6',
        accountId: ACCOUNT,
        data: {
          actionConfiguration: {
            configuration: { FunctionName: 'smoke-test', UserParameters: '{"url":"https://shop.example.org"}' },
          },
          inputArtifacts: [
            {
              name: 'build',
              revision: null,
              location: {
                type: 'S3',
                s3Location: { bucketName: 'shop-artifacts', objectKey: 'shop-release/build/wQ3fTbX' },
              },
            },
          ],
          outputArtifacts: [],
          artifactCredentials: {
            accessKeyId: 'EXAMPLE',
            secretAccessKey: 'EXAMPLE',
            sessionToken: 'EXAMPLE',
            expirationTime: 1795170600000,
          },
          continuationToken: null,
        },
      },
    },
  },
  {
    id: 'cloudformation-custom-resource',
    title: 'Custom resource to create',
    service: 'AWS CloudFormation',
    event: {
      RequestType: 'Create',
      ServiceToken: arn('lambda', 'function:seed-table'),
      ResponseURL: `https://cloudformation-custom-resource-response-example.s3.${REGION}.amazonaws.com/shop?signature=EXAMPLE`,
      StackId: arn('cloudformation', 'stack/shop/6a7e8feb-b491-4cf7-a9f1-bf3703467718'),
      RequestId: '5d478078-13e9-4af0-90a2-72a1a42f6c4e',
      LogicalResourceId: 'SeedTable',
      ResourceType: 'Custom::SeedTable',
      ResourceProperties: { ServiceToken: arn('lambda', 'function:seed-table'), TableName: 'products', Rows: '120' },
    },
  },
  {
    id: 'config-rule',
    title: 'Custom rule to evaluate',
    service: 'AWS Config',
    event: {
      version: '1.0',
      invokingEvent: JSON.stringify(CHANGE),
      ruleParameters: '{"requiredTag":"team"}',
      resultToken: 'EXAMPLE-result-token',
      eventLeftScope: false,
      executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/config`,
      configRuleArn: arn('config', 'config-rule/config-rule-a1b2c3'),
      configRuleName: 'instances-are-tagged',
      configRuleId: 'config-rule-a1b2c3',
      accountId: ACCOUNT,
    },
    decoded: CHANGE,
  },
]
