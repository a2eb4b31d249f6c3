/** What is known of one lane, side by side: its reader, which lane of it, and what it holds. */
export const LANE_INTS = 11
export const READER_OF = 0
/** Records not yet done, as a parcel or -1, and the first of them that is not. */
export const HELD = 1
export const FROM = 2
/** Records of the batch that is worked on, 0 without one; how often it was invoked, and how many retries that took. */
export const SIZE = 3
export const INVOKES = 4
export const RETRIES = 5
/** Batches that a split left for later, last first, as a parcel of pairs size and invokes, or -1. */
export const PIECES = 6
/** Parcel of the invocation under way, or -1. */
export const SENT = 7
/** Records that a reported failure left behind as done. */
export const PROGRESS = 8
/** Why it is discarded: a `Condition`. */
export const CONDITION = 9
/** Bits below. */
export const FLAGS = 10

/** The last failure was reported by the handler, not thrown. */
export const REPORTED = 1
/** The invocation is the last one of its tumbling window. */
export const FINAL = 2
/** An earlier invocation of the window returned a state. */
export const STATE = 4
/** The state grew over its limit. */
export const CUT = 8

/** Times in µs: since when records wait for their batch, the last wait, when the tumbling window began (-1 without one). */
export const LANE_DOUBLES = 3
export const SINCE = 0
export const WAIT = 1
export const WINDOW_FROM = 2

/** What is known of one reader: a shard as one mapping sees it. Its lanes lie side by side. */
export const READER_INTS = 6
export const MAPPING_OF = 0
/** Number of the shard over the whole service, and within its stream. */
export const SHARD = 1
export const OWN_SHARD = 2
/** Request under way, or -1; agenda slot of the next poll, or -1. */
export const REQUEST = 3
export const POLLING = 4
export const FIRST_LANE = 5
/** Sequence number it reads next; when it polled last, and since when (µs). */
export const READER_DOUBLES = 3
export const NEXT = 0
export const POLLED_AT = 1
export const OPENED_AT = 2

/** Why records are discarded. */
export const EXHAUSTED = 0
export const TOO_OLD = 1
export const EXPIRED = 2
