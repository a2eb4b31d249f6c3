import type { JsonObject } from '../../model/scenario'

/** What PutEvents fills in when a body leaves it out; a body with none of the three is taken for the detail. */
const SOURCE = 'coldstart'
const DETAIL_TYPE = 'Event'

/** The event as rules see it (EB-4): the body itself when it names source, detail-type and detail. */
export function eventOf(body: JsonObject): JsonObject {
  const known = ['source', 'detail-type', 'detail'].filter((name) => body[name] !== undefined)
  if (known.length === 3) return body
  if (known.length === 0) return { source: SOURCE, 'detail-type': DETAIL_TYPE, detail: body }
  return { source: SOURCE, 'detail-type': DETAIL_TYPE, detail: {}, ...body }
}
