import { createTokenSource } from '../state/run/tokens'
import type { RunStore } from '../state/run/runStore'
import type { Player } from '../player/player'
import { edgeFinder, pushToken, type TokenSource } from '../canvas'
import { Token } from '../model/recording'
import type { Drawing } from '../drawing'

/** Calls of a mapping that only read or tidy up: its pollers are drawn as the wire itself, so these do not travel on it. */
const UNSEEN = new Set(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'])

/**
 * Where on its wire a token stands: 0..1 along the wire, above 1 resting after arrival, -1 nowhere. An answer runs back to the caller.
 * A refusal is seen where it happened, before the port that was not entered, for as long as it would have taken to run back.
 */
function placeOf(token: Token, travelled: number, arrived: number): number {
  if (token === Token.response) return arrived > 0 ? -1 : 1 - travelled
  if (token === Token.throttled || token === Token.error) return arrived > 0 ? 1 + arrived : 1.001
  return arrived > 0 ? 1 + arrived : travelled
}

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
          ((connection.resource === from && connection.to === to) ||
            (connection.from === from && connection.to === to)),
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
        const token = frame.token[i] as Token
        const fraction = placeOf(token, frame.fraction[i]!, frame.arrived[i]!)
        if (fraction < 0) continue
        const last = out.length - 1
        if (
          last >= 0 &&
          out.edge[last] === edge &&
          out.shape[last] === token &&
          out.fraction[last] === fraction &&
          token !== Token.batch
        ) {
          out.count[last] = out.count[last]! + frame.count[i]!
        } else if (!pushToken(out, edge, fraction, token, frame.count[i]!, frame.row[i]!)) return
      }
    },
    subscribe(listener) {
      const stops = [player.playhead.subscribe(listener), run.subscribe(listener)]
      return () => stops.forEach((stop) => stop())
    },
  }
}
