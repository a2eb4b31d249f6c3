/** Where things are on the page. */

export function find(root: HTMLElement | null, what: 'node' | 'edge', id: string): HTMLElement | null {
  return root?.querySelector<HTMLElement>(`.react-flow__${what}[data-id="${CSS.escape(id)}"]`) ?? null
}

export function isInView(element: HTMLElement, root: HTMLElement | null): boolean {
  const box = element.getBoundingClientRect()
  const view = root?.getBoundingClientRect()
  return (
    view !== undefined &&
    box.left >= view.left &&
    box.right <= view.right &&
    box.top >= view.top &&
    box.bottom <= view.bottom
  )
}
