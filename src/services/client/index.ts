import type { Service } from '../service'
import { callMachine } from './call.machine'
import { kinds } from './kinds'

export const client: Service = {
  id: 'client',
  title: 'Client',
  kinds,
  facts: {},
  reasons: {
    'client.retry': 'The call failed. {resource} tries again in {value} s (INV-1).',
    'client.timeout': '{resource} waited {value} s for an answer and gave up.',
  },
  machines: { call: callMachine },
}
