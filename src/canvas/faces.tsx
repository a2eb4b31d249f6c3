import type { Face } from './types'
import { BusFace } from './faces/BusFace'
import { FunctionFace } from './faces/FunctionFace'
import { PlainFace } from './faces/PlainFace'
import { QueueFace } from './faces/QueueFace'
import { StreamFace } from './faces/StreamFace'
import type { DrawnNode } from '../drawing'

interface ViewModule {
  readonly faces?: { readonly [type: string]: Face }
}

/** Bodies that services bring themselves: `export const faces = { 'AWS::X::Y': Face }` in `services/<svc>/view.tsx`. */
const OWN: { readonly [type: string]: Face } = Object.assign(
  {},
  ...Object.values(import.meta.glob<ViewModule>('../services/*/view.tsx', { eager: true })).map(
    (module) => module.faces ?? {},
  ),
)

/** The service's own face, else the one of its silhouette. */
export function faceOf(node: DrawnNode): Face {
  const own = Object.hasOwn(OWN, node.type) ? OWN[node.type] : undefined
  if (own !== undefined) return own
  if (node.silhouette === 'bus') return BusFace
  if (node.silhouette === 'queue') return QueueFace
  if (node.shards !== undefined) return StreamFace
  return node.rect.h >= 100 ? FunctionFace : PlainFace
}
