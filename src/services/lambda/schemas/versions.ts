/** Properties of versions, aliases and layers, and what a published version keeps of the function. */
import { boolean, choice, integer, list, number, object, ref, text, z } from '../../schema-kit'
import { MAX_SECONDS } from '../../../model/units'
import { functionBehavior } from './behavior'
import { functionProperties } from './function'

/** What can be invoked: `$LATEST` through the function itself, a version, an alias. */
export const CALLABLE = ['AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Lambda::Alias']

const ownFunction = ref(['AWS::Lambda::Function'], {
  title: 'Function',
  help: 'Function it belongs to.',
  factRows: ['LAM-60'],
})

const provisioned = object(
  {
    ProvisionedConcurrentExecutions: integer(1, 1_000_000, {
      title: 'Provisioned concurrency',
      help: 'Environments kept initialised for it. More requests than these go to on-demand environments.',
      aws: 'provisionedConcurrentExecutions',
      unit: 'count',
      factRows: ['LAM-46', 'LAM-48'],
      slider: { min: 1, max: 100 },
    }),
  },
  {
    title: 'Provisioned concurrency',
    help: 'Environments that are initialised ahead of requests and paid for while they are kept.',
    factRows: ['LAM-46', 'LAM-47', 'PR-6'],
  },
).optional()

/** A version by its logical id, or `$LATEST`, which the checks refuse where AWS does. */
const version = (title: string, help: string) =>
  z
    .string()
    .max(255)
    .regex(/^(\$LATEST|[A-Za-z][A-Za-z0-9]*)$/)
    .meta({ title, help, kind: 'ref', ref: ['AWS::Lambda::Version'], loose: true, factRows: ['LAM-60', 'LAM-61'] })

/** The same properties without defaults: what a snapshot leaves out is as in the function. */
const asWritten = (shape: { readonly [name: string]: z.ZodType }) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([name, schema]) => [
        name,
        (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
          ? (schema.unwrap() as z.ZodType)
          : schema
        ).optional(),
      ]),
    ),
  )

export const versionProperties = {
  FunctionName: ownFunction,
  Description: text(256, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
  ProvisionedConcurrencyConfig: provisioned,
}
export const versionBehavior = {
  number: integer(1, 1_000_000, {
    title: 'Version',
    help: 'Its number. Numbers are never used again.',
    factRows: ['LAM-60'],
  }).optional(),
  snapshot: object(
    {
      complete: boolean({
        title: 'Complete',
        help: 'Nothing is taken from the function, as after publishing. Otherwise what is left out is as in the function.',
        factRows: ['LAM-60'],
      }).optional(),
      Properties: asWritten(functionProperties).optional().meta({
        title: 'Configuration',
        help: 'Properties of the function when it was published.',
      }),
      Behavior: asWritten(functionBehavior).optional().meta({
        title: 'Code',
        help: 'Behavior of the function when it was published.',
      }),
    },
    {
      title: 'Published',
      help: 'Code and configuration as they were published.',
      factRows: ['LAM-60'],
    },
  ).optional(),
  requestedAt: number(0, MAX_SECONDS, {
    title: 'Provisioned from',
    help: 'Second of the run at which its provisioned concurrency is requested. Without it, it is ready when the run begins.',
    unit: 's',
    factRows: ['LAM-47'],
    group: 'advanced',
  }).optional(),
}

export const aliasProperties = {
  FunctionName: ownFunction,
  Name: text(
    128,
    { title: 'Name', help: 'Name callers use.', factRows: ['LAM-61'], aws: 'name' },
    /^(?![0-9]+$)[a-zA-Z0-9_-]+$/,
  ).default('live'),
  FunctionVersion: version('Version', 'Version that answers.'),
  Description: text(256, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
  RoutingConfig: object(
    {
      AdditionalVersionWeights: list(
        object(
          {
            FunctionVersion: version('Second version', 'Version that gets a share of the calls.'),
            FunctionWeight: number(0, 1, {
              title: 'Weight',
              help: 'Share of the calls, drawn at random call by call.',
              aws: 'routingConfig.additionalVersionWeights',
              unit: 'ratio',
              factRows: ['LAM-61'],
              slider: { min: 0, max: 1, step: 0.01 },
            }),
          },
          { title: 'Second version', help: 'A version and its share.' },
        ),
        10,
        { title: 'Second version', help: 'At most one.', factRows: ['LAM-61', 'LAM-62'] },
      ).default([]),
    },
    { title: 'Weighted routing', help: 'Shares the calls between two versions.', factRows: ['LAM-61', 'LAM-62'] },
  ).optional(),
  ProvisionedConcurrencyConfig: provisioned,
}
export const aliasBehavior = { requestedAt: versionBehavior.requestedAt }

export const layerProperties = {
  LayerName: text(140, { title: 'Name', help: 'Name of the layer.' }, /^[a-zA-Z0-9-_]+$/).optional(),
  Description: text(256, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
  CompatibleRuntimes: list(text(40, { title: 'Runtime', help: 'Runtime it was built for.' }), 15, {
    title: 'Runtimes',
    help: 'Runtimes it was built for.',
    factRows: ['LAM-8'],
  }).optional(),
  CompatibleArchitectures: list(choice(['x86_64', 'arm64'], { title: 'Architecture', help: 'Kind of processor.' }), 2, {
    title: 'Architectures',
    help: 'Kinds of processor it was built for.',
    factRows: ['LAM-14'],
  }).optional(),
}
export const layerBehavior = {
  unzipped: number(0, 1_000, {
    title: 'Size unzipped',
    help: 'Counts towards the 250 MB of the function and its layers.',
    unit: 'MB',
    factRows: ['LAM-6', 'CS-4'],
  }).default(0),
  provides: list(text(128, { title: 'Library', help: 'Name of a library.' }), 100, {
    title: 'Provides',
    help: 'Libraries it holds.',
    factRows: ['LAM-8'],
  }).default([]),
}
