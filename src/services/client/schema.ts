/** What a client may carry: when it calls, what it calls, and how it takes failure. */
import { integer, json, list, number, object, ref, text, z } from '../schema-kit'
import { MAX_SECONDS } from '../../model/units'
import { byHand, patterns } from '../schema-traffic'
import type { Schemas } from '../schema-kit'

const retries = object(
  {
    max: integer(0, 10, { title: 'Retries', help: 'How often a failed call is tried again.', unit: 'count' }).default(
      0,
    ),
    base: number(0, 3_600, {
      title: 'First wait',
      help: 'Wait before the first retry.',
      unit: 's',
      slider: { min: 0, max: 10, step: 0.1 },
    }).default(0.1),
    factor: number(1, 10, {
      title: 'Factor',
      help: 'Each wait is this many times the one before.',
      unit: 'ratio',
    }).default(2),
    cap: number(0, 3_600, { title: 'Longest wait', help: 'No wait is longer than this.', unit: 's' }).default(20),
  },
  { title: 'Retries', help: 'What the client does when a call fails or is throttled.', group: 'advanced' },
).prefault({})

/** What SQS takes as message group and as deduplication id; within placeholders spaces too. */
const FIFO_ID = /^(?:\{\{[^{}]*\}\}|(?!\{\{)[!-~]){1,128}$/

export const schemas: Schemas = {
  'Coldstart::Client': {
    Properties: z.strictObject({}),
    Behavior: z.strictObject({
      traffic: z
        .discriminatedUnion('pattern', [...patterns, byHand])
        .meta({ title: 'Traffic', help: 'When the client calls.' })
        .default({ pattern: 'once', at: 0 }),
      call: text(
        80,
        {
          title: 'Call',
          help: 'Action it calls, such as sqs:SendMessage.',
          suggestions: [
            'sqs:SendMessage',
            'lambda:Invoke',
            'lambda:InvokeAsync',
            'events:PutEvents',
            'sns:Publish',
            's3:PutObject',
            'kinesis:PutRecord',
            'https:Request',
            'http:Request',
          ],
        },
        /^[a-z][a-z0-9-]*:[A-Za-z]+$/,
      ).optional(),
      to: ref([], { title: 'To', help: 'Resource it calls.', answers: 'call' }).optional(),
      body: json({
        title: 'Payload',
        help: 'JSON object each call carries. Texts may hold {{n}}, {{uuid}}, {{random 1 100}}, ... .',
      }).optional(),
      text: text(10_000, {
        title: 'Plain text',
        help: 'Body of a message that is no JSON; it takes the place of the payload.',
        group: 'advanced',
      }).optional(),
      group: text(
        128,
        {
          title: 'Message group',
          help: 'MessageGroupId of each message, within which a FIFO queue keeps the order; of records the partition key.',
          factRows: ['SQS-4', 'KIN-3'],
        },
        FIFO_ID,
      ).optional(),
      deduplication: text(
        128,
        {
          title: 'Deduplication id',
          help: 'MessageDeduplicationId of each message, so that a FIFO queue stores one in 5 minutes. Without it every call has its own.',
          factRows: ['SQS-4'],
          group: 'advanced',
        },
        FIFO_ID,
      ).optional(),
      delay: integer(0, 900, {
        title: 'Delay',
        help: 'DelaySeconds of each message to a standard queue, in place of that of the queue.',
        unit: 's',
        group: 'advanced',
      }).optional(),
      attributes: json({
        title: 'Message attributes',
        help: 'Attributes of each message, as a function reads them: {"kind": {"dataType": "String", "stringValue": "order"}}.',
        group: 'advanced',
      }).optional(),
      poison: list(
        integer(1, 10_000_000, { title: 'Call', help: 'Number of a call, counted from 1.', unit: 'count' }),
        1_000,
        {
          title: 'Poison calls',
          help: 'Which calls, counted from 1, carry a payload no handler can process.',
          group: 'advanced',
        },
      ).default([]),
      timeout: number(0.001, MAX_SECONDS, {
        title: 'Timeout',
        help: 'The client gives up on an answer after this time.',
        unit: 's',
        slider: { min: 1, max: 900, scale: 'log' },
        group: 'advanced',
      }).default(60),
      retries,
    }),
  },
}
