import type { Check } from '../service'
import { deadLetters, destinations, logs, qualifiers } from './checks/async'
import { provisioned, reserved, unreserved } from './checks/concurrency'
import { environment, imports, names, role, runtimes } from './checks/configuration'
import { codeStorage, failures, updates } from './checks/deployment'
import { fileSystems } from './checks/file-systems'
import { afterSets, immutable } from './checks/interventions'
import { layers, sizes } from './checks/package'
import { signing } from './checks/signing'
import { payloads } from './checks/payload'
import { recursion } from './checks/recursion'
import { snapStart, snapStartOrProvisioned } from './checks/snapstart'
import { aliasNames, aliasTargets, versionNumbers } from './checks/versions'
import { mappingChecks } from './mapping/checks'

/** What concerns one function and what belongs to it. */
const own: readonly Check[] = [
  role,
  environment,
  runtimes,
  imports,
  sizes,
  signing,
  fileSystems,
  layers,
  snapStart,
  snapStartOrProvisioned,
  versionNumbers,
  aliasNames,
  aliasTargets,
  provisioned,
  qualifiers,
  deadLetters,
  destinations,
  failures,
]
/** What concerns all functions together. */
const sums: readonly Check[] = [reserved, unreserved]

/** What AWS refuses or advises beyond the limits of one property. Only the gate loads them (`services/checks.ts`). */
export const checks: readonly Check[] = [
  ...mappingChecks,
  ...own,
  ...sums,
  names,
  codeStorage,
  payloads,
  logs,
  recursion,
  immutable,
  updates,
  afterSets(own, mappingChecks, sums),
]
