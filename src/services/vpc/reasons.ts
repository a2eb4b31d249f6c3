/** Why interfaces come. {subject} is the subnet. */
export const reasons = {
  'vpc.eniBuilding':
    '{resource} needs a network interface in {subject} for its security groups. Building it takes {value} s, once (NET-3, NET-5).',
  'vpc.eniAttached':
    'A new environment of {resource} needs a network interface in {subject}. Attaching it takes {value} s (NET-9).',
  'vpc.subnetFull': '{resource} cannot have a network interface: {subject} has no free address (NET-10).',
} as const
