/** Reasons the path of every call gives, and interventions; services declare their own. Placeholders: {resource}, {value}, {subject}. */
export const CALL_REASONS = {
  'call.unreachable': 'The network has no way from {resource} to {value}. No answer will come.',
  'call.denied': 'AccessDenied: the execution role may not make this call to {resource}.',
  'call.uninvited':
    'AccessDenied: no statement of the resource policy lets {value} invoke {resource}. Each alias and version needs its own (LAM-65).',
  'call.down': '{resource} is down. The call failed.',
  'intervention.send': 'You sent {value} from {resource}.',
  'intervention.set': 'You changed a property of {resource}.',
  'intervention.fault': 'You broke {resource}.',
  'intervention.repair': 'You repaired {resource}.',
} as const
