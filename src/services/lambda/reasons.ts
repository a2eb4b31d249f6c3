import { facts } from './facts'
import { mappingReasons } from './mapping/reasons'

/** A number of AWS that is the same in every profile and that no scenario changes, so that a sentence may hold it. */
function fixed(name: string): string {
  const { key, value, configurable } = facts[name]!
  const { teaching, ...others } = value
  if (configurable !== undefined || Object.keys(others).length > 0) throw new Error(`${key} differs from run to run`)
  return String(teaching)
}

const perUnit = fixed('requestRate')

/** Why Lambda did what it did: the rule and its row, for refusals AWS's status and code (LAM-51, LAM-52), and what helps. */
export const reasons = {
  'lambda.routed':
    'The alias {resource} shares its calls between two versions. Version {value} answers this one (LAM-61).',
  'lambda.spillover': `Of {value} provisioned for {resource} none is free: each is busy, not ready yet, or had ${perUnit} requests in this second. The call goes to one on demand (LAM-47, LAM-48). Provision more to keep it warm.`,
  'lambda.provisionedReady':
    'What is provisioned for {resource} is ready: {value} in number. From now on calls use them (LAM-47).',
  'lambda.provisionedMore':
    '{value} more are requested for {resource}. What is ready stays in use; the new ones are usable when all are ready (LAM-47).',
  'lambda.provisionedFewer':
    '{resource} keeps {value} provisioned from now on. The surplus ends: idle environments at once, busy ones with their work (LAM-47).',
  'lambda.provisionedFailed':
    'Provisioned concurrency of {resource} failed: FUNCTION_ERROR_INIT_FAILURE. Its init ends with an error (LAM-47). Correct the code and publish it again.',
  'lambda.cold': 'No idle environment of {resource} was free. A new one is started (LAM-40).',
  'lambda.reserved':
    '{resource} refused with 429 ReservedFunctionConcurrentInvocationLimitExceeded: its {value} reserved for calls at once were all in use, or are provisioned for its versions (LAM-45, LAM-49, LAM-51). Reserve more, or send less at once.',
  'lambda.switchedOff':
    '{resource} refused with 429 ReservedFunctionConcurrentInvocationLimitExceeded: its reserved concurrency is 0 (LAM-45, LAM-51). Raise it to switch the function on.',
  'lambda.account':
    '{resource} refused with 429 ConcurrentInvocationLimitExceeded: the {value} unreserved environments of the account were taken (LAM-41, LAM-51). Raise the quota, or reserve a share for the functions that matter.',
  'lambda.scaling':
    '{resource} refused with 429: its allowance of new environments is used up. It grows by {value} every 10 s (LAM-43, LAM-51). Provision environments before a rush.',
  'lambda.requestRate': `{resource} refused with 429 FunctionInvocationRateLimitExceeded: more than {value} requests in this second, ${perUnit} for each unit of concurrency (LAM-44, LAM-51). Raise the concurrency, or batch the work.`,
  'lambda.reservedRate': `{resource} refused with 429 ReservedFunctionInvocationRateLimitExceeded: more than {value} requests in this second, ${perUnit} for each environment reserved (LAM-44, LAM-51). Reserve more, or batch the work.`,
  'lambda.stateFailed':
    '{resource} could not be created and is Failed. Calls are refused until it is deployed again (LAM-15, LAM-16).',
  'lambda.unusable':
    '{resource} is Failed. Calls are refused with 409 ResourceConflictException until it is deployed again (LAM-15, LAM-52).',
  'lambda.updateFailed':
    'The update of {resource} failed. Calls go on with the code from before it (LAM-15, LAM-16). Correct the code and update it again.',
  'lambda.down':
    '{resource} is down, and its versions and aliases with it. Calls are answered with 500 ServiceException until it is repaired (LAM-52).',
  'lambda.pending':
    '{resource} is Pending until its network interfaces are built. Calls are refused with 409 ResourceConflictException (LAM-15, NET-5, LAM-52).',
  'lambda.absent':
    '{resource} is not created yet. Calls are refused with 404 ResourceNotFoundException (LAM-15, LAM-52).',
  'lambda.inactive':
    '{resource} was not called for {value} days. It gives up its network interfaces and becomes Inactive (LAM-15, NET-6).',
  'lambda.reviving':
    '{resource} is Inactive. This call fails with 502 ResourceNotReadyException and revives it: it is Pending until its network interfaces are built again (LAM-15, LAM-52, NET-6). Try again then.',
  'lambda.noAddress':
    '{resource} could not start an environment: the subnet has no free address. The call fails with 502 SubnetIPAddressLimitReachedException (NET-9, LAM-52). Use a larger subnet.',
  'lambda.eniLimit':
    '{resource} could not start an environment: the account has as many network interfaces as it may have. The call fails with 502 ENILimitReachedException (NET-9, LAM-52). Raise the quota.',
  'lambda.eniThrottled':
    '{resource} could not start an environment: EC2 makes no more network interfaces in this second. The call fails with 502 EC2ThrottledException (NET-9, LAM-52). Try again.',
  'lambda.mountConnectivity':
    '{resource} refused with 408 EFSMountConnectivityException: its environment reached no mount target of the file system within {value} s (LAM-52, LAM-67). Each of its zones needs one whose security group lets the NFS port in.',
  'lambda.mountTimeout':
    '{resource} refused with 408 EFSMountTimeoutException: the file system was reached and did not finish the mount (LAM-52, LAM-67). Try again when it is up.',
  'lambda.mountFailure':
    '{resource} refused with 403 EFSMountFailureException: the file system let it not mount (LAM-52, LAM-67). Allow elasticfilesystem:ClientMount, and check the root directory of the access point.',
  'lambda.fileIo':
    '{resource} ended with 410 EFSIOException: the file system failed while the code read or wrote a file (LAM-52). Try again when it is up.',
  'lambda.timeout':
    '{resource} did not finish within {value} s and was stopped. The caller gets 200 with X-Amz-Function-Error: Unhandled (LAM-3, LAM-53). Its environment pays init again (LAM-23).',
  'lambda.outOfMemory':
    'The process of {resource} needed more memory than the function has and was killed. The caller gets 200 with X-Amz-Function-Error: Unhandled (LAM-1, LAM-53). Raise MemorySize.',
  'lambda.responseTooLarge':
    'The response of {resource} is too large. The caller gets 200 with X-Amz-Function-Error: Unhandled (LAM-9, LAM-53). Stream it, or hand over a link to it.',
  'lambda.initFailed':
    'The init phase of {resource} fails, so that every call does. The caller gets 200 with X-Amz-Function-Error: Unhandled (LAM-20, LAM-53). Correct what the code loads.',
  'lambda.failedWith': 'The invocation ended with an error. Its type is in the log (LAM-53).',
  'lambda.caught': 'The handler caught the failure of message {value} and reports it in batchItemFailures (SQS-ESM-7).',
  'lambda.log': '{resource} wrote a line to its log (LAM-28).',
  'lambda.connected': 'This environment of {resource} had no open connection. Opening one took {value} ms (LAM-21).',
  'lambda.deployed': '{resource} was updated. Environments of the old code end when they are free (LAM-15).',
  'lambda.updating': '{resource} is being updated. Calls run the previous code for {value} s (LAM-15).',
  'lambda.recursion':
    '{resource} was not run again: the event has passed through Lambda {value} times. It would go round for ever: 400 RecursiveInvocationException (LAM-68, LAM-52). Let it write to another queue, topic or bucket than the one that calls it, or set RecursiveLoop to Allow.',
  'lambda.duplicate':
    'The queue of {resource} delivers this event twice. That happens without any error (INV-8). Make the handler idempotent.',
  'lambda.asyncOff':
    'The reserved concurrency of {resource} is 0. The event is given up at once: ZeroReservedConcurrency (INV-7, INV-11).',
  'lambda.toDestination': 'A record of the event goes to {subject} (INV-10).',
  'lambda.undelivered':
    '{subject} did not take the event. The role of {resource} may lack the permission (INV-9, INV-12).',
  'lambda.threw': 'The code of {resource} failed. The caller gets 200 with X-Amz-Function-Error: Unhandled (LAM-53).',
  'lambda.unnamed':
    'A step of {resource} names its instance by the event, and there is no instance of that id (InvalidInstanceID.NotFound). The handler raises an error (LAM-53).',
  'lambda.callFailed':
    '{resource} failed because a call it made failed. The caller gets 200 with X-Amz-Function-Error: Unhandled (LAM-53).',
  'lambda.retry': 'The event will be tried again in {value} s (INV-3).',
  'lambda.backoff': 'No capacity. The event is offered again in {value} s and loses no retry (INV-4).',
  'lambda.expired':
    'The event would be older than its maximum age. It is not tried again: EventAgeExceeded (INV-5, INV-6, INV-11).',
  'lambda.toDeadLetter': 'The event is given up. It goes to the dead-letter queue as it came (INV-9).',
  'lambda.lost':
    'The event is given up, and {resource} has neither a dead-letter queue nor a failure destination. It is lost (INV-9, INV-10). Name one.',
  ...mappingReasons,
} as const
