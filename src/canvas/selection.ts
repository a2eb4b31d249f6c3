import type { RefObject } from 'react'
import type { CanvasProps } from './types'

type SelectChange = { readonly type: 'select'; readonly id: string; readonly selected: boolean }

/** React Flow reports what changed; the app keeps whole selections. */
export function selectFrom(
  changes: readonly (SelectChange | { readonly type: string })[],
  pending: RefObject<ReadonlySet<string>>,
  onSelect: CanvasProps['onSelect'],
): void {
  const selects = changes.filter((change): change is SelectChange => change.type === 'select')
  if (selects.length === 0) return
  const next = new Set(pending.current)
  for (const change of selects) {
    if (change.selected) next.add(change.id)
    else next.delete(change.id)
  }
  pending.current = next
  onSelect([...next])
}
