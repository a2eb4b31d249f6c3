import { deliveryMachine } from '../delivery/machine'
import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const s3: Service = {
  id: 's3',
  title: 'Amazon S3',
  namespace: 'AWS::S3::',
  actions,
  facts,
  machines: { delivery: deliveryMachine },
}
