import type { Service } from '../service'
import { kinds } from './kinds'

/** Roles are data; the engine asks src/iam about them at every call. */
export const iam: Service = {
  id: 'iam',
  title: 'AWS IAM',
  kinds,
  facts: {},
  reasons: {},
  machines: {},
}
