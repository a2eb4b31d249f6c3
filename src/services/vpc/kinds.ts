import type { Kind } from '../service'
import { attachments } from './attachments'
import { containers } from './containers'
import { devices } from './devices'
import { remotes } from './remotes'

export const kinds: { readonly [type: string]: Kind } = { ...containers, ...remotes, ...devices, ...attachments }
