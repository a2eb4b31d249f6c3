/** What the resources of a VPC may carry. */
import type { Schemas } from '../schema-kit'
import { addressSchemas } from './schemas/addresses'
import { connectionSchemas } from './schemas/connections'
import { endpointSchemas } from './schemas/endpoints'
import { filterSchemas } from './schemas/filters'
import { gatewaySchemas } from './schemas/gateways'
import { hostSchemas } from './schemas/hosts'
import { routingSchemas } from './schemas/routing'
import { transitSchemas } from './schemas/transit'

export const schemas: Schemas = {
  ...addressSchemas,
  ...hostSchemas,
  ...routingSchemas,
  ...gatewaySchemas,
  ...filterSchemas,
  ...endpointSchemas,
  ...connectionSchemas,
  ...transitSchemas,
}
