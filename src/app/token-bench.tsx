import { useEffect, useMemo, useState } from 'react'
import {
  Canvas,
  pushToken,
  type CanvasProps,
  type DrawingCommands,
  type FaceData,
  type FaceSource,
  type TokenSource,
} from '../canvas'
import { drawing, PLAIN_NETWORK_VIEW } from '../drawing'
import type { Resource, Scenario } from '../model/scenario'
import { TOKEN_NAMES, type Token } from '../model/recording'
import { REGISTRY } from './registry'

declare global {
  interface Window {
    /** `npm run bench:ui` drives this: a canvas of so many nodes, then so many moving events. */
    __coldstartBench?: { prepare(nodes: number): Promise<void>; move(events: number): void }
  }
}

const NOTHING: DrawingCommands & Pick<CanvasProps, 'onSelect' | 'onOpen' | 'onOpenReason'> = {
  onSelect: () => {},
  onOpen: () => {},
  onOpenReason: () => {},
  onAdd: () => {},
  onMove: () => {},
  onResize: () => {},
  onExtent: () => {},
  canConnect: () => ({ refused: 'A bench is not edited.' }),
  onConnect: () => {},
  onRemove: () => {},
  onRename: () => {},
  onDuplicate: () => {},
  onCopy: () => null,
  onPaste: () => {},
  previewDrop: () => ({ refused: 'A bench is not edited.' }),
  canNest: () => false,
}

const NO_FACE: FaceData = { levels: {}, badges: [] }
/** The same face each time: React asks again while it gets another one. */
const BLANK: FaceSource = { get: () => NO_FACE, subscribe: () => () => {} }

/** A grid of clients, queues and functions, wired in rows. */
function grid(nodes: number): Scenario {
  const resources: { [id: string]: Resource } = {}
  const layout: { [id: string]: { x: number; y: number } } = {}
  for (let i = 0; i < nodes; i++) {
    const row = Math.floor(i / 15)
    const place = i % 15
    const next = `N${i + 1}`
    const last = place === 14 || i === nodes - 1
    layout[`N${i}`] = { x: place * 300, y: row * 200 }
    if (place === 0) resources[`N${i}`] = { Type: 'Coldstart::Client', Behavior: { call: 'lambda:Invoke', to: next } }
    else {
      resources[`N${i}`] = {
        Type: 'AWS::Lambda::Function',
        Behavior: last ? { steps: [] } : { steps: [{ call: 'lambda:Invoke', to: next }] },
      }
    }
  }
  return { coldstart: 1, name: 'Bench', profile: 'teaching', seed: 1, duration: 1, resources, layout }
}

/** `?bench=tokens`: the canvas alone, with events that move by the frame, for measuring frame rates. */
export default function TokenBench() {
  const [nodes, setNodes] = useState(0)
  const picture = useMemo(() => drawing(grid(nodes), REGISTRY, PLAIN_NETWORK_VIEW), [nodes])
  const moving = useMemo(() => {
    const moving = { events: 0 }
    const listeners = new Set<() => void>()
    const frame = (): void => {
      if (moving.events > 0) for (const listener of listeners) listener()
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    const source: TokenSource = {
      sample(out) {
        out.length = 0
        const wires = picture.edges.length
        if (wires === 0) return
        const now = performance.now() / 1_400
        for (let i = 0; i < moving.events; i++) {
          pushToken(out, i % wires, (now + i * 0.618) % 1, (i % TOKEN_NAMES.length) as Token, 1, i)
        }
      },
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    return { source, move: (count: number) => void (moving.events = count) }
  }, [picture])
  useEffect(() => {
    window.__coldstartBench = {
      prepare: (count) => {
        setNodes(count)
        return new Promise((resolve) => {
          setTimeout(resolve, 1_500)
        })
      },
      move: moving.move,
    }
  }, [moving])
  return (
    <div style={{ height: '100dvh' }}>
      <Canvas drawing={picture} selection={new Set()} faces={BLANK} tokens={moving.source} readOnly {...NOTHING} />
    </div>
  )
}
