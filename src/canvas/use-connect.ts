import type { FinalConnectionState, OnConnectStartParams } from '@xyflow/react'
import { useCallback, useState } from 'react'
import type { DrawnNode, Port } from '../drawing'
import type { Refusal } from '../services/service'
import type { Connecting } from './canvas-context'
import type { MenuEntry } from '../ui/menu-entries'
import { tell } from './tell'
import type { CanvasProps } from './types'

/** Asks which of several wires is meant, where the pointer is. */
export type AskWire = (at: { x: number; y: number }, entries: readonly MenuEntry[]) => void

/** What a wire drawn from a port may mean: the port itself, and the ones that share its place. */
function meanings(node: DrawnNode | undefined, port: string | undefined): Port[] {
  const id = port ?? 'out'
  return (node?.ports ?? []).filter((other) => other.id === id || other.beside === id)
}

const idOf = (port: Port): string | undefined => (port.id === 'out' ? undefined : port.id)

/** `Record on success`; a port without a title means a call from the code. */
const titleOf = ({ title = 'call from the code' }: Port): string => title.charAt(0).toUpperCase() + title.slice(1)

/** Drawing a wire from a port: every node knows at once whether it may end there, and why not. */
export function useConnect(props: CanvasProps, ask: AskWire) {
  const [wire, setWire] = useState<(Connecting & { readonly port: string | undefined }) | null>(null)

  const onConnectStart = useCallback(
    (_event: MouseEvent | TouchEvent, { nodeId, handleId }: OnConnectStartParams) => {
      if (nodeId === null) return
      const port = handleId === null || handleId === 'out' ? undefined : handleId
      const verdicts = new Map<string, true | Refusal>()
      const ways = meanings(props.drawing.nodeById.get(nodeId), port)
      for (const node of props.drawing.nodes) {
        if (node.resource === null || node.shape === 'container' || node.id === nodeId) continue
        const some = ways.some((way) => props.canConnect(nodeId, node.id, idOf(way)) === true)
        verdicts.set(node.id, some || props.canConnect(nodeId, node.id, port))
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
      if (verdict !== true) return tell(verdict)
      const { from, port } = wire
      const ways = meanings(props.drawing.nodeById.get(from), port).filter(
        (way) => props.canConnect(from, to, idOf(way)) === true,
      )
      const [only] = ways
      if (only === undefined || ways.length < 2)
        return tell(props.onConnect(from, to, only === undefined ? port : idOf(only)))
      ask(
        { x: pointer?.clientX ?? 0, y: pointer?.clientY ?? 0 },
        ways.map((way) => ({ label: titleOf(way), onSelect: () => tell(props.onConnect(from, to, idOf(way))) })),
      )
    },
    [props, wire, ask],
  )

  const isValidConnection = useCallback(
    ({ target }: { target: string | null }) => target !== null && wire?.verdicts.get(target) === true,
    [wire],
  )

  return { connecting: wire, onConnectStart, onConnectEnd, isValidConnection, cancel: () => setWire(null) }
}
