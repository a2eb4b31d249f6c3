/**
 * Bring your own network: what `aws ec2 describe-*` prints becomes a scenario. Pure, bounded, and it sends nothing anywhere. Main route
 * tables become explicit associations, default groups and ACLs resources; AWS's ids and addresses are kept under `Behavior`.
 */
import type { LogicalId, Scenario } from '../../model/scenario'
import { addBalancers, reserveBalancers } from './balancers'
import { collect, isDescribeOutput, Notes } from './collect'
import { newDraft } from './draft'
import { DescribeRefusal, valuesOf, type DescribeFile } from './files'
import { addFilters, reserveFilters } from './filters'
import { addGateways, reserveGateways } from './gateways'
import {
  addDatabases,
  addDomains,
  addFunctions,
  addHosts,
  addMountTargets,
  reserveHosts,
  reserveInterfaces,
} from './hosts'
import { addTransit, addTransitGateways, reserveTransit } from './transit'
import { addRouteTables, addVpcs, inferGateways, reserveVpcs } from './vpcs'
import { addVpn, reserveVpn } from './vpn'

export { isDescribeOutput } from './collect'
export { MAX_CHARACTERS, MAX_FILES, type DescribeFile } from './files'

export interface Described {
  readonly ok: true
  readonly scenario: Scenario
  /** What was not understood or not in the files, one sentence each. */
  readonly notes: readonly string[]
  /** AWS ids, ARNs, DNS names and interface ids to resources. */
  readonly ids: ReadonlyMap<string, LogicalId>
}

export type DescribeResult = Described | { readonly ok: false; readonly message: string }

/** `name` is shown as the scenario's. Never throws: what is hostile, no JSON or no network is refused with the place in one sentence. */
export function importDescribe(files: readonly DescribeFile[], name = 'Network from AWS'): DescribeResult {
  const notes = new Notes()
  try {
    const found = valuesOf(files)
    if (!found.some(({ value }) => isDescribeOutput(value)))
      return {
        ok: false,
        message: `${where(files)} no output of aws ec2 describe-*. A network has at least Vpcs and Subnets.`,
      }
    const from = collect(found, notes)
    if (from.Vpcs.length === 0)
      return { ok: false, message: `${where(files)} no VPC. Add the output of aws ec2 describe-vpcs.` }
    const draft = newDraft(notes)
    reserveVpcs(from, draft)
    reserveVpn(from, draft)
    reserveGateways(from, draft)
    reserveTransit(from, draft)
    reserveFilters(from, draft)
    reserveHosts(from, draft)
    reserveBalancers(from, draft)
    const free = reserveInterfaces(from, draft)

    addVpcs(from, draft)
    addFilters(from, draft)
    addTransitGateways(from, draft)
    addVpn(from, draft)
    addHosts(from, free, draft)
    addDatabases(from, draft)
    addDomains(from, draft)
    addFunctions(from, draft)
    addMountTargets(from, draft)
    addGateways(from, draft)
    addTransit(from, draft)
    inferGateways(from, draft)
    addRouteTables(from, draft)
    addBalancers(from, draft)
    const { resources } = draft
    const held = (id: LogicalId): boolean => Object.hasOwn(resources, id)
    const labels = Object.fromEntries(Object.entries(draft.labels).filter(([id]) => held(id)))
    return {
      ok: true,
      scenario: {
        coldstart: 1,
        name: name.slice(0, 200),
        profile: 'teaching',
        seed: 1,
        duration: 60,
        resources,
        labels,
      },
      notes: notes.list(),
      ids: new Map([...draft.known].filter(([, id]) => held(id))),
    }
  } catch (error) {
    if (error instanceof DescribeRefusal) return { ok: false, message: error.message }
    throw error
  }
}

const where = (files: readonly DescribeFile[]): string =>
  files.length === 1 ? `${files[0]?.name ?? ''} holds` : `${files.length} files hold`
