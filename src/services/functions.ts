/** What views and the drawing know of Lambda functions. */
export { accountConcurrency } from './lambda/account-fact'
export { errorMessage, errorTypes } from './lambda/invocation/errors'
export { runtimeStatus } from './lambda/runtimes'
export { STATE_REASONS, stateReasonCode, type StateReasonCode } from './lambda/states/state-reasons'
export { publishedPart, runningVersions, type RunningVersion } from './lambda/versions/versions'
