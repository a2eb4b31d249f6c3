import type { Service } from '../service'

export const sources: Service = {
  id: 'sources',
  title: 'AWS service',
  namespace: 'Coldstart::Source',
  actions: {},
  facts: {},
  machines: {},
}
