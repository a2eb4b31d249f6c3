import { createTokenSource } from '../state/run/tokens'
import type { RunStore } from '../state/run/runStore'
import type { Player } from '../player/player'
import { stretchOf } from '../player/playhead'
import { edgeFinder, pushToken, type TokenSource } from '../canvas'
import { Token } from '../model/recording'
import type { Drawing } from '../drawing'

/** Calls of a poller that only tidy up. */
const UNSEEN = new Set(['sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'])
/** Of what a poller asks its source, the answers that bring something are seen. */
const READS = new Set(['sqs:ReceiveMessage', 'kinesis:GetRecords', 'kinesis:SubscribeToShard', 'dynamodb:GetRecords'])

/**
 * Where on its wire a token stands: 0..1 along the wire, above 1 resting after arrival, -1 nowhere. An answer runs back to the caller.
 * A refusal is seen where it happened, before the port that was not entered, for as long as it would have taken to run back.
 */
function placeOf(token: Token, travelled: number, arrived: number): number {
  if (token === Token.response) return arrived > 0 ? -1 : 1 - travelled
  if (token === Token.throttled || token === Token.error) return arrived > 0 ? 1 + arrived : 1.001
  return arrived > 0 ? 1 + arrived : travelled
}

const [NO_READ, TO_POLLER, WHOLE, BACK] = [0, 1, 2, 3]
/** A wire without a poller is one way. */
const ALL = { enters: 0, leaves: 0 }

/** Tokens of the run on the wires of the drawing. A wire of a resource that is itself drawn as an edge is that edge. */
export function tokensOf(run: RunStore, player: Player, drawing: () => Drawing): TokenSource {
  const source = createTokenSource(run)
  let known: Drawing | null = null
  let wires = -1
  let edges = new Int32Array(0)
  /** By wire of the run, how the answers of a read travel: not one, to the poller, all the way, back along the reader's own wire. */
  let reads = new Uint8Array(0)

  const edgesOf = (): Int32Array => {
    const now = drawing()
    if (now === known && run.wires.length === wires) return edges
    known = now
    wires = run.wires.length
    const find = edgeFinder(now)
    reads = new Uint8Array(wires)
    edges = Int32Array.from(run.wires, ({ from, to, action }, wire) => {
      if (UNSEEN.has(action)) return -1
      const direct = find(from, to, action)
      if (READS.has(action)) {
        const edge = now.edges.findIndex(
          ({ station, connection }) =>
            connection?.from === to && (station ? connection.resource === from : connection.to === from),
        )
        reads[wire] = edge < 0 ? BACK : now.edges[edge]?.station ? TO_POLLER : WHOLE
        return edge < 0 ? direct : edge
      }
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
      const frame = source.frame(player.playhead.get(), stretchOf(player.playhead.pace()))
      for (let i = 0; i < frame.length; i++) {
        const edge = map[frame.wire[i]!] ?? -1
        if (edge < 0) continue
        const token = frame.token[i] as Token
        const count = frame.count[i]!
        const station = known?.edges[edge]?.station ?? ALL
        const read = reads[frame.wire[i]!]!
        const reading = read !== NO_READ
        // it came, and stays with the poller until that calls
        if (reading && (token !== Token.response || count === 0 || frame.row[i]! < 0 || frame.arrived[i]! > 0)) continue
        const gone = frame.fraction[i]!
        const place = !reading
          ? placeOf(token, gone, frame.arrived[i]!)
          : read === BACK
            ? 1 - gone
            : gone * (read === WHOLE ? 1 : station.enters)
        if (place < 0) continue
        const fraction = reading || place > 1 ? place : station.leaves + place * (1 - station.leaves)
        const shape = !reading ? token : count > 1 ? Token.batch : Token.message
        const last = out.length - 1
        if (
          last >= 0 &&
          out.edge[last] === edge &&
          out.shape[last] === shape &&
          out.fraction[last] === fraction &&
          shape !== Token.batch
        ) {
          out.count[last] = out.count[last]! + count
        } else if (!pushToken(out, edge, fraction, shape, count, frame.row[i]!)) return
      }
    },
    subscribe(listener) {
      const stops = [player.playhead.subscribe(listener), run.subscribe(listener)]
      return () => stops.forEach((stop) => stop())
    },
  }
}
