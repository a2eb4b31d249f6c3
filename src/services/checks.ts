import { SERVICES } from '.'
import type { Check } from './service'

const modules = import.meta.glob<{ checks?: readonly Check[] }>('./*/checks.ts', { eager: true })

/**
 * The checks of all services. A service whose checks are many exports them from its `checks.ts` and leaves its own list empty: they are
 * then loaded with the gate, not with the page or the worker.
 */
export const CHECKS: readonly Check[] = [
  ...new Set([
    ...SERVICES.flatMap((service) => service.checks),
    ...Object.values(modules).flatMap((module) => module.checks ?? []),
  ]),
]
