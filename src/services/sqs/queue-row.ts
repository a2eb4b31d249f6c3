/** State of a queue, side by side: what one call touches lies in a few cache lines. */
export const QUEUE_INTS = 27
/** Index of the resource in the recording. */
export const RESOURCE = 0
/** Row of the dead-letter queue, -1 for none, and the receives it takes to get there. */
export const DEAD_LETTER = 1
export const MOST_RECEIVES = 2
/** How many messages are where (`PLACE` of a message), and what the levels said last. */
export const DELAYED = 3
export const VISIBLE = 4
export const IN_FLIGHT = 5
export const SHOWN_DELAYED = 6
export const SHOWN_VISIBLE = 7
export const SHOWN_IN_FLIGHT = 8
/** Visible messages of a standard queue, first to be received first. */
export const FIRST = 9
export const LAST = 10
/** Stored messages by age. */
export const OLDEST = 11
export const NEWEST = 12
/** Requests that wait for a message. */
export const FIRST_WAITING = 13
export const LAST_WAITING = 14
/** 1 while the queue is settled at the end of this instant. */
export const TOUCHED = 15
/** 1: order is kept within message groups (SQS-4). */
export const FIFO = 16
/** Groups whose next message can be received, longest ready first, and how many they are. */
export const FIRST_READY = 17
export const LAST_READY = 18
export const READY_COUNT = 19
/** Groups that have messages in flight, and what the metric said last. */
export const BUSY_GROUPS = 20
export const SHOWN_GROUPS = 21
/** 1: the content stands for a missing deduplication id. */
export const CONTENT_BASED = 22
/** 1: deduplication looks at the message group only. */
export const PER_GROUP = 23
/** Characters a message may have. */
export const MOST_BYTES = 24
/** 1 while a move task runs. */
export const MOVING = 25
/** Row of the queue a move task brings messages to, -1: to where they came from. */
export const MOVE_TO = 26

/** Durations in µs. */
export const QUEUE_DOUBLES = 12
export const HIDE_FOR = 0
export const RETENTION = 1
export const DELAY = 2
/** How long a receive waits for a message. */
export const WAIT = 3
/** When the age was measured last. */
export const AGED_AT = 4
/** Billed requests. */
export const REQUESTS = 5
/** When the oldest message was sent, as the level said last; 0 before the first. */
export const SHOWN_OLDEST = 6
/** Between two messages of a move task. */
export const MOVE_GAP = 7
/** Between two calls of a kind that a FIFO queue takes (SQS-4); 0: as many as come. */
export const CALL_GAP = 8
/** When the calls taken so far would be over at that pace: sends, receives, deletes. */
export const SENDS_UNTIL = 9
export const RECEIVES_UNTIL = 10
export const DELETES_UNTIL = 11
