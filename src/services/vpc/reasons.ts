/** Why interfaces come. {subject} is the subnet. */
export const reasons = {
  'vpc.eniBuilding':
    '{resource} needs a network interface in {subject} for its security groups. Building it takes {value} s, once (NET-3, NET-5).',
  'vpc.eniAttached':
    'A new environment of {resource} needs a network interface in {subject}. Attaching it takes {value} s (NET-9).',
  'vpc.subnetFull':
    '{resource} cannot have another network interface: {subject} has no free address (NET-9). Use a larger subnet.',
  'vpc.interfaceQuota':
    '{resource} cannot have another network interface: the account has its {value} (NET-9, NET-29). Raise the quota.',
  'vpc.eniThrottled':
    '{resource} cannot have another network interface yet: EC2 made {value} in this second and makes no more (NET-9).',
  'vpc.eniAdded':
    'The calls over the interface in {resource} hold more than {value} connections. Lambda adds an interface (NET-4).',
  'vpc.SubnetOutOfIPAddresses':
    'The interfaces of {resource} are not built: {subject} has no free address (NET-10). Use a larger subnet.',
  'vpc.EniLimitExceeded':
    'The interfaces of {resource} are not built: a VPC holds {value} of Lambda, one for each subnet and set of groups (NET-4). Let functions share their groups.',
  'vpc.InsufficientRolePermissions':
    'The interfaces of {resource} are not built: The provided execution role does not have permissions to call CreateNetworkInterface on EC2 (NET-8). Attach AWSLambdaVPCAccessExecutionRole.',
  'vpc.natPorts':
    '{resource} has {value} connections to one destination and no port for another: the call is lost and ErrorPortAllocation rises (NET-26). Add an Elastic IP or spread the traffic.',
  'vpc.natIdle':
    '{resource} forgot the connection: nothing came through it for {value} s, so that the answer is lost (NET-26). Keep it alive, or answer sooner.',
  'ec2.starting':
    '{resource} is started: pending first, then running. Each change is an event on the default bus (ASG-5).',
  'ec2.stopping':
    '{resource} is stopped: stopping first, then stopped. Each change is an event on the default bus (ASG-5).',
  'ec2.terminating': '{resource} is terminated: shutting-down, then terminated. It cannot be started again (ASG-5).',
  'ec2.notStarted':
    'IncorrectInstanceState: {resource} is stopping or ends, and cannot be started from there. Start it once it is stopped.',
  'ec2.notStopped': 'IncorrectInstanceState: {resource} ends or has ended, and cannot be stopped.',
} as const
