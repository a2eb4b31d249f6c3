import { createTokenSource } from '../state/run/tokens'
import type { RunStore } from '../state/run/runStore'
import type { Player } from '../player/player'
import { edgeFinder, pushToken, type TokenSource } from '../canvas'
import { Token } from '../model/recording'
import type { Drawing } from '../drawing'

/** Calls of a mapping that only read or tidy up: its pollers are drawn as the wire itself, so these do not travel on it. */
const UNSEEN = new Set(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'])

/** Tokens of the run on the wires of the drawing. A wire of a resource that is itself drawn as an edge is that edge. */
export function tokensOf(run: RunStore, player: Player, drawing: () => Drawing): TokenSource {
  const source = createTokenSource(run)
  let known: Drawing | null = null
  let wires = -1
  let edges = new Int32Array(0)

  const edgesOf = (): Int32Array => {
    const now = drawing()
    if (now === known && run.wires.length === wires) return edges
    known = now
    wires = run.wires.length
    const find = edgeFinder(now)
    edges = Int32Array.from(run.wires, ({ from, to, action }) => {
      if (UNSEEN.has(action)) return -1
      const direct = find(from, to, action)
      if (direct >= 0) return direct
      return now.edges.findIndex(
        ({ connection }) =>
          connection !== null &&
          ((connection.resource === from && connection.to === to) || (connection.from === from && connection.to === to)),
      )
    })
    return edges
  }

  return {
    sample(out) {
      out.length = 0
      const map = edgesOf()
      const frame = source.frame(player.playhead.get(), Math.max(player.playhead.pace().pace, 1e-3))
      for (let i = 0; i < frame.length; i++) {
        const edge = map[frame.wire[i]!] ?? -1
        if (edge < 0) continue
        const arrived = frame.arrived[i]!
        const fraction = arrived > 0 ? 1 + arrived : frame.fraction[i]!
        if (!pushToken(out, edge, fraction, frame.token[i] as Token, frame.count[i]!, frame.row[i]!)) return
      }
    },
    subscribe(listener) {
      const stops = [player.playhead.subscribe(listener), run.subscribe(listener)]
      return () => stops.forEach((stop) => stop())
    },
  }
}
