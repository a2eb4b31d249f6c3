import { SERVICES } from '.'
import type { Check } from './service'

const modules = import.meta.glob<{ checks: readonly Check[] }>('./*/checks.ts', { eager: true })

/** The checks of all services, in the order of the registry. Loaded with the gate, not with the page or the worker. */
export const CHECKS: readonly Check[] = SERVICES.flatMap(({ id }) => modules[`./${id}/checks.ts`]?.checks ?? [])
