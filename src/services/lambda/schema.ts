/** What a Lambda function, its versions, aliases and layers, a mapping and an asynchronous invoke configuration may carry. */
import { z, type Schemas } from '../schema-kit'
import { invokeConfigProperties } from './schemas/async'
import { functionBehavior } from './schemas/behavior'
import { functionProperties } from './schemas/function'
import { mappingSchema } from './schemas/mapping'
import { permissionProperties } from './schemas/permission'
import { signingProperties } from './schemas/signing'
import {
  aliasBehavior,
  aliasProperties,
  layerBehavior,
  layerProperties,
  versionBehavior,
  versionProperties,
} from './schemas/versions'

export const schemas: Schemas = {
  'AWS::Lambda::Function': {
    Properties: z.strictObject(functionProperties),
    Behavior: z.strictObject(functionBehavior),
  },
  'AWS::Lambda::Version': { Properties: z.strictObject(versionProperties), Behavior: z.strictObject(versionBehavior) },
  'AWS::Lambda::Alias': { Properties: z.strictObject(aliasProperties), Behavior: z.strictObject(aliasBehavior) },
  'AWS::Lambda::LayerVersion': { Properties: z.strictObject(layerProperties), Behavior: z.strictObject(layerBehavior) },
  'AWS::Lambda::Permission': { Properties: z.strictObject(permissionProperties) },
  'AWS::Lambda::CodeSigningConfig': { Properties: z.strictObject(signingProperties) },
  'AWS::Lambda::EventInvokeConfig': { Properties: z.strictObject(invokeConfigProperties) },
  'AWS::Lambda::EventSourceMapping': { Properties: mappingSchema },
}
