/** How a state is drawn: visual.md 5. */
export type SlotState =
  'pending' | 'cold' | 'init' | 'restore' | 'busy' | 'idle' | 'reset' | 'reclaimed' | 'throttled' | 'error'

const BY_LEAF: { readonly [leaf: string]: SlotState } = {
  provisioning: 'cold',
  mounting: 'cold',
  init: 'init',
  restoring: 'restore',
  reset: 'reset',
  shutdown: 'reclaimed',
  busy: 'busy',
  running: 'busy',
  inuse: 'busy',
  idle: 'idle',
  active: 'idle',
  ready: 'idle',
  available: 'idle',
  pending: 'pending',
  inprogress: 'pending',
  requested: 'pending',
  allocating: 'pending',
  none: 'reclaimed',
  creating: 'pending',
  stopping: 'reclaimed',
  stopped: 'reclaimed',
  'shutting-down': 'reclaimed',
  starting: 'pending',
  completed: 'reclaimed',
  cancelled: 'reclaimed',
  alarm: 'error',
  deleting: 'reclaimed',
  reclaimed: 'reclaimed',
  deleted: 'reclaimed',
  gone: 'reclaimed',
  closed: 'reclaimed',
  removed: 'reclaimed',
  retired: 'reclaimed',
  terminated: 'reclaimed',
  retrying: 'busy',
  blocked: 'error',
  denied: 'error',
  invoking: 'busy',
  holding: 'pending',
  failed: 'error',
  error: 'error',
  throttled: 'throttled',
}

/** Look of a state by the last part of its path; unknown states look warm and waiting. */
export function slotStateOf(state: string): SlotState {
  return BY_LEAF[state.slice(state.lastIndexOf('.') + 1).toLowerCase()] ?? 'idle'
}

const GONE = new Set(['reclaimed', 'deleted', 'gone', 'closed', 'removed', 'terminated', 'retired'])

/** Whether an entity that entered this state is over and leaves the picture. */
export function isGone(state: string): boolean {
  return GONE.has(state.slice(state.lastIndexOf('.') + 1).toLowerCase())
}

/** What stands as slots on a face: environments of functions, instances of groups. */
export const isSlot = (machine: string): boolean => isEnvironment(machine) || machine === 'worker'
export const isEnvironment = (machine: string): boolean => machine === 'environment'
/** Environments of provisioned concurrency are called p1, p2, ...; those made on demand e1, e2, ... */
export const isProvisioned = (label: string): boolean => /^p\d/.test(label)
export const isEni = (machine: string): boolean => /(^|[^a-z])eni|networkinterface/i.test(machine)

const WORDS: { readonly [state in SlotState]: string } = {
  pending: 'pending',
  cold: 'provisioning',
  init: 'init',
  restore: 'restore',
  busy: 'invoke',
  idle: 'idle',
  reset: 'reset',
  reclaimed: 'gone',
  throttled: 'refused',
  error: 'error',
}

/** The one word for a look, on the canvas and in the timeline: AWS's name of the phase (LAM-20), for a frozen environment that it is idle. */
export const slotWord = (state: SlotState): string => WORDS[state]
