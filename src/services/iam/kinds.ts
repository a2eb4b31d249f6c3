import type { Kind } from '../service'
import { executionRole, ROLE, usersOf } from '../roles'

export const kinds: { readonly [type: string]: Kind } = {
  [ROLE]: {
    label: 'Role',
    category: 'access',
    drawn: 'attachment',
    glyph: 'role',
    summary: 'What a function is allowed to do. Shown on the functions that use it.',
    palette: false,
    create: (id) => ({ [id]: executionRole() }),
    // a role shared by several functions outlives each of them
    owners(resource, scenario) {
      const id = Object.keys(scenario.resources).find((key) => scenario.resources[key] === resource)
      const users = id === undefined ? [] : usersOf(id, scenario)
      return users.length === 1 ? users : []
    },
  },
}
