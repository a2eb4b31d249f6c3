/** Properties of one statement of a function's resource policy (LAM-65). */
import { choice, ref, z } from '../../schema-kit'
import { CALLABLE } from './versions'

export const permissionProperties = {
  Action: choice(['lambda:InvokeFunction', 'lambda:*'], {
    title: 'Action',
    help: 'What may be done.',
    factRows: ['LAM-65'],
  }).default('lambda:InvokeFunction'),
  FunctionName: ref(CALLABLE, {
    title: 'Function',
    help: 'What may be invoked: the function without a version, a version, or an alias. Each needs a statement of its own.',
    factRows: ['LAM-63', 'LAM-65'],
  }),
  Principal: z
    .string()
    .max(255)
    .regex(/^(\*|[a-z0-9-]+\.amazonaws\.com|[A-Za-z][A-Za-z0-9]*)$/)
    .meta({
      title: 'Principal',
      help: 'Who may: a service such as events.amazonaws.com, a role of this account by its logical id, or * for all.',
      kind: 'ref',
      ref: ['AWS::IAM::Role'],
      loose: true,
      factRows: ['LAM-65'],
    }),
  SourceArn: z
    .string()
    .max(255)
    .regex(/^[A-Za-z0-9*?]+$/)
    .meta({
      title: 'Source',
      help: 'Resource the service calls for, such as a rule. Without it the service may call for any.',
      kind: 'ref',
      ref: [],
      loose: true,
      factRows: ['LAM-65'],
    })
    .optional(),
}
