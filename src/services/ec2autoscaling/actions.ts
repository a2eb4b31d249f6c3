import type { Actions } from '../service'

/** Nobody calls a group; its workers call. */
export const actions: Actions = {}
