/** Drag from the palette. While dragging, browsers hide the data, so the type is also remembered here for the preview. */
import type { DragEvent } from 'react'

export const DRAG_MIME = 'application/x-coldstart-type'
let dragged: string | null = null

/** For `onDragStart` of a palette entry. */
export function startTypeDrag(event: DragEvent, type: string): void {
  dragged = type
  event.dataTransfer.setData(DRAG_MIME, type)
  event.dataTransfer.effectAllowed = 'copy'
}

/** For `onDragEnd` of a palette entry. */
export function endTypeDrag(): void {
  dragged = null
}

export function draggedType(): string | null {
  return dragged
}
