import type { Check } from './service'

const modules = import.meta.glob<{ checks: readonly Check[] }>('./*/checks.ts', { eager: true })

/** The checks of all services. Loaded with the gate, not with the page or the worker. */
export const CHECKS: readonly Check[] = Object.values(modules).flatMap(({ checks }) => checks)
