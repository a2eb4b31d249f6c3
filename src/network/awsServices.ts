/** Regional AWS services as network targets: which service answers for a resource type, and at which public address. */
import type { Cidr } from './ipv4'
import { cidr } from './ipv4'

/** CloudFormation namespace to the last label of the PrivateLink service name. */
const SERVICE_OF_NAMESPACE: ReadonlyMap<string, string> = new Map([
  ['SQS', 'sqs'],
  ['SNS', 'sns'],
  ['DynamoDB', 'dynamodb'],
  ['S3', 's3'],
  ['Events', 'events'],
  ['Scheduler', 'scheduler'],
  ['Pipes', 'pipes'],
  ['Lambda', 'lambda'],
  ['Serverless', 'lambda'],
  ['Kinesis', 'kinesis-streams'],
  ['KinesisFirehose', 'kinesis-firehose'],
  ['StepFunctions', 'states'],
  ['ApiGateway', 'execute-api'],
  ['ApiGatewayV2', 'execute-api'],
  ['SecretsManager', 'secretsmanager'],
  ['SSM', 'ssm'],
  ['KMS', 'kms'],
  ['Logs', 'logs'],
  ['CloudWatch', 'monitoring'],
  ['XRay', 'xray'],
  ['Cognito', 'cognito-idp'],
  ['ECR', 'ecr.api'],
])

export const SERVICES: readonly string[] = [...new Set([...SERVICE_OF_NAMESPACE.values(), 'sts', 'ec2'])]

/** Namespaces whose resources live in a VPC, or take no packets at all. */
const NO_SERVICE: ReadonlySet<string> = new Set([
  'EC2',
  'RDS',
  'EFS',
  'ElastiCache',
  'ElasticLoadBalancingV2',
  'IAM',
  'CloudFormation',
])

/** The service behind a resource type (`AWS::SQS::Queue` -> `sqs`); a namespace not listed goes by its own name. Null for none. */
export function serviceOfType(type: string): string | null {
  const [vendor, namespace] = type.split('::')
  if (vendor !== 'AWS' || namespace === undefined || NO_SERVICE.has(namespace)) return null
  return SERVICE_OF_NAMESPACE.get(namespace) ?? namespace.toLowerCase()
}

/** `com.amazonaws.us-east-1.ecr.api` -> `ecr.api`; a bare service name stays. */
export function serviceOfName(name: string): string {
  const match = /^(?:aws\.|com\.|cn\.com\.)?amazonaws\.[a-z0-9-]+\.(.+)$/.exec(name)
  return match?.[1] ?? name
}

/** Services with gateway endpoints (NET-27), with one of the blocks their us-east-1 prefix list holds (AWS ip-ranges.json). */
const PREFIX_LISTS: ReadonlyMap<string, readonly Cidr[]> = new Map([
  ['s3', [cidr(0x34d80000, 15)]],
  ['dynamodb', [cidr(0x345e0000, 22)]],
])

const PREFIX_LIST_IDS: ReadonlyMap<string, string> = new Map([
  ['pl-63a5400a', 's3'],
  ['pl-02cd2c6b', 'dynamodb'],
])

export function hasGatewayEndpoint(service: string): boolean {
  return PREFIX_LISTS.has(service)
}

/** Blocks of an AWS-managed prefix list, named by id, by service name or by the service alone; empty when unknown. */
export function prefixList(name: string): readonly Cidr[] {
  return PREFIX_LISTS.get(PREFIX_LIST_IDS.get(name) ?? serviceOfName(name)) ?? []
}

/** One public address that stands for the service. The analysis needs one inside the prefix list and outside every VPC. */
export function serviceAddress(service: string): number {
  const block = PREFIX_LISTS.get(service)?.[0]
  if (block !== undefined) return block.base + 10
  return 0x3477c000 + ((SERVICES.indexOf(service) + 1) << 8) + 10
}
