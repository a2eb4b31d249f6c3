/** What a DynamoDB table may carry. */
import { anyJson, choice, duration, integer, list, map, object, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'
import { VIEWS } from './change'

const attributeName = text(255, { title: 'Attribute', help: 'Name of the attribute.' }, /^.{1,255}$/)
const units = (title: string, help: string) =>
  integer(1, 40_000, { title, help, unit: '1/s', factRows: ['DDB-1', 'DDB-9'] })

export const schemas: Schemas = {
  'AWS::DynamoDB::Table': {
    Properties: z.strictObject({
      TableName: text(
        255,
        { title: 'Name', help: 'Name in AWS.', group: 'advanced' },
        /^[a-zA-Z0-9_.-]{3,255}$/,
      ).optional(),
      BillingMode: choice(['PAY_PER_REQUEST', 'PROVISIONED'], {
        title: 'Capacity mode',
        help: 'Pay per request, or reserve reads and writes per second.',
        factRows: ['DDB-5', 'DDB-6'],
      }).default('PAY_PER_REQUEST'),
      AttributeDefinitions: list(
        object(
          {
            AttributeName: attributeName,
            AttributeType: choice(['S', 'N', 'B'], { title: 'Type', help: 'S text, N number, B binary.' }),
          },
          { title: 'Attribute', help: 'An attribute that keys use.' },
        ),
        50,
        { title: 'Key attributes', help: 'Attributes that keys use, with their types.', group: 'advanced' },
      ).default([{ AttributeName: 'id', AttributeType: 'S' }]),
      KeySchema: list(
        object(
          {
            AttributeName: attributeName,
            KeyType: choice(['HASH', 'RANGE'], {
              title: 'Role',
              help: 'HASH is the partition key, RANGE the sort key.',
            }),
          },
          { title: 'Key', help: 'One part of the primary key.' },
        ),
        2,
        { title: 'Primary key', help: 'Partition key, and a sort key where there is one.', group: 'advanced' },
      ).default([{ AttributeName: 'id', KeyType: 'HASH' }]),
      ProvisionedThroughput: object(
        {
          ReadCapacityUnits: units('Reads', 'Read units per second; one is 4 kB, strongly consistent.'),
          WriteCapacityUnits: units('Writes', 'Write units per second; one is 1 kB.'),
        },
        {
          title: 'Provisioned capacity',
          help: 'Only with capacity mode PROVISIONED.',
          factRows: ['DDB-1'],
          group: 'advanced',
        },
      ).optional(),
      StreamSpecification: object(
        {
          StreamViewType: choice(VIEWS, {
            title: 'View',
            help: 'What a record shows of the item: its key, how it is now, how it was, or both.',
            factRows: ['DDB-13'],
          }),
        },
        { title: 'Stream', help: 'Tells readers of every change for 24 hours.', factRows: ['DDB-13'] },
      ).optional(),
    }),
    Behavior: z.strictObject({
      latency: duration({ title: 'Latency', help: 'Time until a call is answered.', factRows: ['DDB-18'] }).optional(),
      items: map(
        map(anyJson({ title: 'Value', help: 'Any JSON value.' }), { title: 'Item', help: 'Attributes of the item.' }),
        { title: 'Items', help: 'What the table holds when the run starts, by key.', group: 'advanced' },
      ).optional(),
    }),
  },
}
