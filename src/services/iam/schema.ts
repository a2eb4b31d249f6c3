/** What an IAM role may carry. */
import { choice, json, list, object, strings, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const statement = object(
  {
    Sid: text(128, { title: 'Id', help: 'Name of the statement.', group: 'advanced' }, /^[A-Za-z0-9]*$/).optional(),
    Effect: choice(['Allow', 'Deny'], {
      title: 'Effect',
      help: 'A matching Deny wins over every Allow.',
      factRows: ['IAM-1'],
    }),
    Action: strings(200, {
      title: 'Actions',
      help: 'Actions such as sqs:SendMessage; * and ? stand for any text.',
      factRows: ['IAM-5'],
    }).optional(),
    NotAction: strings(200, {
      title: 'All actions except',
      help: 'Every action but these.',
      factRows: ['IAM-5'],
      group: 'advanced',
    }).optional(),
    Resource: strings(200, {
      title: 'Resources',
      help: 'Logical ids or patterns; * is everything.',
      factRows: ['IAM-5'],
      loose: true,
      whole: true,
    }).optional(),
    NotResource: strings(200, {
      title: 'All resources except',
      help: 'Every resource but these.',
      factRows: ['IAM-5'],
      group: 'advanced',
      loose: true,
      whole: true,
    }).optional(),
    Condition: json({
      title: 'Condition',
      help: 'Operators and the values they ask for.',
      factRows: ['IAM-5'],
      group: 'advanced',
    }).optional(),
  },
  { title: 'Statement', help: 'What is allowed or denied.', factRows: ['IAM-1'] },
)

const policyDocument = object(
  {
    Version: choice(['2012-10-17', '2008-10-17'], {
      title: 'Version',
      help: 'Version of the policy language.',
      group: 'advanced',
    }).default('2012-10-17'),
    Id: text(128, { title: 'Id', help: 'Name of the document.', group: 'advanced' }).optional(),
    Statement: list(statement, 100, { title: 'Statements', help: 'What the policy says.' }),
  },
  { title: 'Document', help: 'The policy itself.' },
)

export const schemas: Schemas = {
  'AWS::IAM::Role': {
    Properties: z.strictObject({
      RoleName: text(64, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }, /^[\w+=,.@-]{1,64}$/).optional(),
      Description: text(1_000, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
      AssumeRolePolicyDocument: json({
        title: 'Trust policy',
        help: 'Who may take the role; for functions lambda.amazonaws.com.',
        factRows: ['IAM-4'],
        group: 'advanced',
      }).optional(),
      Policies: list(
        object(
          {
            PolicyName: text(
              128,
              { title: 'Name', help: 'Name of the policy within the role.' },
              /^[\w+=,.@-]{1,128}$/,
            ),
            PolicyDocument: policyDocument,
          },
          { title: 'Policy', help: 'An inline policy.' },
        ),
        50,
        { title: 'Policies', help: 'What the role may do.', factRows: ['IAM-2'] },
      ).default([]),
      ManagedPolicyArns: list(
        text(2_048, {
          title: 'Managed policy',
          help: 'ARN of an AWS managed policy.',
          suggestions: [
            'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
            'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
          ],
        }),
        20,
        { title: 'Managed policies', help: 'Policies AWS maintains.', factRows: ['NET-8'] },
      ).default([]),
    }),
  },
}
