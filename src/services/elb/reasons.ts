const DOCS = 'docs.aws.amazon.com/elasticloadbalancing/latest/application'
const CAUSES = `${DOCS}/load-balancer-troubleshooting.html`

/** Why a load balancer answered as it did. {subject} is the target group or the target. */
export const reasons = {
  'elb.routed': '{resource} shares its requests by weight. {subject} gets {value} % of them, and this one.',
  'elb.noListener': '{resource} has no listener for this protocol (port {value}). Nothing takes the connection.',
  'elb.noTarget': `{resource} answered 503: no target group to forward to has a registered target (${CAUSES}).`,
  'elb.requestTooLarge':
    '{resource} answered 413 (LambdaRequestTooLarge): the request body has {value} bytes, a Lambda target takes 1 MB (LAM-70).',
  'elb.responseTooLarge':
    '{resource} answered 502 (LambdaResponseTooLarge): {subject} returned {value} bytes. It may return 1 MB (LAM-70).',
  'elb.malformed': `{resource} answered 502 (LambdaInvalidResponse): {subject} returned no object with a whole statusCode, headers and body as text (${DOCS}/lambda-functions.html).`,
  'elb.failed': `{resource} answered 502 (LambdaUnhandled): {subject} ended with an error. Nobody retries but the caller (INV-1, ${CAUSES}).`,
  'elb.timeout': `{resource} answered 502: {subject} was stopped at its own timeout. A load balancer waits for a function as long as it may run (LAM-70, ${CAUSES}).`,
  'elb.throttled': `{resource} answered 502 (LambdaThrottling): {subject} was throttled. The client never sees 429 (INV-1, ${CAUSES}).`,
  'elb.denied': '{resource} answered 502 (LambdaAccessDenied): it may not invoke {subject} (LAM-65).',
  'elb.unavailable': '{resource} answered 502 (LambdaServiceException): Lambda did not run {subject}.',
} as const
