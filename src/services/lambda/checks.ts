import type { Check } from '../service'
import { deadLetters, destinations, logs, qualifiers } from './checks/async'
import { provisioned, reserved } from './checks/concurrency'
import { environment, imports, names, role, runtimes } from './checks/configuration'
import { afterSets, immutable } from './checks/interventions'
import { layers, sizes } from './checks/package'
import { recursion } from './checks/recursion'
import { snapStart, snapStartOrProvisioned } from './checks/snapstart'
import { aliasNames, aliasTargets, versionNumbers } from './checks/versions'
import { mappingChecks } from './mapping-checks'

const configuration: readonly Check[] = [
  role,
  names,
  environment,
  runtimes,
  imports,
  sizes,
  layers,
  snapStart,
  snapStartOrProvisioned,
  versionNumbers,
  aliasNames,
  aliasTargets,
  reserved,
  provisioned,
  qualifiers,
  deadLetters,
  destinations,
]

/** What AWS refuses or advises beyond the limits of one property. Only the gate loads them (`services/checks.ts`). */
export const checks: readonly Check[] = [
  ...mappingChecks,
  ...configuration,
  logs,
  recursion,
  immutable,
  afterSets(configuration),
]
