import type { Actions } from '../service'

/** Nobody calls a scaling policy. */
export const actions: Actions = {}
