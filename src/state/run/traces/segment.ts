/** What a segment of a trace is about; decides how its bar looks. */
export type SegmentLook = 'client' | 'service' | 'call' | 'cold' | 'init' | 'busy' | 'wait' | 'hidden' | 'overhead'

/** A piece of work within a trace: a segment of its own, or a subsegment of the one above it (OBS-9, OBS-10). Times in µs. */
export interface Segment {
  readonly index: number
  /** Index of what it is part of, or was called by; -1 for none. */
  readonly parent: number
  readonly depth: number
  readonly own: boolean
  /** `Worker`, `Initialization`. */
  readonly name: string
  /** `AWS::Lambda`, `AWS::Lambda::Function`, a resource type, or an action such as `dynamodb:PutItem`. */
  readonly origin: string
  readonly look: SegmentLook
  /** Resource it is about. */
  readonly resource: string
  /** Environment that worked, -1 for none. */
  readonly entity: number
  readonly start: number
  /** null: not over when the run ends. */
  readonly end: number | null
  /** Row that tells why it is there. */
  readonly row: number
  readonly error: boolean
  readonly fault: boolean
  readonly throttle: boolean
  /** HTTP status of the answer; null where there is none. */
  readonly status: number | null
  /** What the table adds in a word or two: `cold start`, `attempt 2`, `batch of 10`. */
  readonly notes: readonly string[]
  readonly requestId: string | null
  readonly exception: { readonly type: string; readonly message: string } | null
  /** 16 hex digits. */
  readonly id: string
}

export interface TraceTree {
  readonly trace: number
  /** `1-673d2480-...` */
  readonly id: string
  readonly start: number
  /** End of the last segment that is over; at least `start`. */
  readonly end: number
  /** In the order of a waterfall: every segment before what it holds. */
  readonly segments: readonly Segment[]
  /** Rows of the trace that were left out because there are too many. */
  readonly left: number
}

/** Outcome of a segment in a word; null when nothing went wrong. */
export function outcomeOf({ throttle, fault, error, end, status }: Segment): string | null {
  if (throttle) return 'throttled'
  if (status === 403) return 'denied'
  if (fault) return 'fault'
  if (error) return 'error'
  return end === null ? 'not over' : null
}
