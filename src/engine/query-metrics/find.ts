import { isObject } from '../../model/json'
import type { Json, LogicalId, Scenario } from '../../model/scenario'

export const idsOfType = (scenario: Scenario, type: string): LogicalId[] =>
  Object.keys(scenario.resources).filter((id) => scenario.resources[id]!.Type === type)

/** JSON inside a text, the text itself when it is none. */
function opened(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return value
  }
}

function walk(value: Json, path: string): Json | undefined {
  let found: Json | undefined = value
  for (const part of path.split('.')) {
    const here: Json | undefined = found === undefined ? undefined : opened(found)
    if (Array.isArray(here)) found = here[Number(part)]
    else found = isObject(here) && Object.hasOwn(here, part) ? here[part] : undefined
    if (found === undefined) return undefined
  }
  return found
}

/** Value at a dotted path (`requestContext.condition`), in a message also below its body. Names with dots in them win over paths. */
export function valueAt(content: Json, path: string): Json | undefined {
  if (!isObject(content)) return walk(content, path)
  // the body of a message that is plain text stands beside it
  const message = Object.hasOwn(content, 'receives') && Object.hasOwn(content, 'trace')
  const body = (message ? content['text'] : undefined) ?? content['body']
  if (path === 'body') return body
  if (Object.hasOwn(content, path)) return content[path]
  const own = walk(content, path.startsWith('body.') ? path.slice('body.'.length) : path)
  return own !== undefined || body === undefined ? own : walk(body, path.replace(/^body\./, ''))
}

/** Whether a value is what `where` asks for: equal, one of a list, or absent for null. Numbers and their text are equal. */
export function isAsked(value: Json | undefined, asked: Json): boolean {
  if (Array.isArray(asked)) return asked.some((one) => isAsked(value, one))
  if (asked === null) return value === undefined || value === null
  if (value === undefined || value === null) return false
  if (typeof value === 'object' || typeof asked === 'object') return JSON.stringify(value) === JSON.stringify(asked)
  return String(value) === String(asked)
}
