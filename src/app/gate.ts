/** The gate, loaded beside the canvas instead of before it: zod and all schemas are not needed to draw. */
import type * as GateModule from '../gate'

type Gate = typeof GateModule

let loaded: Gate | null = null

export async function loadGate(): Promise<Gate> {
  loaded ??= await import('../gate')
  return loaded
}

/** The gate when it is there; null in the first moments of the page. */
export const gateNow = (): Gate | null => loaded
