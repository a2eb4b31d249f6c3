/** State of a message, side by side. Written whole when it is stored. */
export const MESSAGE_INTS = 14
/** Row of its queue; -1 for what is gone. */
export const QUEUE_OF = 0
export const PAYLOAD_OF = 1
export const TRACE_OF = 2
export const RECEIVES_OF = 3
/** Where it comes from (`pastOf` of parcel.ts). */
export const PAST_OF = 4
/** DELAYED, VISIBLE or IN_FLIGHT of queue-row.ts; NOWHERE before and after. */
export const PLACE = 5
/** Neighbours among the visible ones of a standard queue, or in its message group. */
export const NEXT = 6
export const PREVIOUS = 7
/** Neighbours by age, and 1 while it is in that list. */
export const NEWER = 8
export const OLDER = 9
export const AGED = 10
/** Row of its message group, -1 in a standard queue. */
export const GROUP = 11
/** Row of the queue it was dead-lettered from, -1 for none. */
export const SOURCE = 12
/** 0; COPY_LEFT once a delete missed a copy, until that is visible again; then COPY_SEEN (SQS-3). */
export const COPY = 13
export const COPY_LEFT = 1
export const COPY_SEEN = 2

export const NOWHERE = -1

export const MESSAGE_DOUBLES = 2
/** When it was sent (µs): a standard dead-letter queue counts on from there (SQS-5). */
export const SENT_AT = 0
/** When it came into this queue (µs). */
export const STORED_AT = 1
