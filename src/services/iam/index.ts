import type { Service } from '../service'

/** Roles are data; the engine asks src/iam about them at every call. */
export const iam: Service = {
  id: 'iam',
  title: 'AWS IAM',
  namespace: 'AWS::IAM::',
  actions: {},
  facts: {},
  machines: {},
}
