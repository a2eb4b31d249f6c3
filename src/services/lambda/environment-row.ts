/**
 * What the functions' part of a run knows about one environment, side by side: an invocation touches nearly all of it, and so finds it in one
 * or two cache lines. Written when an environment is created.
 */
export const INTS = 10
/** Function it belongs to. */
export const FN = 0
/** Work it does: a request of `calls`, or -1. */
export const REQUEST = 1
/** Or an asynchronous event, or -1. */
export const EVENT = 2
/** 1: the present invocation is its first. */
export const COLD = 3
/** 1: it was reset after a crash, and init runs again inside the next invocation (LAM-23). */
export const RESET = 4
/** Its place in order of creation (NewestFirst). */
export const PLACE = 5
/** Step of the Behavior it is at, and calls of that step that are left to make. */
export const STEP = 6
export const LEFT = 7
/** Request it waits for, or -1. */
export const PENDING = 8
/** Agenda slot of its timeout, or -1. */
export const TIMER = 9

export const DOUBLES = 4
/** Length of its init phase (µs). */
export const INIT_TOOK = 0
/** µs it waits for its network before provisioning. */
export const WAIT = 1
/** When the present invocation began (µs). */
export const STARTED = 2
