/** Test vectors 32 to 37 of aws-facts.md section 18: paths out of a VPC, and the interfaces of functions. */
import { describe, expect, test } from 'vitest'
import { buildNetwork, reach } from '../../network'
import { measure, one, reasonsOf } from '../claims/run.fixture'
import { vector } from './vector.fixture'

const asked = (slug: string, to: string) => reach(buildNetwork(vector(slug)), { from: 'Fn', to })
const lost = (slug: string, reason: string) =>
  measure(vector(slug), {
    timeouts: 'timeouts Fn',
    duration: 'duration.max Fn',
    dropped: { m: 'packets.dropped', of: 'Fn', where: { reason } },
    good: 'success Visitor',
  })
/** The one call is lost, and the function ends at its own timeout of 3 s. */
const TIMES_OUT = { timeouts: 1, duration: 3, dropped: 1, good: 0 }

describe('the way out', () => {
  test('32 (NET-30): a function in a public subnet has no public address', () => {
    expect(asked('32', 'Api')).toMatchObject({
      reachable: false,
      code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
      at: 'Igw',
    })
    expect(lost('32', 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS')).toEqual(TIMES_OUT)
    expect(reasonsOf(vector('32'), 'call.unreachable.noPublicAddress')[0]!.text).toContain('NET-30')
  })

  test('33 (NET-26): a NAT gateway in a private subnet leads nowhere', () => {
    const { code, at, hops } = asked('33', 'Api')
    expect({ code, at }).toEqual({ code: 'NO_ROUTE_TO_DESTINATION', at: 'Nat' })
    expect(hops.at(-1)).toMatchObject({ gate: 'nat-gateway', passed: false })
    expect(lost('33', 'natWithoutGateway')).toEqual(TIMES_OUT)
    expect(reasonsOf(vector('33'), 'call.unreachable.natWithoutGateway')[0]!.text).toContain('NET-26')
  })

  test('34 (NET-27): the group must let the prefix list of the endpoint out', () => {
    for (const [to, service] of [
      ['s3', 's3'],
      ['Table', 'dynamodb'],
    ] as const) {
      const { code, at, fixes } = asked('34', to)
      expect({ code, at }).toEqual({ code: 'ENI_SG_RULES_MISMATCH', at: 'AppSg' })
      expect(fixes[0]!.title).toBe(`Let AppSg send tcp 443 to the ${service} prefix list`)
    }
    expect(lost('34', 'securityGroup')).toEqual(TIMES_OUT)
  })

  test('37 (NET-25): an ACL that lets 443 in and only 443 out drops the answer', () => {
    const { code, at, hops } = asked('37', 'Queue')
    expect({ code, at }).toEqual({ code: 'SUBNET_ACL_RESTRICTION', at: 'Acl' })
    expect(hops.at(-1)).toMatchObject({ gate: 'nacl-out', direction: 'return', passed: false })
    // the way there is open
    expect(hops.filter(({ direction, passed }) => direction === 'forward' && !passed)).toEqual([])
    expect(lost('37', 'naclReturn')).toEqual(TIMES_OUT)
    expect(reasonsOf(vector('37'), 'call.unreachable.naclReturn')[0]!.text).toContain('NET-25')
  })
})

describe('interfaces', () => {
  test('35 (NET-3): twelve functions in two subnets share two; one with a second group adds two', () => {
    expect(
      measure(vector('35'), {
        before: { m: 'eni.at(95s)', of: 'Vpc' },
        after: { m: 'eni.at(195s)', of: 'Vpc' },
        most: 'eni.max Vpc',
        created: 'eni.created Vpc',
        last: 'eni.count Vpc',
      }),
    ).toEqual({ before: 2, after: 4, most: 4, created: 4, last: 4 })
  })

  test('36 (NET-9): 100 at once of 1,536 MB need 50 interfaces and 50 addresses', () => {
    expect(measure(vector('36'), { most: 'eni.max Vpc', created: 'eni.created Vpc', good: 'success Crowd' })).toEqual({
      most: 50,
      created: 50,
      good: 1,
    })
    // built while the callers wait: 10 s of it
    expect(one(vector('36'), 'latency.max Crowd')).toBeGreaterThan(15)
  })
})
