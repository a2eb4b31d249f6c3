/** What a client may carry: when it calls, what it calls, and how it takes failure. */
import { integer, json, list, number, object, ref, text, z } from '../schema-kit'
import { MAX_SECONDS } from '../../model/units'
import type { Schemas } from '../schema-kit'

const at = number(0, MAX_SECONDS, { title: 'From', help: 'Second of the run at which it starts.', unit: 's' }).default(
  0,
)
const until = number(0, MAX_SECONDS, {
  title: 'Until',
  help: 'Second of the run after which it sends no more.',
  unit: 's',
}).optional()
const count = integer(1, 10_000_000, {
  title: 'At most',
  help: 'Stops after this many calls.',
  unit: 'count',
  group: 'advanced',
}).optional()
const perSecond = (title: string, help: string) =>
  number(0, 100_000, { title, help, unit: '1/s', slider: { min: 0.1, max: 1_000, scale: 'log' } })
const rate = perSecond('Rate', 'Calls per second.')
const pattern = <const P extends string>(name: P) => z.literal(name)

const traffic = z
  .discriminatedUnion('pattern', [
    object({ pattern: pattern('once'), at }, { title: 'Once', help: 'One call.' }),
    object(
      {
        pattern: pattern('burst'),
        count: integer(1, 100_000, {
          title: 'Calls',
          help: 'Calls made at the same instant.',
          unit: 'count',
          slider: { min: 1, max: 200 },
        }).default(20),
        at,
      },
      { title: 'Burst', help: 'Many calls at the same instant.' },
    ),
    object(
      { pattern: pattern('constant'), rate, at, until, count },
      { title: 'Constant', help: 'Calls at even intervals.' },
    ),
    object(
      { pattern: pattern('poisson'), rate, at, until, count },
      { title: 'Poisson', help: 'Independent callers: random gaps with the rate as their mean.' },
    ),
    object(
      {
        pattern: pattern('ramp'),
        from: perSecond('Rate at first', 'Calls per second at the start.'),
        to: perSecond('Rate at last', 'Calls per second at the end.'),
        over: number(0.001, MAX_SECONDS, { title: 'Over', help: 'Time from the first rate to the last.', unit: 's' }),
        at,
      },
      { title: 'Ramp', help: 'The rate moves evenly from one value to another.' },
    ),
    object(
      {
        pattern: pattern('repeat'),
        every: number(0.001, MAX_SECONDS, { title: 'Every', help: 'Time between two rounds.', unit: 's' }),
        times: integer(1, 1_000_000, { title: 'Rounds', help: 'How many rounds there are.', unit: 'count' }),
        count: integer(1, 100_000, {
          title: 'Calls per round',
          help: 'Calls made at once in each round.',
          unit: 'count',
        }).default(1),
        at,
      },
      { title: 'Repeat', help: 'The same calls again after a fixed time.' },
    ),
    object({ pattern: pattern('manual') }, { title: 'By hand', help: 'Calls only when told to during the run.' }),
  ])
  .meta({ title: 'Traffic', help: 'When the client calls.' })
  .default({ pattern: 'once', at: 0 })

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

/** What SQS takes as message group and as deduplication id. */
const FIFO_ID = /^[!-~]{1,128}$/

export const schemas: Schemas = {
  'Coldstart::Client': {
    Properties: z.strictObject({}),
    Behavior: z.strictObject({
      traffic,
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
      body: json({ title: 'Payload', help: 'JSON object each call carries.' }).optional(),
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
