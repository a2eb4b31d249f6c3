/** What a Lambda function, a mapping and an asynchronous invoke configuration may carry. */
import { MAX_SECONDS } from '../../model/units'
import {
  anyJson,
  boolean,
  choice,
  duration,
  integer,
  json,
  list,
  map,
  number,
  object,
  rate,
  ref,
  refs,
  text,
  z,
} from '../schema-kit'
import type { Schemas } from '../schema-kit'

const FUNCTION = ['AWS::Lambda::Function']

const cold = duration({
  title: 'First time',
  help: 'Duration in the first invocation of an environment.',
  group: 'advanced',
}).optional()
const perMessage = boolean({ title: 'Per message', help: 'Once for every message of the batch.' }).optional()
const amounts = number(-1e12, 1e12, { title: 'Amount', help: 'Added to the attribute.' })

const step = z
  .union([
    object(
      {
        cpu: duration({
          title: 'Computing',
          help: 'Work in vCPU-seconds; more memory does it sooner.',
          unit: 'vCPU-s',
          factRows: ['LAM-2'],
        }),
        cold,
        perMessage,
      },
      { title: 'Compute', help: 'Keeps the processor busy.' },
    ),
    object(
      { wait: duration({ title: 'Waiting', help: 'Time spent waiting for something else.' }), cold, perMessage },
      { title: 'Wait', help: 'Waits, whatever the memory.' },
    ),
    object(
      {
        call: text(80, { title: 'Call', help: 'Action, such as dynamodb:PutItem.' }, /^[a-z][a-z0-9-]*:[A-Za-z]+$/),
        to: ref([], { title: 'To', help: 'Resource it calls.', answers: 'call' }),
        key: text(1_024, { title: 'Key', help: 'Key of the item it works on.' }).optional(),
        add: map(amounts, { title: 'Add', help: 'Numbers added to attributes of the item.' }).optional(),
        set: map(anyJson({ title: 'Value', help: 'Any JSON value.' }), {
          title: 'Set',
          help: 'Attributes of the item and their new values.',
        }).optional(),
        body: json({ title: 'Payload', help: 'JSON object the call carries.' }).optional(),
        perMessage,
        optional: boolean({ title: 'May fail', help: 'Goes on when the call fails.' }).optional(),
      },
      { title: 'Call', help: 'Calls another resource and waits for the answer.' },
    ),
    object(
      {
        fail: object(
          {
            rate: rate({ title: 'Rate', help: 'Share of the invocations that fail here.' }).optional(),
            attempts: list(
              integer(1, 1_000, { title: 'Attempt', help: 'Number of the attempt, counted from 1.', unit: 'count' }),
              100,
              { title: 'Attempts', help: 'Which attempts at the same event fail.' },
            ).optional(),
            poison: z.literal(true).meta({ title: 'On poison', help: 'Fails when the payload is poison.' }).optional(),
          },
          { title: 'When', help: 'When it fails.' },
        ),
      },
      { title: 'Fail', help: 'Raises an error.' },
    ),
  ])
  .meta({ title: 'Step', help: 'One thing the handler does.' })

const lambdaFunction = {
  FunctionName: text(
    64,
    { title: 'Name', help: 'Name in AWS.', group: 'advanced' },
    /^[a-zA-Z0-9-_]{1,64}$/,
  ).optional(),
  Description: text(256, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
  Runtime: text(
    40,
    {
      title: 'Runtime',
      help: 'Language and version the code runs on.',
      factRows: ['LAM-17'],
      suggestions: [
        'nodejs24.x',
        'nodejs22.x',
        'python3.14',
        'python3.13',
        'java25',
        'java21',
        'dotnet10',
        'ruby3.4',
        'provided.al2023',
      ],
    },
    /^[a-z]+[a-z0-9.]*$/,
  ).default('nodejs24.x'),
  Handler: text(
    128,
    { title: 'Handler', help: 'Function in the code that AWS calls.', group: 'advanced' },
    /^\S+$/,
  ).default('index.handler'),
  MemorySize: integer(128, 10_240, {
    title: 'Memory',
    help: 'Memory of one environment; processor time grows with it.',
    unit: 'MB',
    factRows: ['LAM-1', 'LAM-2'],
    slider: { min: 128, max: 10_240, step: 64, scale: 'log' },
  }).default(128),
  Timeout: integer(1, 900, {
    title: 'Timeout',
    help: 'An invocation that takes longer is ended.',
    unit: 's',
    factRows: ['LAM-3'],
    slider: { min: 1, max: 900, scale: 'log' },
  }).default(3),
  Role: ref(['AWS::IAM::Role'], {
    title: 'Execution role',
    help: 'What the function may do.',
    factRows: ['IAM-4'],
  }).optional(),
  Architectures: list(choice(['x86_64', 'arm64'], { title: 'Architecture', help: 'Kind of processor.' }), 1, {
    title: 'Architecture',
    help: 'Kind of processor it runs on.',
    factRows: ['LAM-14'],
    group: 'advanced',
  }).default(['x86_64']),
  EphemeralStorage: object(
    {
      Size: integer(512, 10_240, { title: 'Size', help: 'Space in /tmp.', unit: 'MB', factRows: ['LAM-4'] }).default(
        512,
      ),
    },
    { title: 'Ephemeral storage', help: 'Space in /tmp of one environment.', factRows: ['LAM-4'], group: 'advanced' },
  ).prefault({}),
  Environment: object(
    {
      Variables: map(text(4_096, { title: 'Value', help: 'Text the code reads.' }), {
        title: 'Variables',
        help: 'Names and values, 4 KB in all.',
        factRows: ['LAM-5'],
      }).default({}),
    },
    { title: 'Environment variables', help: 'Settings the code reads.', factRows: ['LAM-5'], group: 'advanced' },
  ).optional(),
  VpcConfig: object(
    {
      SubnetIds: refs(['AWS::EC2::Subnet'], 16, {
        title: 'Subnets',
        help: 'Subnets it gets an interface in.',
        factRows: ['NET-2', 'NET-3'],
      }),
      SecurityGroupIds: refs(['AWS::EC2::SecurityGroup'], 5, {
        title: 'Security groups',
        help: 'Groups of its interfaces.',
        factRows: ['NET-2', 'NET-3'],
      }).default([]),
    },
    {
      title: 'Network',
      help: 'Without it the function runs in a network of Lambda with internet access.',
      factRows: ['NET-1', 'NET-2'],
    },
  ).optional(),
  ReservedConcurrentExecutions: integer(0, 1_000_000, {
    title: 'Reserved concurrency',
    help: 'Environments kept for this function, and the most it may use; 0 switches it off.',
    unit: 'count',
    factRows: ['LAM-42', 'LAM-45'],
    slider: { min: 0, max: 900 },
  }).optional(),
  DeadLetterConfig: object(
    {
      TargetArn: ref(['AWS::SQS::Queue'], {
        title: 'Dead-letter queue',
        help: 'Standard queue for events whose retries are used up.',
        factRows: ['INV-9'],
      }),
    },
    {
      title: 'Dead letters',
      help: 'Where events go that failed every attempt; only for asynchronous invokes.',
      factRows: ['INV-9'],
    },
  ).optional(),
}

const functionBehavior = {
  created: number(0, MAX_SECONDS, {
    title: 'Created',
    help: 'Second of the run at which it is created; without it the function is there from the start.',
    unit: 's',
    factRows: ['LAM-15', 'NET-5'],
    group: 'advanced',
  }).optional(),
  steps: list(step, 50, { title: 'Steps', help: 'What the handler does, in order.' }).default([]),
  errors: object(
    { rate: rate({ title: 'Error rate', help: 'Share of the invocations that fail at their end.' }) },
    { title: 'Errors', help: 'Invocations that fail.' },
  ).optional(),
  provision: duration({
    title: 'Provisioning',
    help: 'Time to start an environment, before the code loads.',
    factRows: ['LAM-40'],
    group: 'advanced',
  }).optional(),
  init: duration({
    title: 'Init',
    help: 'Time the code takes to load, once per environment.',
    group: 'advanced',
  }).optional(),
  overhead: duration({ title: 'Overhead', help: 'Time added to every invocation.', group: 'advanced' }).optional(),
  idle: number(0, MAX_SECONDS, {
    title: 'Idle time',
    help: 'An unused environment ends after this time.',
    unit: 's',
    slider: { min: 1, max: 3_600, scale: 'log' },
    group: 'advanced',
  }).optional(),
}

const mapping = {
  EventSourceArn: ref(['AWS::SQS::Queue'], { title: 'Source', help: 'Queue it polls.', factRows: ['ESM-1'] }),
  FunctionName: ref(FUNCTION, { title: 'Function', help: 'Function it invokes with each batch.', factRows: ['ESM-1'] }),
  BatchSize: integer(1, 10_000, {
    title: 'Batch size',
    help: 'Most messages in one invoke; above 10 a batching window of 1 s is needed.',
    unit: 'count',
    factRows: ['SQS-ESM-1'],
    slider: { min: 1, max: 100 },
  }).default(10),
  MaximumBatchingWindowInSeconds: integer(0, 300, {
    title: 'Batching window',
    help: 'How long it gathers messages before it invokes.',
    unit: 's',
    factRows: ['ESM-2'],
  }).default(0),
  Enabled: boolean({ title: 'Enabled', help: 'A disabled mapping does not poll.', factRows: ['ESM-3'] }).default(true),
  ScalingConfig: object(
    {
      MaximumConcurrency: integer(2, 1_000, {
        title: 'Maximum concurrency',
        help: 'Most batches worked on at once through this mapping.',
        unit: 'count',
        factRows: ['SQS-ESM-4'],
        slider: { min: 2, max: 100 },
      }),
    },
    {
      title: 'Scaling',
      help: 'Limits the mapping without touching reserved concurrency.',
      factRows: ['SQS-ESM-3', 'SQS-ESM-4'],
    },
  ).optional(),
}

const invokeConfig = {
  FunctionName: ref(FUNCTION, { title: 'Function', help: 'Function the settings are for.' }),
  Qualifier: text(
    128,
    { title: 'Qualifier', help: 'Version or alias.', group: 'advanced' },
    /^\$LATEST$|^[a-zA-Z0-9_-]+$/,
  ).default('$LATEST'),
  MaximumRetryAttempts: integer(0, 2, {
    title: 'Retries',
    help: 'How often an event is tried again after an error.',
    unit: 'count',
    factRows: ['INV-3'],
  }).default(2),
  MaximumEventAgeInSeconds: integer(60, 21_600, {
    title: 'Maximum age',
    help: 'An event older than this is given up.',
    unit: 's',
    factRows: ['INV-5'],
    slider: { min: 60, max: 21_600, scale: 'log' },
  }).default(21_600),
}

export const schemas: Schemas = {
  'AWS::Lambda::Function': { Properties: z.strictObject(lambdaFunction), Behavior: z.strictObject(functionBehavior) },
  'AWS::Lambda::EventInvokeConfig': { Properties: z.strictObject(invokeConfig) },
  'AWS::Lambda::EventSourceMapping': { Properties: z.strictObject(mapping) },
}
