/** What is known of one poller, side by side. Written when it is added. */
export const POLLER_INTS = 7
/** Place of its mapping in the list of mappings. */
export const MAPPING_OF = 0
/** Messages it works on, as a parcel or -1, and how many. */
export const PARCEL = 1
export const SIZE = 2
/** Request of the receive that is under way, or -1. */
export const RECEIVING = 3
/** Messages for the batch after this one, as a parcel or -1. */
export const REST = 4
/** Bytes of the messages it works on. */
export const BYTES = 5
/** Number among all pollers its mapping ever had. */
export const NUMBER = 6

/** What is known of one mapping. */
export const MAPPING_INTS = 6
/** Pollers there are, and should be. */
export const POLLERS = 0
export const WANTED = 1
/** Pollers there ever were. */
export const EVER = 2
/** Agenda slot of the next growth, and of the look whether it is idle; or -1. */
export const GROWING = 3
export const WATCHING = 4
/** Agenda slot of the next look for a backlog while every poller is busy, or -1. */
export const LOOKING = 5

/** Times in µs. */
export const MAPPING_DOUBLES = 3
/** When the function last refused. */
export const THROTTLED_AT = 0
/** When messages last came. */
export const BUSY_AT = 1
/** When provisioned pollers may poll next (SQS-ESM-5). */
export const NEXT_POLL = 2
