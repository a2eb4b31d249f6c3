/** What queues, topics, streams and buckets hand a function (Lambda Developer Guide, "Invoking Lambda with events from other AWS services"). */
import { ACCOUNT, arn, REGION, type Sample } from './sample'

const ATTRIBUTES = {
  ApproximateReceiveCount: '1',
  SentTimestamp: '1795167000000',
  SenderId: 'AIDAEXAMPLE1234567890',
  ApproximateFirstReceiveTimestamp: '1795167000021',
}
const message = (n: number, body: string) => ({
  messageId: `059f36b4-87a3-44ab-83d2-66197537000${n}`,
  receiptHandle: `AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a${n}`,
  body,
  attributes: ATTRIBUTES,
  messageAttributes: {
    tenant: { stringValue: 'acme', stringListValues: [], binaryListValues: [], dataType: 'String' },
  },
  // of {"job":1} and {"job":2}
  md5OfBody: n === 1 ? MD5[0] : MD5[1],
  eventSource: 'aws:sqs',
  eventSourceARN: arn('sqs', 'jobs'),
  awsRegion: REGION,
})
const MD5 = ['c5e179508b1710fec2b8c51a8a5efd8e', 'dcae4426428862255f6dcd78b7fb2f68'] as const

export const QUEUES: readonly Sample[] = [
  {
    id: 'sqs-batch',
    title: 'Batch of messages',
    service: 'Amazon SQS',
    event: { Records: [message(1, '{"job":1}'), message(2, '{"job":2}')] },
  },
  {
    id: 'sns-record',
    title: 'Notification of a topic',
    service: 'Amazon SNS',
    event: {
      Records: [
        {
          EventVersion: '1.0',
          EventSubscriptionArn: arn('sns', 'uploads:21be56ed-a058-49f5-8c98-aedd2564c486'),
          EventSource: 'aws:sns',
          Sns: {
            Type: 'Notification',
            MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
            TopicArn: arn('sns', 'uploads'),
            Subject: 'Upload',
            Message: '{"video":"v-17","minutes":12}',
            Timestamp: '2026-11-20T09:30:00.241Z',
            SignatureVersion: '1',
            Signature: 'EXAMPLEsignature==',
            SigningCertUrl: `https://sns.${REGION}.amazonaws.com/SimpleNotificationService-example.pem`,
            UnsubscribeUrl: `https://sns.${REGION}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn('sns', 'uploads:21be56ed-a058-49f5-8c98-aedd2564c486')}`,
            MessageAttributes: { format: { Type: 'String', Value: 'mp4' } },
          },
        },
      ],
    },
  },
  {
    id: 's3-record',
    title: 'Object created (notification)',
    service: 'Amazon S3',
    event: {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          awsRegion: REGION,
          eventTime: '2026-11-20T09:30:00.108Z',
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: 'AWS:AIDAEXAMPLE1234567890' },
          requestParameters: { sourceIPAddress: '198.51.100.7' },
          responseElements: { 'x-amz-request-id': 'C3D13FE58DE4C810', 'x-amz-id-2': 'EXAMPLEid2' },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: 'thumbnails',
            bucket: {
              name: 'video-uploads',
              ownerIdentity: { principalId: 'A3NL1KOZZKEXAMPLE' },
              arn: 'arn:aws:s3:::video-uploads',
            },
            object: {
              key: 'raw/holiday+2026.mp4',
              size: 48_318_382,
              eTag: 'b1946ac92492d2347c6235b4d2611184',
              sequencer: '0055AED6DCD90281E5',
            },
          },
        },
      ],
    },
  },
  {
    id: 'kinesis-record',
    title: 'Record of a stream',
    service: 'Amazon Kinesis',
    event: {
      Records: [
        {
          kinesis: {
            kinesisSchemaVersion: '1.0',
            partitionKey: 'sensor-4',
            sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
            data: 'eyJzZW5zb3IiOjQsImNlbHNpdXMiOjIxLjV9',
            approximateArrivalTimestamp: 1795167000.284,
          },
          eventSource: 'aws:kinesis',
          eventVersion: '1.0',
          eventID: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
          eventName: 'aws:kinesis:record',
          invokeIdentityArn: `arn:aws:iam::${ACCOUNT}:role/reader`,
          awsRegion: REGION,
          eventSourceARN: arn('kinesis', 'stream/telemetry'),
        },
      ],
    },
    decoded: { sensor: 4, celsius: 21.5 },
  },
  {
    id: 'dynamodb-record',
    title: 'Item changed',
    service: 'Amazon DynamoDB',
    event: {
      Records: [
        {
          eventID: 'c4ca4238a0b923820dcc509a6f75849b',
          eventName: 'MODIFY',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: REGION,
          dynamodb: {
            ApproximateCreationDateTime: 1795167000,
            Keys: { id: { S: 'o-1042' } },
            NewImage: { id: { S: 'o-1042' }, status: { S: 'shipped' }, total: { N: '60.8' } },
            OldImage: { id: { S: 'o-1042' }, status: { S: 'paid' }, total: { N: '60.8' } },
            SequenceNumber: '4421584500000000017450439091',
            SizeBytes: 78,
            StreamViewType: 'NEW_AND_OLD_IMAGES',
          },
          eventSourceARN: arn('dynamodb', 'table/orders/stream/2026-11-01T00:00:00.000'),
        },
      ],
    },
  },
]
