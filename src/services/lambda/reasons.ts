import { mappingReasons } from './mapping-reasons'

/** Why Lambda did what it did. */
export const reasons = {
  'lambda.routed':
    'The alias {resource} shares its calls between two versions. Version {value} answers this one (LAM-61).',
  'lambda.spillover':
    'All {value} provisioned environments of {resource} are taken. The call goes to one on demand (LAM-48).',
  'lambda.provisionedReady':
    'All {value} provisioned environments of {resource} are ready. From now on calls use them (LAM-47).',
  'lambda.provisionedFailed':
    'Provisioned concurrency of {resource} failed: FUNCTION_ERROR_INIT_FAILURE. Its init ends with an error (LAM-47).',
  'lambda.cold': 'No idle environment of {resource} was free. A new one is started (LAM-40).',
  'lambda.warm': 'An idle environment of {resource} was reused (LAM-21).',
  'lambda.reserved':
    '{resource} refused with 429 ReservedFunctionConcurrentInvocationLimitExceeded: all {value} environments it may use were taken (LAM-45, LAM-51).',
  'lambda.switchedOff':
    '{resource} refused with 429 ReservedFunctionConcurrentInvocationLimitExceeded: its reserved concurrency is 0 (LAM-45).',
  'lambda.account':
    '{resource} refused with 429 ConcurrentInvocationLimitExceeded: the {value} unreserved environments of the account were taken (LAM-41, LAM-51).',
  'lambda.scaling':
    '{resource} refused with 429: it may add {value} environments every 10 s and has added as many (LAM-43, LAM-51)',
  'lambda.requestRate':
    '{resource} refused with 429 FunctionInvocationRateLimitExceeded: more than {value} requests in this second, ten for each unit of concurrency (LAM-44, LAM-51).',
  'lambda.stateFailed':
    '{resource} could not be created and is Failed. Calls are refused until it is deployed again (LAM-15, LAM-16).',
  'lambda.unusable': '{resource} is Failed. Calls are refused with 409 ResourceConflictException (LAM-15, LAM-52).',
  'lambda.updateFailed': 'The update of {resource} failed. Calls go on with the code from before it (LAM-15, LAM-16).',
  'lambda.down': '{resource} is down, and its versions and aliases with it. The call failed.',
  'lambda.pending':
    '{resource} is Pending until its network interfaces are built. Calls are refused with 409 ResourceConflictException (NET-5, LAM-52).',
  'lambda.noAddress':
    '{resource} could not start an environment: the subnet has no free address. The call fails with 502 SubnetIPAddressLimitReachedException (NET-9, LAM-52).',
  'lambda.timeout':
    '{resource} did not finish within {value} s and was stopped. The caller gets 200 with X-Amz-Function-Error: Unhandled (LAM-3, LAM-53).',
  'lambda.outOfMemory': 'The process of {resource} needed more memory than the function has and was killed (LAM-53).',
  'lambda.initFailed': 'The init phase of {resource} fails, so that every call does (LAM-20, LAM-53).',
  'lambda.failedWith': 'The invocation ended with an error. Its type is in the log.',
  'lambda.caught': 'The handler caught the failure of message {value} and reports it in batchItemFailures (SQS-ESM-7).',
  'lambda.log': '{resource} wrote a line to its log (LAM-28).',
  'lambda.connected': 'This environment of {resource} had no open connection. Opening one took {value} ms (LAM-21).',
  'lambda.deployed': '{resource} was updated. Environments of the old code end when they are free (LAM-15).',
  'lambda.updating': '{resource} is being updated. Calls run the previous code for {value} s (LAM-15).',
  'lambda.recursion':
    '{resource} was not run again: the event has passed through Lambda {value} times. It would go round for ever: 400 RecursiveInvocationException (LAM-68, LAM-52).',
  'lambda.duplicate': 'The queue of {resource} delivers this event twice. That happens without any error (INV-8).',
  'lambda.asyncOff': 'The reserved concurrency of {resource} is 0. The event is given up at once (INV-7).',
  'lambda.toDestination': 'A record of the event goes to {subject} (INV-10).',
  'lambda.undelivered':
    '{subject} did not take the event. The role of {resource} may lack the permission (INV-9, INV-12).',
  'lambda.threw': 'The code of {resource} failed. The caller gets 200 with X-Amz-Function-Error: Unhandled (LAM-53).',
  'lambda.callFailed': '{resource} failed because a call it made failed.',
  'lambda.retry': 'The event will be tried again in {value} s (INV-3).',
  'lambda.backoff': 'No capacity. The event is offered again in {value} s and loses no retry (INV-4).',
  'lambda.expired': 'The event would be older than its maximum age. It is not tried again (INV-5, INV-6).',
  'lambda.toDeadLetter': 'All attempts failed. The event goes to the dead-letter queue (INV-9).',
  'lambda.lost': 'All attempts failed and {resource} has no dead-letter queue. The event is lost (INV-9).',
  ...mappingReasons,
} as const
