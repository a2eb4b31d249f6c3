import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { Refusal } from '../services/service'
import { NO_FACE, type FaceData, type FaceSource, type WhySubject } from './types'

/** What a wire being drawn may end at; null while none is. */
export interface Connecting {
  readonly from: string
  readonly verdicts: ReadonlyMap<string, true | Refusal>
}

/** Where a drag would land. */
export interface DropTarget {
  readonly container: string | null
  readonly text: string
  readonly refused: boolean
}

export interface CanvasContextValue {
  readonly faces: FaceSource
  readonly readOnly: boolean
  readonly connecting: Connecting | null
  readonly drop: DropTarget | null
  /** Node whose name is being edited. */
  readonly renaming: string | null
  readonly onRenamed: (id: string, label: string | null) => void
  readonly onWhy: (subject: WhySubject) => void
  readonly onResize: (id: string, rect: { x: number; y: number; w: number; h: number }) => void
}

const NO_SOURCE: FaceSource = { get: () => NO_FACE, subscribe: () => () => undefined }

export const CanvasContext = createContext<CanvasContextValue>({
  faces: NO_SOURCE,
  readOnly: true,
  connecting: null,
  drop: null,
  renaming: null,
  onRenamed: () => undefined,
  onWhy: () => undefined,
  onResize: () => undefined,
})

export function useCanvas(): CanvasContextValue {
  return useContext(CanvasContext)
}

/** Live data of one node; re-renders that node alone. */
export function useFace(id: string): FaceData {
  const { faces } = useCanvas()
  return useSyncExternalStore(
    useCallback((listener: () => void) => faces.subscribe(id, listener), [faces, id]),
    () => faces.get(id),
  )
}
