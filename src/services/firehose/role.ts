import type { Resource } from '../../model/scenario'
import { ROLE } from '../roles'

/** A role that Firehose may assume, and that may do nothing yet. */
export const deliveryRole = (): Resource => ({
  Type: ROLE,
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [],
  },
})
