import type { Actions, Kind } from './service'

const kindModules = import.meta.glob<{ kinds: { readonly [type: string]: Kind } }>('./*/kinds.ts', { eager: true })
const actionModules = import.meta.glob<{ actions: Actions }>('./*/actions.ts', { eager: true })

const ACTIONS: Actions = Object.assign({}, ...Object.values(actionModules).map(({ actions }) => actions))

/** How resource types appear, by CloudFormation name. For the page, the gate and queries; the worker knows their calls alone. */
export const KINDS: { readonly [type: string]: Kind } = Object.fromEntries(
  Object.values(kindModules).flatMap(({ kinds }) =>
    Object.entries(kinds).map(([type, kind]): [string, Kind] => {
      const actions = ACTIONS[type]
      return [type, actions === undefined ? kind : { ...kind, actions }]
    }),
  ),
)
