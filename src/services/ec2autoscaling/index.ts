import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'
import { workerMachine } from './machine'

export const ec2autoscaling: Service = {
  id: 'ec2autoscaling',
  title: 'Amazon EC2 Auto Scaling',
  namespace: 'AWS::AutoScaling::',
  actions,
  facts,
  machines: { worker: workerMachine },
}
