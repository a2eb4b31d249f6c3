import type { Kind } from '../service'
import { attachments } from './attachments'
import { containers } from './containers'
import { devices } from './devices'

export const kinds: { readonly [type: string]: Kind } = { ...containers, ...devices, ...attachments }
