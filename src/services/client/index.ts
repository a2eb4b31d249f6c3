import type { Service } from '../service'
import { callMachine } from './call.machine'

export const client: Service = {
  id: 'client',
  title: 'Client',
  namespace: 'Coldstart::Client',
  actions: {},
  facts: {},
  machines: { call: callMachine },
}
