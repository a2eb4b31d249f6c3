import type { Resource } from '../../model/scenario'
import { ROLE } from '../roles'

/** A role that a pipe may assume, and that may do nothing yet. */
export const pipeRole = (): Resource => ({
  Type: ROLE,
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'pipes.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [],
  },
})
