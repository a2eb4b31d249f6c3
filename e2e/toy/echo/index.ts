import type { Service } from '../service'
import { facts } from './facts'
import { kinds } from './kinds'

/** A toy: proves that a service is a folder and one line of the registry (e2e/toy-service.spec.ts). */
export const echo: Service = {
  id: 'echo',
  title: 'Echo',
  kinds,
  facts,
  reasons: { 'echo.refused': '{resource} repeats at most {value} calls, and this one was one more.' },
  connectors: [],
  checks: [],
  machines: {},
}
