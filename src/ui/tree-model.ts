/** One node of a tree as its view needs it. */
export interface TreeNode {
  id: string
  /** What typeahead matches, and what is read out. */
  text: string
  children?: readonly TreeNode[] | undefined
}

export interface TreeRow<Node extends TreeNode> {
  node: Node
  /** 1 for the top. */
  level: number
  /** 1-based among its siblings. */
  position: number
  setSize: number
  parentId: string | undefined
  hasChildren: boolean
  expanded: boolean
}

/** The rows on screen from top to bottom; children of a closed node are left out. */
export function visibleRows<Node extends TreeNode>(
  nodes: readonly Node[],
  isOpen: (id: string) => boolean,
  level = 1,
  parentId?: string,
): TreeRow<Node>[] {
  return nodes.flatMap((node, index) => {
    const children = (node.children ?? []) as readonly Node[]
    const hasChildren = children.length > 0
    const expanded = hasChildren && isOpen(node.id)
    const row = { node, level, position: index + 1, setSize: nodes.length, parentId, hasChildren, expanded }
    return expanded ? [row, ...visibleRows(children, isOpen, level + 1, node.id)] : [row]
  })
}

export type TreeMove =
  { kind: 'focus'; id: string } | { kind: 'open'; ids: string[] } | { kind: 'close'; ids: string[] }

/** What a key does in the WAI-ARIA tree pattern, or nothing. */
export function moveFor(key: string, rows: readonly TreeRow<TreeNode>[], activeId: string): TreeMove | undefined {
  const index = rows.findIndex((row) => row.node.id === activeId)
  const row = rows[index]
  if (!row) return undefined
  const focus = (target: TreeRow<TreeNode> | undefined): TreeMove | undefined =>
    target && { kind: 'focus', id: target.node.id }
  switch (key) {
    case 'ArrowDown':
      return focus(rows[index + 1])
    case 'ArrowUp':
      return focus(rows[index - 1])
    case 'Home':
      return focus(rows[0])
    case 'End':
      return focus(rows.at(-1))
    case 'ArrowRight':
      if (!row.hasChildren) return undefined
      return row.expanded ? focus(rows[index + 1]) : { kind: 'open', ids: [row.node.id] }
    case 'ArrowLeft':
      if (row.expanded) return { kind: 'close', ids: [row.node.id] }
      return row.parentId === undefined ? undefined : { kind: 'focus', id: row.parentId }
    case '*':
      return {
        kind: 'open',
        ids: rows.filter((other) => other.parentId === row.parentId && other.hasChildren).map((other) => other.node.id),
      }
    default:
      return undefined
  }
}

/** The next row whose text starts with what was typed, wrapping; one repeated letter walks through its rows. */
export function typeaheadTarget(
  rows: readonly TreeRow<TreeNode>[],
  activeId: string,
  typed: string,
): string | undefined {
  const needle = typed.toLowerCase()
  const letter = needle.charAt(0)
  const repeated = needle.length > 1 && needle === letter.repeat(needle.length)
  const prefix = repeated ? letter : needle
  const start = Math.max(
    0,
    rows.findIndex((row) => row.node.id === activeId),
  )
  // A first or repeated letter moves on; a longer word may keep the row it already matches.
  const first = prefix.length === 1 ? start + 1 : start
  for (let step = 0; step < rows.length; step += 1) {
    const row = rows[(first + step) % rows.length]
    if (row?.node.text.toLowerCase().startsWith(prefix)) return row.node.id
  }
  return undefined
}
