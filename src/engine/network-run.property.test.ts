/** What the analysis says of a document is what the calls of a run meet, whatever was deleted, broken or made again before them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Intervention, Scenario } from '../model/scenario'
import { buildNetwork, reach } from '../network'
import {
  acl,
  DATABASE,
  gatewayEndpoint,
  group,
  https,
  interfaceEndpoint,
  inVpc,
  visited,
  WAY_OUT,
} from './claims/course.fixture'
import { one } from './claims/run.fixture'

const OPEN = {
  ...WAY_OUT,
  ...DATABASE,
  ...acl({ Out: [100, true, 0, 65535], In: [100, false, 0, 65535] }),
}
const TARGETS: { readonly [to: string]: Scenario } = {
  Api: visited('Api', OPEN),
  Db: visited('Db', OPEN),
  Table: visited('Table', { ...OPEN, ...gatewayEndpoint(['PrivateTable']) }),
  Queue: visited(
    'Queue',
    {
      ...OPEN,
      ...interfaceEndpoint(['EndSg']),
      EndSg: group({ SecurityGroupIngress: [https({ SourceSecurityGroupId: 'AppSg' })] }),
    },
    inVpc(['PrivateB']),
  ),
}
const PIECES = [
  'Igw',
  'Attached',
  'PublicRoute',
  'Nat',
  'PrivateRoute',
  'Endpoint',
  'In',
  'Out',
  'PrivateUseA',
  'PublicUse',
]
const change = fc.record({
  piece: fc.constantFrom(...PIECES),
  fault: fc.constantFrom('deleted', 'resource-down'),
  back: fc.boolean(),
})

test('a call of a run gets through exactly when the analysis finds a way', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(TARGETS)), fc.array(change, { maxLength: 3 }), (to, changes) => {
      const scenario = TARGETS[to]!
      const there = changes.filter(({ piece }) => scenario.resources[piece] !== undefined)
      const interventions = there.flatMap(({ piece: resource, fault, back }): Intervention[] => [
        { at: 10, fault, resource },
        ...(back ? [{ at: 15, repair: fault, resource }] : []),
      ])
      const gone = new Set<string>()
      const down = new Set<string>()
      for (const { piece, fault, back } of [...there].sort((a, b) => Number(a.back) - Number(b.back)))
        (fault === 'deleted' ? gone : down)[back ? 'delete' : 'add'](piece)
      const resources = Object.fromEntries(Object.entries(scenario.resources).filter(([id]) => !gone.has(id)))
      const { reachable } = reach(buildNetwork({ ...scenario, resources }, { down }), { from: 'Fn', to })
      const after = one({ ...scenario, interventions }, { m: 'success', of: 'Visitors', during: [20, 'end'] })
      expect(after).toBe(reachable ? 1 : 0)
    }),
    { numRuns: 60 },
  )
})
