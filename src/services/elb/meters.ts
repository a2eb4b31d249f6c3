import type { LogicalId } from '../../model/scenario'
import type { ServiceContext } from '../service'

/** What a target group counts, and its load balancer with it, under CloudWatch's names. */
export interface TargetMeters {
  readonly requests: number
  /** HTTPCode_Target_2XX_Count to 5XX, by the first digit. */
  readonly codes: readonly number[]
  readonly userErrors: number
  readonly internalErrors: number
  readonly responseTime: number
}

/** docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
export function targetMeters({ kernel: { metrics } }: ServiceContext, id: LogicalId): TargetMeters {
  const count = (name: string): number => metrics.series(id, name, 'count')
  return {
    requests: count('RequestCount'),
    codes: [2, 3, 4, 5].map((digit) => count(`HTTPCode_Target_${digit}XX_Count`)),
    userErrors: count('LambdaUserError'),
    internalErrors: count('LambdaInternalError'),
    responseTime: metrics.series(id, 'TargetResponseTime', 'duration', 'Seconds'),
  }
}

export interface BalancerMeters extends TargetMeters {
  readonly connections: number
  readonly active: number
  readonly bytes: number
  /** HTTPCode_ELB_ and the rest of the name, by status. */
  readonly own: ReadonlyMap<number, readonly number[]>
}

export function balancerMeters(context: ServiceContext, id: LogicalId): BalancerMeters {
  const { metrics } = context.kernel
  const count = (name: string): number => metrics.series(id, name, 'count')
  const own = (code: string): number => count(`HTTPCode_ELB_${code}_Count`)
  return {
    ...targetMeters(context, id),
    connections: count('NewConnectionCount'),
    active: metrics.series(id, 'ActiveConnectionCount', 'gauge'),
    bytes: count('LambdaTargetProcessedBytes'),
    own: new Map([
      [413, [own('4XX')]],
      [502, [own('5XX'), own('502')]],
      [503, [own('5XX'), own('503')]],
    ]),
  }
}
