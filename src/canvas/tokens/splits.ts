/** Calls that an alias shares out, inside the function: from its port along the lane of the version that answers. */
import type { Drawing } from '../../drawing'
import type { FaceSource } from '../types'
import type { TokenColors } from './colors'

/** From the left border of the node: where the fork begins, where its lanes do. Lanes lie this far from the middle of the row (px). */
const FORK = 88
const LANES = 104
const APART = 7
/** Until here the name of the version stands in the lane, which no disc covers (px). */
const BAR = 130
/** How far it stays from that name: its radius and its border. */
const CLEAR = 5
/** What the share in numbers takes at the right (px). */
const NUMBERS = 48

/** An alias with two versions: where its fork stands, and its versions by lane. */
interface Fork {
  readonly alias: string
  readonly x: number
  readonly y: number
  readonly length: number
  readonly versions: readonly string[]
}

/** The forks of a drawing; nothing moves in an alias with one version. */
export function forksOf({ nodes, attachments }: Drawing): Fork[] {
  return nodes.flatMap(({ id, rect, ports, extent }) =>
    extent === 'collapsed'
      ? []
      : (attachments.get(id) ?? []).flatMap((alias): Fork[] => {
          const port = ports.find((each) => each.id === alias.id)
          const versions = alias.release?.to.map(({ name }) => name) ?? []
          if (port === undefined || versions.length < 2) return []
          return [{ alias: alias.id, x: rect.x, y: rect.y + port.at, length: rect.w - NUMBERS, versions }]
        }),
  )
}

/** Paints a disc for each call on its way, in flow coordinates. */
export function paintSplits(
  g: CanvasRenderingContext2D,
  forks: readonly Fork[],
  faces: FaceSource,
  colors: TokenColors,
): void {
  g.beginPath()
  for (const { alias, x, y, length, versions } of forks) {
    faces.routed?.(alias, (version, fraction) => {
      const lane = versions.indexOf(version)
      if (lane < 0) return
      const at = FORK + (length - FORK) * fraction
      if (at > LANES - CLEAR && at < BAR) return
      // it leaves the middle of the row within the fork
      const off = Math.min(1, (at - FORK) / (LANES - FORK)) * (lane === 0 ? -APART : APART)
      g.moveTo(x + at + 3, y + off)
      g.arc(x + at, y + off, 3, 0, 2 * Math.PI)
    })
  }
  g.strokeStyle = colors.node
  g.lineWidth = 2.5
  g.stroke()
  g.fillStyle = colors.flight
  g.fill()
}
