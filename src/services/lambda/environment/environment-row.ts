/**
 * What the functions' part of a run knows about one environment, side by side: an invocation touches nearly all of it, and so finds it in one
 * or two cache lines. Written when an environment is created.
 */
export const INTS = 16
/** Code and configuration it runs: place in the list of configurations. */
export const CONFIG = 0
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
/** Message of the batch that is being handled, in a loop over them; else -1. */
export const MESSAGE = 7
/** Request it waits for, or -1. */
export const PENDING = 8
/** Agenda slot of its timeout, or -1. */
export const TIMER = 9
/** Where it is kept when idle: by version on demand, then by provisioned pool. */
export const POOL = 10
/** 1: it ends when the present invocation is over, because its code was replaced or it is too old. */
export const RETIRE = 11
/** Resource that was called: function, version or alias. */
export const CALLEE = 12
/** Parcel of the messages its handler caught the failure of, as id + 1; 0 for none. */
export const FAILED = 13
/** Its number in its pool, for its name. */
export const NUMBER = 14
/** Functions the event has passed through, this one included (LAM-68). */
export const PASSED = 15

export const DOUBLES = 4
/** Length of its init phase, 0 when it ran into its limit (µs). */
export const INIT_TOOK = 0
/** µs it waits for its network before provisioning. */
export const WAIT = 1
/** When the present invocation began (µs). */
export const STARTED = 2
/** When it was created (µs). */
export const BORN = 3
