import type { Service } from '../service'
import { facts } from './facts'
import { kinds } from './kinds'

export const rds: Service = {
  id: 'rds',
  title: 'Amazon RDS',
  kinds,
  facts,
  reasons: {
    'rds.tooManyConnections': '{resource} refused the query: all {value} connections are taken (RDS-1).',
  },
  machines: {},
}
