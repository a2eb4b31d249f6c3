/** Properties of a Lambda function, as CloudFormation names them. */
import { choice, integer, list, map, object, ref, refs, text } from '../../schema-kit'

export const functionProperties = {
  PackageType: choice(['Zip', 'Image'], {
    title: 'Package type',
    help: 'A zip archive, or a container image that speaks the runtime API and brings handler and runtime along.',
    factRows: ['LAM-7', 'LAM-18'],
    aws: 'packageType',
    group: 'advanced',
  }).default('Zip'),
  FunctionName: text(
    64,
    { title: 'Name', help: 'Name in AWS, at most 64 characters.', group: 'advanced', aws: 'functionName' },
    /^[a-zA-Z0-9-_]{1,64}$/,
  ).optional(),
  Description: text(256, {
    title: 'Description',
    help: 'A note for readers.',
    group: 'advanced',
    aws: 'description',
  }).optional(),
  Runtime: text(
    40,
    {
      title: 'Runtime',
      help: 'Language and version the code runs on; with an image that of its base.',
      factRows: ['LAM-17'],
      suggestions: [
        'nodejs24.x',
        'nodejs22.x',
        'python3.14',
        'python3.13',
        'python3.12',
        'java25',
        'java21',
        'java17',
        'dotnet10',
        'ruby3.4',
        'provided.al2023',
      ],
    },
    /^[a-z]+[a-z0-9.]*$/,
  ).default('nodejs24.x'),
  Handler: text(
    128,
    { title: 'Handler', help: 'Function in the code that AWS calls.', group: 'advanced', aws: 'handler' },
    /^\S+$/,
  ).default('index.handler'),
  MemorySize: integer(128, 10_240, {
    title: 'Memory',
    help: 'Memory of one environment; processor time grows with it. Up to 32,768 MB is for Managed Instances, another product.',
    unit: 'MB',
    aws: 'memorySize',
    factRows: ['LAM-1', 'LAM-2'],
    slider: { min: 128, max: 10_240, step: 64, scale: 'log' },
  }).default(128),
  Timeout: integer(1, 900, {
    title: 'Timeout',
    help: 'An invocation that takes longer is ended; 15 minutes at most.',
    unit: 's',
    aws: 'timeout',
    factRows: ['LAM-3'],
    slider: { min: 1, max: 900, scale: 'log' },
  }).default(3),
  Role: ref(['AWS::IAM::Role'], {
    title: 'Execution role',
    help: 'What the function may do.',
    factRows: ['IAM-4'],
  }).optional(),
  Architectures: list(
    choice(['x86_64', 'arm64'], { title: 'Architecture', help: 'Kind of processor.', aws: 'architectures' }),
    1,
    {
      aws: 'architectures',
      title: 'Architecture',
      help: 'Kind of processor it runs on.',
      factRows: ['LAM-14'],
      group: 'advanced',
    },
  ).default(['x86_64']),
  EphemeralStorage: object(
    {
      Size: integer(512, 10_240, {
        title: 'Size',
        help: 'Space in /tmp.',
        unit: 'MB',
        factRows: ['LAM-4'],
        aws: 'ephemeralStorage.size',
      }).default(512),
    },
    { title: 'Ephemeral storage', help: 'Space in /tmp of one environment.', factRows: ['LAM-4'], group: 'advanced' },
  ).prefault({}),
  Environment: object(
    {
      Variables: map(text(65_536, { title: 'Value', help: 'Text the code reads.' }), {
        title: 'Variables',
        help: 'Names and values, 4 KB in all, names included.',
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
  FileSystemConfigs: list(
    object(
      {
        Arn: ref(['AWS::EFS::AccessPoint'], { title: 'Access point', help: 'Access point of the file system.' }),
        LocalMountPath: text(
          160,
          {
            title: 'Path',
            help: 'Where the code finds the files.',
            suggestions: ['/mnt/data'],
            aws: 'fileSystemConfigs.1.member.localMountPath',
          },
          /^\/mnt\/[a-zA-Z0-9_.-]+$/,
        ),
      },
      { title: 'Mount', help: 'A file system under a path.' },
    ),
    1,
    {
      title: 'File system',
      help: 'Files all environments share; mounted in the VPC.',
      factRows: ['LAM-67'],
      group: 'advanced',
      aws: 'fileSystemConfigs',
    },
  ).optional(),
  ReservedConcurrentExecutions: integer(0, 1_000_000, {
    title: 'Reserved concurrency',
    help: 'Environments kept for this function, and the most it may use; 0 switches it off.',
    unit: 'count',
    aws: 'reservedConcurrentExecutions',
    factRows: ['LAM-42', 'LAM-45'],
    slider: { min: 0, max: 900 },
  }).optional(),
  DeadLetterConfig: object(
    {
      TargetArn: ref(['AWS::SQS::Queue', 'AWS::SNS::Topic'], {
        title: 'Dead-letter queue',
        help: 'Standard queue or topic for events whose retries are used up.',
        factRows: ['INV-9'],
      }),
    },
    {
      title: 'Dead letters',
      help: 'Where events go that failed every attempt; only for asynchronous invokes.',
      factRows: ['INV-9'],
    },
  ).optional(),
  Layers: refs(['AWS::Lambda::LayerVersion'], 20, {
    title: 'Layers',
    help: 'Layer versions that are added to the package, five at most.',
    factRows: ['LAM-8', 'CS-4'],
    group: 'advanced',
  }).optional(),
  SnapStart: object(
    {
      ApplyOn: choice(['PublishedVersions', 'None'], {
        aws: 'snapStart.applyOn',
        title: 'Apply on',
        help: 'Published versions start from a snapshot taken when they are published.',
        factRows: ['SS-1', 'SS-3'],
      }),
    },
    {
      title: 'SnapStart',
      help: 'Restores a snapshot in place of init.',
      factRows: ['SS-1', 'SS-2'],
      group: 'advanced',
    },
  ).optional(),
  TracingConfig: object(
    {
      Mode: choice(['PassThrough', 'Active'], {
        aws: 'tracingConfig.mode',
        title: 'Mode',
        help: 'Active samples the first request of each second and 5 % of the rest.',
        factRows: ['OBS-11'],
      }),
    },
    { title: 'Tracing', help: 'Whether traces are sampled.', factRows: ['OBS-10', 'OBS-11'], group: 'advanced' },
  ).optional(),
  CodeSigningConfigArn: ref(['AWS::Lambda::CodeSigningConfig'], {
    title: 'Code signing',
    help: 'Configuration that says who may sign its packages.',
    factRows: ['LAM-69'],
    group: 'advanced',
  }).optional(),
  RecursiveLoop: choice(['Terminate', 'Allow'], {
    aws: 'recursiveLoop',
    title: 'Recursive loop',
    help: 'Terminate stops an event after about 16 passes through Lambda.',
    factRows: ['LAM-68'],
    group: 'advanced',
  }).default('Terminate'),
}
