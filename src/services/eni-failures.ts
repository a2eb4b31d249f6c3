/** Why Lambda cannot build the network interfaces of a function: state reason codes (LAM-16), in the order of their numbers. */
export const ENI_FAILURES = ['SubnetOutOfIPAddresses', 'EniLimitExceeded', 'InsufficientRolePermissions'] as const
export type EniFailure = (typeof ENI_FAILURES)[number]

/** What AWS asks of the execution role before it attaches a function to a VPC (NET-8). */
export const INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DeleteNetworkInterface',
] as const
