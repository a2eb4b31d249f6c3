import { announce } from '../ui/announce'
import { toast } from '../ui/toast'
import type { Told } from './types'

/** Says what an edit wrote, or why it was refused. `quietly`: announced, but no toast for what is plain to see. */
export function tell(told: Told, quietly = false): void {
  if (told === undefined) return
  if ('refused' in told) toast.show({ id: 'canvas', title: told.refused, kind: 'warning' })
  else if (told.said === '') return
  else if (quietly) announce(told.said)
  else toast.show({ id: 'canvas', title: told.said, kind: 'ok' })
}
