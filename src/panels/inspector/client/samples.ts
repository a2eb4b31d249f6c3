import type { Sample } from '../../../events/samples'
import type { Json, JsonObject } from '../../../model/scenario'

const PUT = 'events:PutEvents'
/** What whoever puts an event says of it; the bus adds the rest. */
const SAID = ['source', 'detail-type', 'resources', 'detail']

/** The body a client sends for a sample to arrive: to a bus only what PutEvents takes. */
export function bodyOf({ event }: Pick<Sample, 'event'>, call: Json | undefined): JsonObject {
  if (call !== PUT) return event
  return Object.fromEntries(SAID.flatMap((name) => (event[name] === undefined ? [] : [[name, event[name]]])))
}

/** Samples a client of this call may send: to a bus only events. Those nobody but AWS may send come last. */
export function samplesFor(samples: readonly Sample[], call: Json | undefined): readonly Sample[] {
  if (call !== PUT) return samples
  const ofAws = ({ source }: Sample): number => (source!.startsWith('aws.') ? 1 : 0)
  return samples.filter(({ source }) => source !== undefined).toSorted((a, b) => ofAws(a) - ofAws(b))
}
