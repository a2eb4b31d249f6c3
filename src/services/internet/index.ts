import type { Service } from '../service'
import { facts } from './facts'
import { kinds } from './kinds'

export const internet: Service = {
  id: 'internet',
  title: 'Internet',
  kinds,
  facts,
  reasons: { 'internet.failed': '{resource} answered with an error, as it does for {value} % of requests.' },
  machines: {},
}
