import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const elb: Service = {
  id: 'elb',
  title: 'Elastic Load Balancing',
  namespace: 'AWS::ElasticLoadBalancingV2::',
  actions,
  facts,
  machines: {},
}
