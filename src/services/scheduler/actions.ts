import type { Actions } from '../service'

/** A schedule only calls. */
export const actions: Actions = {}
