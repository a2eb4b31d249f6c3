/** Reasons the path of every call gives, and interventions; services declare their own. Placeholders: {resource}, {value}, {subject}. */
export const CALL_REASONS = {
  'call.unreachable': 'The network has no way from {resource} to {value}. No answer will come.',
  'call.unreachable.noRoute':
    '{resource} has no route to {value}: its route table sends the packets nowhere. No answer will come (NET-20, NET-31).',
  'call.unreachable.blackhole':
    'The route from {resource} to {value} is a black hole: what it led to is gone. No answer will come (NET-20, NET-26).',
  'call.unreachable.noPublicAddress':
    'The packets of {resource} to {value} end at the internet gateway: the interface of a function never has a public address. No answer will come (NET-22, NET-30).',
  'call.unreachable.privateAddress':
    '{value} has a private address alone, which {resource} cannot reach from outside. No answer will come (NET-1, NET-22).',
  'call.unreachable.natWithoutGateway':
    'The NAT gateway on the way from {resource} to {value} stands in a subnet without a route to an internet gateway. No answer will come (NET-26).',
  'call.unreachable.securityGroup':
    'No rule of a security group lets the packets of {resource} to {value} through. No answer will come (NET-23, NET-27, NET-28).',
  'call.unreachable.nacl': 'A network ACL drops the packets of {resource} to {value}. No answer will come (NET-24).',
  'call.unreachable.naclReturn':
    'The packets of {resource} reach {value}, but a network ACL drops the answer: it remembers no connection and needs a rule for the ephemeral ports (NET-24, NET-25).',
  'call.unreachable.endpointNotAssociated':
    'The endpoint {resource} uses for {value} has no interface in a zone that is up. No answer will come (NET-28).',
  'call.unreachable.notAvailable':
    'Something on the way from {resource} to {value} is not available. No answer will come (NET-26, NET-28).',
  'call.unreachable.natPorts':
    'The NAT gateway on the way from {resource} to {value} has no port left for this destination. No answer will come (NET-26).',
  'call.unreachable.natIdle':
    'The answer of {value} to {resource} came back to a NAT gateway that had forgotten the connection. It is lost (NET-26).',
  'call.denied': 'AccessDenied: the execution role may not make this call to {resource}.',
  'call.uninvited':
    'AccessDenied: no statement of the resource policy lets {value} invoke {resource}. Each alias and version needs its own (LAM-65).',
  'call.down': '{resource} is down. The call failed.',
  'intervention.send': 'You sent {value} from {resource}.',
  'intervention.set': 'You changed a property of {resource}.',
  'intervention.fault': 'You broke {resource}.',
  'intervention.repair': 'You repaired {resource}.',
  'intervention.delete': 'You deleted {resource}.',
} as const
