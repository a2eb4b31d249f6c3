import { OUTCOME_NAMES, Outcome } from '../../model/recording'
import type { Json, LogicalId } from '../../model/scenario'
import { GONE, THIRD_HOP, type Failure } from './deliveries'
import type { Payload } from '../service'

/** Not tried again, so nothing was exhausted. */
const FINAL: readonly Failure['outcome'][] = [THIRD_HOP, GONE, Outcome.error, Outcome.denied]

/** What AWS calls the last failure of a rule or schedule, and says about it (EB-10). */
const ERRORS: { readonly [outcome: number]: readonly [code: string, message: string] } = {
  [THIRD_HOP]: ['THIRD_ACCOUNT_HOP_DETECTED', 'Events do not travel on to a third bus.'],
  [GONE]: ['NO_RESOURCE', 'There is no such target.'],
  [Outcome.error]: ['INVALID_PARAMETER', 'The target refused the message as it is.'],
  [Outcome.denied]: ['NO_PERMISSIONS', 'The target may not be called.'],
  [Outcome.throttled]: ['THROTTLING', 'The target throttled the call.'],
  [Outcome.timeout]: ['TIMEOUT', 'The target did not answer in time.'],
}

const ARNS: { readonly [action: string]: string } = {
  'lambda:InvokeAsync': 'lambda:us-east-1:123456789012:function:',
  'sqs:SendMessage': 'sqs:us-east-1:123456789012:',
  'sns:Publish': 'sns:us-east-1:123456789012:',
  'kinesis:PutRecord': 'kinesis:us-east-1:123456789012:stream/',
  'firehose:PutRecord': 'firehose:us-east-1:123456789012:deliverystream/',
  'events:PutEvents': 'events:us-east-1:123456789012:event-bus/',
}

/** The message of what could not be delivered: its content, and why in its attributes (EB-10). `by`: what delivers, `RULE_ARN` and the arn. */
export function deadLetterOf(
  { body, text, poison }: Payload,
  by: { readonly [attribute: string]: string },
  target: { readonly id: LogicalId; readonly action: string } | undefined,
  { outcome, attempts, expired }: Omit<Failure, 'payload'>,
): Payload {
  const [code, message] = ERRORS[outcome] ?? ['SDK_CLIENT_ERROR', `The call ended with ${OUTCOME_NAMES[outcome]}.`]
  const retried = !FINAL.includes(outcome)
  const values = {
    ...by,
    TARGET_ARN: target === undefined ? '' : `arn:aws:${ARNS[target.action] ?? ''}${target.id}`,
    ERROR_CODE: code,
    ERROR_MESSAGE: message,
    ...(retried ? { EXHAUSTED_RETRY_CONDITION: expired ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts' } : {}),
    RETRY_ATTEMPTS: String(attempts - 1),
  }
  const attributes: { [name: string]: Json } = {}
  for (const [name, stringValue] of Object.entries(values)) attributes[name] = { dataType: 'String', stringValue }
  return { body, poison, ...(text === undefined ? {} : { text }), attributes }
}
