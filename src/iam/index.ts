/** What a role may do, and the smallest edits that change it. */
export { evaluate, covers } from './evaluate'
export { grant, revoke } from './grant'
export { policyProblems, statementsOf } from './role'
export { isInvited, isRoleInvited, PERMISSION, permissionsOf } from './resource-policy'
export type { Invitation } from './resource-policy'
export type { Statement } from './statement'
