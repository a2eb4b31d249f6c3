import type { Service } from '../service'
import { facts } from './facts'
import { kinds } from './kinds'
import { reasons } from './reasons'

export const elb: Service = {
  id: 'elb',
  title: 'Elastic Load Balancing',
  kinds,
  facts,
  reasons,
  machines: {},
}
