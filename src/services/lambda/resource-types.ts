/** CloudFormation types of this service. */
export const FUNCTION = 'AWS::Lambda::Function'
export const VERSION = 'AWS::Lambda::Version'
export const ALIAS = 'AWS::Lambda::Alias'
export const LAYER = 'AWS::Lambda::LayerVersion'
export const SIGNING = 'AWS::Lambda::CodeSigningConfig'
export const MAPPING = 'AWS::Lambda::EventSourceMapping'
export const INVOKE_CONFIG = 'AWS::Lambda::EventInvokeConfig'
