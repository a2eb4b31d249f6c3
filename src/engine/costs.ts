import type { CostLine } from '../model/recording'
import type { Runtime, ServiceContext } from '../services/service'

/** Money of a run so far, in registry order. Prices are facts; a price under a random profile would make no sense, so they are numbers. */
export function costLines(runtimes: readonly Runtime[], context: ServiceContext): CostLine[] {
  return runtimes.flatMap((runtime) =>
    (runtime.costs?.() ?? []).map((cost) => ({ ...cost, usd: cost.quantity * context.number(cost.fact) })),
  )
}
