import type { Json, Resource } from '../model/scenario'
import { isObject } from '../model/json'
import { readStatement } from './statement'
import type { PolicyProblem, Statement } from './statement'

/** All inline statements of a role that can be applied, in order. Statements with mistakes are left out; see `policyProblems`. */
export function statementsOf(role: Resource): Statement[] {
  return readRole(role).statements
}

/** What is wrong with a role's inline policies, by place. Empty when they are sound. Never throws. */
export function policyProblems(role: Resource): PolicyProblem[] {
  return readRole(role).problems
}

function readRole(role: Resource): { statements: Statement[]; problems: PolicyProblem[] } {
  const statements: Statement[] = []
  const problems: PolicyProblem[] = []
  const policies = isObject(role.Properties) ? role.Properties['Policies'] : undefined
  const path = '/Properties/Policies'
  if (policies === undefined) return { statements, problems }
  if (!Array.isArray(policies)) {
    problems.push({ path, message: 'Policies is a list of objects with PolicyName and PolicyDocument.' })
    return { statements, problems }
  }
  const names = new Set<string>()
  for (const [i, policy] of policies.entries()) readPolicy(policy, `${path}/${i}`, names, statements, problems)
  return { statements, problems }
}

function readPolicy(
  policy: Json,
  path: string,
  names: Set<string>,
  statements: Statement[],
  problems: PolicyProblem[],
): void {
  if (!isObject(policy)) {
    problems.push({ path, message: 'A policy is an object with PolicyName and PolicyDocument.' })
    return
  }
  const name = policy['PolicyName']
  if (typeof name !== 'string' || name === '') {
    problems.push({ path: `${path}/PolicyName`, message: 'PolicyName is missing; name the policy.' })
  } else if (names.has(name)) {
    problems.push({
      path: `${path}/PolicyName`,
      message: `Two policies are called ${name}; names are unique in a role.`,
    })
  } else names.add(name)
  readDocument(
    policy['PolicyDocument'],
    `${path}/PolicyDocument`,
    typeof name === 'string' ? name : '',
    statements,
    problems,
  )
}

function readDocument(
  document: Json | undefined,
  path: string,
  policy: string,
  statements: Statement[],
  problems: PolicyProblem[],
): void {
  if (!isObject(document)) {
    problems.push({ path, message: 'PolicyDocument is an object with Version and Statement.' })
    return
  }
  const version = document['Version']
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    problems.push({ path: `${path}/Version`, message: 'Version names the policy language; write 2012-10-17.' })
  }
  const written = document['Statement']
  const at = `${path}/Statement`
  const list = Array.isArray(written) ? written : written === undefined ? [] : [written]
  if (list.length === 0)
    problems.push({ path: at, message: 'The policy has no statement; add one or remove the policy.' })
  for (const [i, json] of list.entries()) {
    const statement = readStatement(json, Array.isArray(written) ? `${at}/${i}` : at, policy, problems)
    if (statement !== null) statements.push(statement)
  }
}
