import type { Json, JsonObject, LogicalId, Scenario } from '../../model/scenario'
import { object, properties, ref } from '../../network/read'
import { typeOf } from '../edit'
import { invokedFunction } from '../invitations'

/** What a load balancer makes of the JSON a handler returned. */
export interface Reading {
  /** HTTP status; 0: it is no response (LambdaInvalidResponse). */
  readonly status: number
  /** Size of the JSON. */
  readonly bytes: number
}

/**
 * What the handler behind a target returns: of a version as it was published, of an alias that of the first version it points to; null
 * when its Behavior does not say.
 */
export function responseOf(target: LogicalId, scenario: Scenario): Json {
  const own = object(scenario.resources[invokedFunction(target, scenario)]?.Behavior)
  const first = properties(scenario.resources[target]!)['FunctionVersion']
  const version = typeOf(target, scenario) === 'AWS::Lambda::Alias' ? ref(first) : target
  const published = object(object(object(scenario.resources[version ?? '']?.Behavior)['snapshot'])['Behavior'])
  return published['response'] ?? own['response'] ?? null
}

const known = new WeakMap<object, Reading>()

/**
 * A response is an object with a whole statusCode; headers are texts, and a body is a text.
 * docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#respond-to-load-balancer
 */
export function readResponse(response: Json): Reading {
  if (typeof response !== 'object' || response === null) return { status: 0, bytes: bytesOf(JSON.stringify(response)) }
  let reading = known.get(response)
  if (reading === undefined) {
    reading = { status: Array.isArray(response) ? 0 : statusOf(response), bytes: bytesOf(JSON.stringify(response)) }
    known.set(response, reading)
  }
  return reading
}

function statusOf({ statusCode: status, headers = null, body = null }: JsonObject): number {
  const isText = (value: Json): boolean => typeof value === 'string'
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) return 0
  if (body !== null && !isText(body)) return 0
  return headers === null || Object.values(object(headers)).every(isText) ? status : 0
}

/** Length in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0)!
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}
