/** What the code of a function does: steps, and what surrounds them. */
import { STATE_REASONS } from '../states/state-reasons'
import { MAX_SECONDS } from '../../../model/units'
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
  text,
  z,
} from '../../schema-kit'

const STATE_REASON_CODES = Object.keys(STATE_REASONS) as [string, ...string[]]

const cold = duration({
  title: 'First time',
  help: 'Duration in the first invocation of an environment.',
  group: 'advanced',
}).optional()
const perMessage = boolean({ title: 'Per message', help: 'Once for every message of the batch.' }).optional()
const amounts = number(-1e12, 1e12, { title: 'Amount', help: 'Added to the attribute.' })

const scope = <const S extends readonly [string, ...string[]]>(scopes: S, help: string) =>
  choice(scopes, { title: 'Scope', help, factRows: ['LAM-21'] }).default(scopes[0] as S[number])

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
        threads: integer(1, 6, {
          title: 'Threads',
          help: 'Threads that share the work. One thread uses at most one vCPU.',
          unit: 'count',
          factRows: ['LAM-2'],
          group: 'advanced',
        }).optional(),
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
        target: text(
          256,
          {
            title: 'Instance',
            help: 'Where its id stands: $.detail.instance-id in the event, $EC2_INSTANCES in a variable.',
            suggestions: ['$.detail.instance-id', '$EC2_INSTANCES'],
          },
          /^\$(?:(?:\.[A-Za-z_][\w-]*)+|[A-Za-z]\w*)$/,
        ),
        call: choice(['ec2:StartInstances', 'ec2:StopInstances', 'ec2:TerminateInstances'], {
          title: 'Call',
          help: 'What EC2 is asked to do with it.',
        }),
        perMessage,
        optional: boolean({ title: 'May fail', help: 'Goes on when the call fails.' }).optional(),
      },
      {
        title: 'Call for an instance',
        help: 'Starts, stops or terminates the instance the event or a variable names.',
      },
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
        idempotent: boolean({
          title: 'Once per event',
          help: 'Carries the id of the event as idempotency key: a repeat of the same event changes nothing.',
          factRows: ['INV-8'],
        }).optional(),
        group: text(128, {
          title: 'Message group',
          help: 'MessageGroupId for a FIFO queue.',
          factRows: ['SQS-4'],
          group: 'advanced',
        }).optional(),
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
            field: text(128, {
              title: 'As the event says',
              help: 'Name of a number in the event: how many of its attempts fail.',
            }).optional(),
            crash: boolean({
              title: 'Crash',
              help: 'Ends the process instead of raising an error; the environment is reset.',
              factRows: ['LAM-23'],
            }).optional(),
            type: text(128, {
              title: 'Error type',
              help: 'errorType of the response.',
              factRows: ['LAM-53'],
            }).optional(),
            message: text(1_024, { title: 'Message', help: 'errorMessage of the response.' }).optional(),
          },
          { title: 'When', help: 'When it fails. Without a condition always.' },
        ),
        perMessage,
      },
      { title: 'Fail', help: 'Raises an error.' },
    ),
    object(
      {
        connect: duration({ title: 'Connecting', help: 'Time it takes to open a connection.', factRows: ['LAM-21'] }),
        scope: scope(
          ['global', 'handler'],
          'global: opened once and kept by the environment. handler: opened anew in every call.',
        ),
        name: text(64, { title: 'Name', help: 'Name of the connection.' }).default('connection'),
      },
      { title: 'Connect', help: 'Opens a connection if the environment has none.' },
    ),
    object(
      {
        memory: number(0, 10_240, {
          title: 'Memory',
          help: 'Memory it takes; beyond the memory of the function the process is killed.',
          unit: 'MB',
          factRows: ['LAM-53'],
        }),
        scope: scope(['handler', 'global'], 'handler: given back at the end. global: kept, so that calls add up.'),
      },
      { title: 'Take memory', help: 'Needs memory from here on.' },
    ),
    object(
      {
        write: text(255, {
          title: 'File',
          help: 'Name of a file in /tmp, or a path under the mounted file system.',
          factRows: ['LAM-4', 'LAM-21', 'LAM-67'],
        }),
        size: number(0, 100_000, {
          title: 'Size',
          help: 'Space it takes in /tmp; more than there is fails.',
          unit: 'MB',
          factRows: ['LAM-4'],
        }).default(0),
        content: anyJson({ title: 'Content', help: 'What it says; only in a mounted file system.' }).optional(),
      },
      { title: 'Write a file', help: 'Writes to /tmp of this environment, or to the file system all share.' },
    ),
    object(
      {
        read: text(255, {
          title: 'File',
          help: 'Name of a file in /tmp, or a path under the mounted file system.',
          factRows: ['LAM-21', 'LAM-67'],
        }),
        optional: boolean({ title: 'May be missing', help: 'Goes on when there is no such file.' }).optional(),
      },
      { title: 'Read a file', help: 'Reads a file; fails when there is none of that name.' },
    ),
    object(
      {
        state: text(64, { title: 'Variable', help: 'Name of a variable.', factRows: ['LAM-21'] }),
        scope: scope(
          ['global', 'handler', 'tmp'],
          'global: outlives the call in this environment. handler: gone at its end. tmp: in a file, outlives a reset too.',
        ),
        add: number(-1e12, 1e12, { title: 'Add', help: 'Added to its value; a new variable starts at 0.' }).optional(),
        set: anyJson({ title: 'Set', help: 'Its new value.' }).optional(),
        perMessage,
      },
      { title: 'Remember', help: 'Sets a variable or adds to it.' },
    ),
    object(
      { log: text(4_096, { title: 'Text', help: 'A line for the log.', factRows: ['LAM-28', 'LAM-29'] }), perMessage },
      { title: 'Log', help: 'Writes a line to the log.' },
    ),
  ])
  .meta({ title: 'Step', help: 'One thing the handler does.' })

export const functionBehavior = {
  created: number(0, MAX_SECONDS, {
    title: 'Created',
    help: 'Second of the run at which it is created; without it the function is there from the start.',
    unit: 's',
    factRows: ['LAM-15', 'NET-5'],
    group: 'advanced',
  }).optional(),
  creationFails: choice(STATE_REASON_CODES, {
    title: 'Creation fails with',
    help: 'StateReasonCode with which the function becomes Failed. Calls are refused.',
    factRows: ['LAM-15', 'LAM-16'],
    group: 'advanced',
  }).optional(),
  updateFails: choice(STATE_REASON_CODES, {
    title: 'Update fails with',
    help: 'LastUpdateStatusReasonCode of an update during the run. Calls go on with the code from before it.',
    factRows: ['LAM-15', 'LAM-16'],
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
    factRows: ['LAM-25'],
    slider: { min: 1, max: 3_600, scale: 'log' },
    group: 'advanced',
  }).optional(),
  maxAge: number(0, MAX_SECONDS, {
    title: 'Maximum age',
    help: 'An environment ends after this time even if it is used; 0 for never.',
    unit: 's',
    factRows: ['LAM-25'],
    group: 'advanced',
  }).optional(),
  extensions: choice(['none', 'internal', 'external'], {
    title: 'Extensions',
    help: 'Kinds of extensions; they decide how long an environment may take to shut down.',
    factRows: ['LAM-24'],
    group: 'advanced',
  }).default('none'),
  memory: number(0, 100_000, {
    title: 'Memory needed',
    help: 'Memory the code takes once it is loaded; beyond the memory of the function every call is killed.',
    unit: 'MB',
    factRows: ['LAM-1', 'LAM-53'],
    group: 'advanced',
  }).default(40),
  imports: list(text(128, { title: 'Library', help: 'Name of a library.' }), 100, {
    title: 'Imports',
    help: 'Libraries the code needs; what neither package nor layer holds fails the import.',
    factRows: ['LAM-53'],
    group: 'advanced',
  }).default([]),
  initFails: text(128, {
    title: 'Init fails with',
    help: 'errorType with which the init phase fails, such as Runtime.ImportModuleError.',
    factRows: ['LAM-20', 'LAM-53'],
    group: 'advanced',
  }).optional(),
  package: object(
    {
      zip: number(0, 100_000, {
        title: 'Zip',
        help: 'Compressed size; 50 MB at most when uploaded directly.',
        unit: 'MB',
        factRows: ['LAM-6', 'CS-3'],
      }).default(1),
      unzipped: number(0, 100_000, {
        title: 'Unzipped',
        help: 'Size unzipped; with its layers 250 MB at most.',
        unit: 'MB',
        factRows: ['LAM-6'],
      }).optional(),
      image: number(0, 100_000, {
        title: 'Image',
        help: 'Uncompressed size of the container image; 10 GB at most.',
        unit: 'MB',
        factRows: ['LAM-7'],
      }).optional(),
      signedBy: text(1_024, {
        title: 'Signed by',
        help: 'Signing profile that signed the package.',
        factRows: ['LAM-69'],
      }).optional(),
      provides: list(text(128, { title: 'Library', help: 'Name of a library.' }), 100, {
        title: 'Holds',
        help: 'Libraries that are packaged with the code.',
      }).default([]),
    },
    {
      title: 'Package',
      help: 'Size and contents of the deployment package.',
      factRows: ['LAM-6', 'LAM-7'],
      group: 'advanced',
    },
  ).prefault({}),
  restore: duration({
    title: 'Restore',
    help: 'Time to restore an environment from its snapshot (SnapStart).',
    factRows: ['SS-3'],
    group: 'advanced',
  }).optional(),
  reportFailures: boolean({
    title: 'Report item failures',
    help: 'Catches the error of a message and returns it in batchItemFailures, so that the others succeed.',
    factRows: ['SQS-ESM-7'],
  }).optional(),
  response: anyJson({
    title: 'Response',
    help: 'What the handler returns; without it null. Callers and event source mappings see it.',
    factRows: ['SQS-ESM-7', 'LAM-53'],
  }).optional(),
  responseSize: number(0, 100_000, {
    title: 'Response size',
    help: 'Large responses are streamed, at a limited rate, or fail.',
    unit: 'MB',
    factRows: ['LAM-9'],
    group: 'advanced',
  }).optional(),
  published: integer(0, 1_000_000, {
    title: 'Versions published',
    help: 'Highest number a version of it ever had. Numbers are not used again, even when their version is deleted.',
    factRows: ['LAM-60'],
    group: 'advanced',
  }).optional(),
  revision: integer(1, 1_000_000, {
    title: 'Revision',
    help: 'Raise it during the run to deploy new code: environments of the old code end.',
    factRows: ['LAM-15'],
    group: 'advanced',
  }).default(1),
}
