import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'
import { notificationMachine } from './machine'

export const s3: Service = {
  id: 's3',
  title: 'Amazon S3',
  namespace: 'AWS::S3::',
  actions,
  facts,
  machines: { objectEvent: notificationMachine },
}
