import type { FinalConnectionState, OnConnectStartParams } from '@xyflow/react'
import { useCallback, useState } from 'react'
import type { Refusal } from '../services/service'
import type { Connecting } from './canvas-context'
import { tell } from './tell'
import type { CanvasProps } from './types'

/** Drawing a wire from a port: every node knows at once whether it may end there, and why not. */
export function useConnect(props: CanvasProps) {
  const [wire, setWire] = useState<(Connecting & { readonly port: string | undefined }) | null>(null)

  const onConnectStart = useCallback(
    (_event: MouseEvent | TouchEvent, { nodeId, handleId }: OnConnectStartParams) => {
      if (nodeId === null) return
      const port = handleId === null || handleId === 'out' ? undefined : handleId
      const verdicts = new Map<string, true | Refusal>()
      for (const node of props.drawing.nodes) {
        if (node.resource === null || node.shape === 'container' || node.id === nodeId) continue
        verdicts.set(node.id, props.canConnect(nodeId, node.id, port))
      }
      setWire({ from: nodeId, port, verdicts })
    },
    [props],
  )

  /** A wire may be dropped anywhere on a node, not only on its port. */
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      setWire(null)
      if (wire === null) return
      const pointer = 'changedTouches' in event ? event.changedTouches[0] : event
      const under = pointer === undefined ? null : document.elementFromPoint(pointer.clientX, pointer.clientY)
      const to = under?.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? state.toNode?.id
      const verdict = to === undefined ? undefined : wire.verdicts.get(to)
      if (to === undefined || verdict === undefined) return
      tell(verdict === true ? props.onConnect(wire.from, to, wire.port) : verdict)
    },
    [props, wire],
  )

  const isValidConnection = useCallback(
    ({ target }: { target: string | null }) => target !== null && wire?.verdicts.get(target) === true,
    [wire],
  )

  return { connecting: wire, onConnectStart, onConnectEnd, isValidConnection, cancel: () => setWire(null) }
}
