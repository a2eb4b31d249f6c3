/** Interfaces of a function as the run has them at an instant. */
import type { HyperplaneEni } from '../../../network'
import { span } from '../../../state/run/clock'
import type { RunQueries } from '../types'

export interface Shown {
  readonly subnet: string
  readonly state: 'active' | 'pending' | 'none'
  /** `active`, `pending 62 s`, `not built`, `no address left`. */
  readonly words: string
  /** `10.0.1.4`, or whose interfaces they are. */
  readonly line: string
  /** What is to be said of sharing. */
  readonly shared: string
}

/** Before 2019 each environment had interfaces of its own, which have no place in the document. */
export const OLD_PROFILE = 'lambda-vpc-2018'

/** The recording names interfaces by address. */
export function shownAt(eni: HyperplaneEni, run: RunQueries, t: number): Shown {
  const { subnet, address, functions } = eni
  const shared = functions.length > 1 ? `shared by ${functions.length}` : ''
  const told = { subnet, line: address ?? 'no address', shared }
  if (address === null) return { ...told, state: 'none', words: 'no address left' }
  const entity = run.entitiesOf(subnet, 'eni', t).find((each) => run.labelOf(each) === address)
  const name = entity === undefined ? null : run.stateName(entity, t)
  if (entity === undefined || name === null) return { ...told, state: 'none', words: 'not built' }
  if (name === 'inUse') return { ...told, state: 'active', words: 'active' }
  if (name !== 'pending') return { ...told, state: 'none', words: name }
  const until = run.stateAt(entity, t)?.until ?? Infinity
  return { ...told, state: 'pending', words: until < Infinity ? `pending ${span(until - t)}` : 'pending' }
}

/** Of the old model: how many stand in the subnet, of all functions. */
export function shownThen({ subnet }: HyperplaneEni, run: RunQueries, t: number): Shown {
  const names = run.entitiesOf(subnet, 'eni', t).map((entity) => run.stateName(entity, t))
  const active = names.filter((name) => name === 'inUse').length
  const pending = names.filter((name) => name === 'pending').length
  const words = [active > 0 && `${active} active`, pending > 0 && `${pending} pending`].filter(Boolean).join(', ')
  const state = active > 0 ? 'active' : pending > 0 ? 'pending' : 'none'
  return { subnet, line: 'one for each environment', shared: '', state, words: words === '' ? 'none yet' : words }
}

/** How many the old model needed for environments of a size at once: peak x memory / 3 GB (NET-9). */
export const interfacesThen = (peak: number, memory: number, share: number): number =>
  share > 0 ? Math.ceil((peak * memory) / share) : 0
