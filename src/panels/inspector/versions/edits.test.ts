import { LATEST } from '../../../drawing'
import { describe, expect, it } from 'vitest'
import { gateJson } from '../../../gate'
import type { Resource, Scenario } from '../../../model/scenario'
import { runningVersions } from '../../../services/functions'
import { executionRole, withPermission } from '../../../services/roles'
import { patchRecipe } from '../../problems/applyPatches'
import * as edits from './edits'
import type { Answer, Change } from './edits'
import { callersOf, codeOf, differences, latestOf, publishedOf, versionsOf } from './releases'

const start: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Role: executionRole(),
    Client: { Type: 'Coldstart::Client', Behavior: { call: 'lambda:Invoke', to: 'Fn' } },
    Orders: { Type: 'AWS::SQS::Queue' },
    Dead: { Type: 'AWS::SQS::Queue' },
    Map: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'Orders', FunctionName: 'Fn' } },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: 'Role', MemorySize: 128, ReservedConcurrentExecutions: 5 },
      Behavior: { steps: [{ wait: 0.1 }] },
    },
    Other: {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: 'OtherRole' },
      Behavior: { steps: [{ call: 'lambda:Invoke', to: 'Fn' }] },
    },
    OtherRole: executionRole(),
  },
}

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
function done(answer: Answer): Change {
  if ('refused' in answer) throw new Error(answer.refused)
  return answer
}
function applied(scenario: Scenario, answer: Answer): Scenario {
  const draft = clone(scenario)
  patchRecipe(done(answer).patches)(draft)
  const gated = gateJson(draft)
  expect(gated.ok, JSON.stringify(gated.problems)).toBe(true)
  return draft
}
const refused = (answer: Answer): string => ('refused' in answer ? answer.refused : '')
function changed(scenario: Scenario, id: string, part: 'Properties' | 'Behavior', value: Resource['Properties']) {
  const resource = scenario.resources[id]!
  return {
    ...scenario,
    resources: { ...scenario.resources, [id]: { ...resource, [part]: { ...resource[part], ...value } } },
  } as Scenario
}
/** Two versions: 128 MB, then 512 MB. */
function twoVersions(): Scenario {
  const one = applied(start, edits.publish('Fn', 'first', start))
  const grown = changed(one, 'Fn', 'Properties', { MemorySize: 512 })
  return applied(grown, edits.publish('Fn', '', grown))
}

describe('publish', () => {
  it('writes the next version with a snapshot that later edits leave alone (LAM-60)', () => {
    const two = twoVersions()
    expect(versionsOf('Fn', two)).toEqual(['FnV1', 'FnV2'])
    expect(two.resources['FnV1']).toMatchObject({ Properties: { Description: 'first' }, Behavior: { number: 1 } })
    expect(publishedOf('FnV1', two).Properties).toMatchObject({ Role: 'Role', MemorySize: 128, Timeout: 3 })
    expect(publishedOf('FnV1', two).Properties).not.toHaveProperty('ReservedConcurrentExecutions')
    const later = changed(two, 'Fn', 'Behavior', { errors: { rate: 0.2 } })
    expect(publishedOf('FnV2', later)).toEqual(publishedOf('FnV2', two))
    expect(differences(publishedOf('FnV1', later), latestOf('Fn', later))).toEqual([
      { name: 'MemorySize', here: '128', there: '512' },
      { name: 'errors', here: 'none', there: 'rate 0.2' },
    ])
  })

  it('runs on unchanged when $LATEST gets what it did not have when it was published (claim 14.1)', () => {
    const later = changed(twoVersions(), 'Fn', 'Behavior', { errors: { rate: 1 }, init: 3 })
    const calling = changed(changed(later, 'Fn', 'Properties', { Timeout: 9 }), 'Client', 'Behavior', { to: 'FnV1' })
    const gated = gateJson(calling)
    if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
    const { properties, behavior } = runningVersions(gated.normalised).find(({ own }) => own === 'FnV1')!
    expect(properties).toMatchObject({ MemorySize: 128, Timeout: 3 })
    for (const name of ['errors', 'init']) expect(behavior).not.toHaveProperty(name)
  })

  it('makes nothing when nothing changed, reserved concurrency aside', () => {
    const two = twoVersions()
    expect(refused(edits.publish('Fn', '', two))).toContain('Nothing changed since version 2')
    const reserved = changed(two, 'Fn', 'Properties', { ReservedConcurrentExecutions: 9 })
    expect(refused(edits.publish('Fn', '', reserved))).toContain('version 2')
    // the default, written out, is no change
    const written = changed(two, 'Fn', 'Properties', { Timeout: 3 })
    expect(refused(edits.publish('Fn', '', written))).toContain('version 2')
  })

  it('moves what the taller function would cover', () => {
    const layout = {
      Fn: { x: 300, y: 0 },
      Dead: { x: 350, y: 180 },
      Orders: { x: 0, y: 180 },
      Other: { x: 300, y: 400 },
    }
    const placed: Scenario = { ...start, layout }
    expect(applied(placed, edits.publish('Fn', '', placed)).layout).toEqual({ ...layout, Dead: { x: 350, y: 208 } })
  })

  it('never gives a number twice, not even that of a deleted version', () => {
    const two = twoVersions()
    const less = applied(two, edits.removal('FnV2', two))
    expect(versionsOf('Fn', less)).toEqual(['FnV1'])
    expect(edits.nextNumber('Fn', less)).toBe(3)
    expect(versionsOf('Fn', applied(less, edits.publish('Fn', '', less)))).toEqual(['FnV1', 'FnV3'])
  })
})

describe('aliases', () => {
  it('point to a version, get weights, and go back in one edit', () => {
    const two = twoVersions()
    const made = edits.newAlias('Fn', 'live', 'FnV1', two)
    expect(done(made).made).toBe('FnLive')
    const live = applied(two, made)
    const moved = applied(live, edits.pointTo('FnLive', 'FnV2', live))
    expect(edits.backOf('FnLive', moved)?.words).toBe('Roll back to version 1')
    const back = applied(moved, edits.rollBack('FnLive', moved))
    expect(back.resources['FnLive']).toEqual(live.resources['FnLive'])
    const canary = applied(live, edits.weigh('FnLive', 'FnV2', 0.1, live))
    expect(canary.resources['FnLive']?.Properties?.['RoutingConfig']).toEqual({
      AdditionalVersionWeights: [{ FunctionVersion: 'FnV2', FunctionWeight: 0.1 }],
    })
    expect(edits.backOf('FnLive', canary)?.words).toBe('Stop sending to version 2')
    expect(applied(canary, edits.rollBack('FnLive', canary)).resources['FnLive']).toEqual(live.resources['FnLive'])
  })

  it('share calls only between published versions with the same role and dead-letter queue (LAM-62)', () => {
    const two = twoVersions()
    const latest = applied(two, edits.newAlias('Fn', 'dev', LATEST, two))
    expect(refused(edits.weigh('FnDev', 'FnV1', 0.1, latest))).toContain('$LATEST is not published')
    expect(refused(edits.rollBack('FnDev', two))).not.toBe('')
    const allowed = { ...two, resources: { ...two.resources, ...withPermission(two, 'Fn', 'sqs:SendMessage', 'Dead') } }
    const buried = changed(allowed, 'Fn', 'Properties', { DeadLetterConfig: { TargetArn: 'Dead' } })
    const three = applied(buried, edits.publish('Fn', '', buried))
    const live = applied(three, edits.newAlias('Fn', 'live', 'FnV2', three))
    expect(refused(edits.weigh('FnLive', 'FnV3', 0.1, live))).toContain('another dead-letter queue')
    const other = changed(two, 'Fn', 'Properties', { Role: 'OtherRole', DeadLetterConfig: undefined } as never)
    const roles = applied(other, edits.publish('Fn', '', other))
    const named = applied(roles, edits.newAlias('Fn', 'live', 'FnV2', roles))
    expect(refused(edits.weigh('FnLive', 'FnV3', 0.1, named))).toContain('another execution role')
    // moving to a version that may not share drops the weight
    const canary = applied(live, edits.weigh('FnLive', 'FnV1', 0.2, live))
    const away = applied(canary, edits.pointTo('FnLive', 'FnV3', canary))
    expect(away.resources['FnLive']?.Properties?.['RoutingConfig']).toBeUndefined()
  })

  it('refuse names that are taken, numbers or not names', () => {
    const two = twoVersions()
    const live = applied(two, edits.newAlias('Fn', 'live', 'FnV1', two))
    expect(edits.aliasNameProblem('Fn', 'live', live)).toContain('already')
    expect(edits.aliasNameProblem('Fn', '12', live)).toContain('digits')
    expect(edits.aliasNameProblem('Fn', 'a b', live)).toBeDefined()
    expect(edits.aliasNameProblem('Fn', 'blue-green_1', live)).toBeUndefined()
  })
})

describe('callers', () => {
  it('are found and re-pointed in one edit, with the permission a role needs', () => {
    const two = twoVersions()
    const live = applied(two, edits.newAlias('Fn', 'live', 'FnV1', two))
    expect(callersOf('Fn', live).map(({ name, to }) => [name, to])).toEqual([
      ['Client', 'Fn'],
      ['Orders, Map', 'Fn'],
      ['Other', 'Fn'],
    ])
    const all = applied(live, edits.repoint(callersOf('Fn', live), 'FnLive', live))
    expect(callersOf('Fn', all).every(({ to }) => to === 'FnLive')).toBe(true)
    expect(JSON.stringify(all.resources['OtherRole'])).toContain('FnLive')
    expect(all.resources['Fn']).toEqual(live.resources['Fn'])
  })

  it('hold a version in place; deleting an alias says who loses what', () => {
    const two = twoVersions()
    const live = applied(two, edits.newAlias('Fn', 'live', 'FnV1', two))
    expect(refused(edits.removal('FnV1', live))).toContain('live points to Fn:1')
    const all = applied(live, edits.repoint(callersOf('Fn', live).slice(0, 1), 'FnLive', live))
    expect(done(edits.removal('FnLive', all)).said).toContain('Client calls it and loses its target')
    const gone = applied(all, edits.removal('FnLive', all))
    expect(gone.resources['FnLive']).toBeUndefined()
    expect(gone.resources['Client']?.Behavior?.['to']).toBeUndefined()
  })
})

it('codeOf reads $LATEST from the function', () => {
  expect(codeOf(LATEST, 'Fn', start).Behavior).toEqual({ steps: [{ wait: 0.1 }] })
})

it('provisioned concurrency is asked for before the run or at a second of it, and is taken away whole', () => {
  const two = twoVersions()
  const kept = applied(two, edits.provision('FnV1', 3, two))
  expect(kept.resources['FnV1']!.Properties).toMatchObject({
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
  })
  const later = applied(kept, edits.requestAt('FnV1', 5, kept))
  expect(later.resources['FnV1']!.Behavior).toMatchObject({ requestedAt: 5 })
  expect(done(edits.requestAt('FnV1', 5, kept)).said).toContain('asked for at 5 s')
  expect(applied(later, edits.requestAt('FnV1', undefined, later))).toEqual(kept)
  expect(applied(later, edits.provision('FnV1', undefined, later))).toEqual(two)
})
