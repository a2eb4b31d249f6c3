import type { LogicalId, Scenario } from '../../model/scenario'
import { overlaps, parseCidr } from '../../network/ipv4'
import { properties, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import type { Problem } from '../service'
import { namedInstances, sameNames } from './instances/checks'
import { blockOf, blocksOf, freeBlock } from './addresses'
import { SUBNET, subnetsOf, VPC } from './topology'
import { interfaceRoleProblems, quotaProblems } from './eni-checks'
import { joinProblems } from './join-checks'
import { functionProblems, gatewayProblems } from './placement-checks'
import { networkQuotaProblems } from './quota-checks'

/** Address ranges: form, size, nesting, overlap (NET-21). */
export function addressProblems(scenario: Scenario): Problem[] {
  const problems: Problem[] = []
  for (const id of [...idsOf(VPC, scenario), ...idsOf(SUBNET, scenario)]) problems.push(...blockProblems(id, scenario))
  for (const vpc of idsOf(VPC, scenario)) {
    const subnets = subnetsOf(vpc, scenario)
    subnets.forEach((id, index) => {
      const block = blockOf(id, scenario)
      const other = subnets.slice(0, index).find((earlier) => {
        const before = blockOf(earlier, scenario)
        return block !== null && before !== null && overlaps(block, before)
      })
      if (other !== undefined) {
        problems.push(
          replacement(
            id,
            vpc,
            `${textOf(id, scenario)} of ${id} overlaps ${textOf(other, scenario)} of ${other}.`,
            scenario,
          ),
        )
      }
    })
  }
  return problems
}

function blockProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const path = pointer(id, 'Properties', 'CidrBlock')
  const written = textOf(id, scenario)
  if (written === '') return []
  const block = parseCidr(written)
  if (block === null) {
    return [{ severity: 'error', path, message: `${written} is no address range. Write one such as 10.0.1.0/24.` }]
  }
  if (block.length < 16 || block.length > 28) {
    return [{ severity: 'error', path, message: 'A prefix is 16 to 28. Try 10.0.1.0/24.' }]
  }
  const vpc = properties(scenario.resources[id]!)['VpcId']
  if (typeOf(id, scenario) !== SUBNET || typeof vpc !== 'string') return []
  const blocks = blocksOf(vpc, scenario)
  if (blocks.length === 0 || blocks.some((whole) => overlaps(whole, block) && block.length >= whole.length)) return []
  return [replacement(id, vpc, `${written} of ${id} lies outside ${textOf(vpc, scenario)} of ${vpc}.`, scenario)]
}

function replacement(id: LogicalId, vpc: LogicalId, message: string, scenario: Scenario): Problem {
  const path = pointer(id, 'Properties', 'CidrBlock')
  const free = freeBlock(vpc, scenario)
  if (free === null) return { severity: 'error', path, message: `${message} ${vpc} has no free range left.` }
  const fix = { title: `Use ${free}`, patches: [{ op: 'replace' as const, path, value: free }] }
  return { severity: 'error', path, message: `${message} ${free} is free.`, fix }
}

function textOf(id: LogicalId, scenario: Scenario): string {
  return text(properties(scenario.resources[id]!)['CidrBlock']) ?? ''
}

export const checks = [
  addressProblems,
  gatewayProblems,
  functionProblems,
  quotaProblems,
  interfaceRoleProblems,
  joinProblems,
  networkQuotaProblems,
  namedInstances,
  sameNames,
]
