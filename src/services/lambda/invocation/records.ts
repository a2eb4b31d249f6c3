import type { Json, JsonObject } from '../../../model/scenario'
import type { Payload } from '../../service'

/** Why an event is over (INV-11). */
export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency'

/** How the last attempt at an event ended; null when there was none. */
export interface LastAttempt {
  /** `$LATEST` or the number. */
  readonly version: string
  readonly error: { readonly type: string; readonly message: string } | null
  /** What the handler returned. */
  readonly response: Json
}

/**
 * The record a destination gets (INV-10). `$requestId` and `$timestamp` stand for what differs from event to event, so that equal records are
 * one content; who reads a queue's contents fills them in (sqs/contents.ts), and topics and buckets get them filled in.
 */
export function destinationRecord(
  condition: Condition,
  attempts: number,
  arn: string,
  request: Payload,
  last: LastAttempt | null,
): JsonObject {
  const record: JsonObject = {
    version: '1.0',
    timestamp: '$timestamp',
    requestContext: {
      requestId: '$requestId',
      functionArn: arn,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: request.text ?? request.body,
  }
  if (last === null) return record
  const { version, error, response } = last
  return {
    ...record,
    responseContext: {
      statusCode: 200,
      executedVersion: version,
      ...(error === null ? {} : { functionError: 'Unhandled' }),
    },
    responsePayload:
      error === null
        ? response
        : { errorMessage: error.message, errorType: error.type, requestId: '$requestId', stackTrace: [] },
  }
}

/** A record as an object of S3: under AWS's key, with the time (`isoTime`) and the id of the request in it. */
export const asObject = (folder: string, record: JsonObject, time: string, id: string): JsonObject => ({
  key: `aws/lambda/${folder}/${time.slice(0, 10).replaceAll('-', '/')}/${time.slice(0, 19).replaceAll(':', '.')}-${id}`,
  content: record,
})

/** The record as an event of EventBridge (INV-11). */
export function asEvent(record: JsonObject, success: boolean, bus: string, arn: string): JsonObject {
  return {
    source: 'lambda',
    'detail-type': `Lambda Function Invocation Result - ${success ? 'Success' : 'Failure'}`,
    resources: [`arn:aws:events:us-east-1:123456789012:event-bus/${bus}`, arn],
    detail: record,
  }
}

/** Attributes of a message in a dead-letter queue, whose body is the event itself (INV-9). */
export function deadLetterAttributes(error: LastAttempt['error']): JsonObject {
  const text = (value: string): JsonObject => ({ StringValue: value.slice(0, 1_024), DataType: 'String' })
  return {
    RequestID: text('$requestId'),
    ErrorCode: { StringValue: error === null ? '429' : '200', DataType: 'Number' },
    ErrorMessage: text(error === null ? 'Rate Exceeded.' : error.message),
  }
}
