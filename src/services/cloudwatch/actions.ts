import type { Actions } from '../service'

/** Nobody calls an alarm. */
export const actions: Actions = {}
