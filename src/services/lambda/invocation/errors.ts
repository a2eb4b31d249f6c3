import type { Json, JsonObject } from '../../../model/scenario'

/** Types of the errors an invocation ends with (LAM-53), and what the model adds for calls that fail. */
export const ERROR = {
  handler: 'Error',
  timeout: 'Sandbox.Timedout',
  memory: 'Runtime.OutOfMemory',
  exit: 'Runtime.ExitError',
  import: 'Runtime.ImportModuleError',
  noSpace: 'OSError',
  noFile: 'FileNotFoundError',
  denied: 'AccessDeniedException',
  throttled: 'TooManyRequestsException',
  call: 'DownstreamError',
} as const

/** What a write to a file system ends with that the role may not write to; only functions that use one may name it. */
export const FORBIDDEN = 'PermissionError'

/** A response beyond the limit (LAM-9); only functions that say how large theirs is may name it. */
export const TOO_LARGE = 'Function.ResponseSizeTooLarge'

const BASIC: readonly string[] = Object.values(ERROR)

const stepsOf = (behavior: JsonObject): JsonObject[] => (behavior['steps'] as JsonObject[] | undefined) ?? []
const typeOf = (fail: Json | undefined): string | null => {
  const type = (fail as JsonObject | undefined)?.['type']
  return typeof type === 'string' ? type : null
}

const usesMount = (behavior: JsonObject): boolean =>
  stepsOf(behavior).some(({ write, read }) => String(write ?? read).startsWith('/mnt/'))

const answersAtLength = (behavior: JsonObject): boolean => typeof behavior['responseSize'] === 'number'

/** Every error type a function may name: those of Lambda, then its own. A row says a type by its place in this list. */
export function errorTypes(behavior: JsonObject): string[] {
  const own = stepsOf(behavior).flatMap((step) => typeOf(step['fail']) ?? [])
  const init = behavior['initFails']
  const more = [...(usesMount(behavior) ? [FORBIDDEN] : []), ...(answersAtLength(behavior) ? [TOO_LARGE] : [])]
  return [...new Set([...BASIC, ...own, ...(typeof init === 'string' ? [init] : []), ...more])]
}

/** Those of them that its code can really end with. */
export function possibleErrors(behavior: JsonObject): string[] {
  const steps = stepsOf(behavior)
  const has = (key: string): boolean => steps.some((step) => step[key] !== undefined)
  const fails = steps.flatMap((step) => (step['fail'] === undefined ? [] : [step['fail'] as JsonObject]))
  const found = new Set<string>([ERROR.timeout, ERROR.memory])
  if (behavior['errors'] !== undefined || fails.some((it) => it['type'] === undefined && it['crash'] !== true))
    found.add(ERROR.handler)
  if (fails.some((it) => it['crash'] === true && it['type'] === undefined)) found.add(ERROR.exit)
  for (const it of fails) if (typeOf(it) !== null) found.add(typeOf(it)!)
  if (has('write')) found.add(ERROR.noSpace)
  if (has('read')) found.add(ERROR.noFile)
  if (usesMount(behavior)) found.add(FORBIDDEN)
  if (answersAtLength(behavior)) found.add(TOO_LARGE)
  if (has('call')) for (const type of [ERROR.denied, ERROR.throttled, ERROR.call]) found.add(type)
  if (((behavior['imports'] as Json[] | undefined) ?? []).length > 0) found.add(ERROR.import)
  if (typeof behavior['initFails'] === 'string') found.add(behavior['initFails'])
  return errorTypes(behavior).filter((type) => found.has(type))
}

/** errorMessage of an invocation that ended with `type`. `timeout` in seconds; `said`: the message of the step that failed. */
export function errorMessage(type: string, timeout: number, said: string | null): string {
  if (said !== null) return said
  if (type === ERROR.timeout) return `Task timed out after ${timeout.toFixed(2)} seconds`
  if (type === ERROR.memory) return 'Runtime exited with error: signal: killed'
  if (type === ERROR.exit) return 'Runtime exited with error: exit status 1'
  if (type === ERROR.noSpace) return '[Errno 28] No space left on device'
  if (type === TOO_LARGE) return 'Response payload size exceeded maximum allowed payload size (6291556 bytes).'
  if (type === FORBIDDEN) return '[Errno 13] Permission denied'
  if (type === ERROR.noFile) return '[Errno 2] No such file or directory'
  if (type === ERROR.throttled) return 'Rate Exceeded.'
  return `${type} raised by the handler`
}
