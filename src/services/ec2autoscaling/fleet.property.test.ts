/** Fleets of any kind: no message is lost, sizes keep to their limits, and nothing is done twice while the visibility timeout is long enough. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Intervention, Scenario } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'
import { backlogPolicy, fromZero } from './recipes'

const { step, alarm } = fromZero('W', 'Q', 'Step')

const fleet = fc.record({
  messages: fc.integer({ min: 0, max: 60 }),
  poison: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
  duration: fc.integer({ min: 1, max: 30 }),
  batch: fc.integer({ min: 1, max: 5 }),
  waitTime: fc.constantFrom(0, 5, 20),
  hidden: fc.integer({ min: 5, max: 200 }),
  min: fc.integer({ min: 0, max: 2 }),
  more: fc.integer({ min: 1, max: 6 }),
  target: fc.integer({ min: 1, max: 10 }),
  hook: fc.boolean(),
  faithful: fc.boolean(),
  sizes: fc.array(fc.record({ at: fc.integer({ min: 1, max: 900 }), most: fc.integer({ min: 0, max: 8 }) }), {
    maxLength: 3,
  }),
  seed: fc.integer({ min: 1, max: 1_000 }),
})

test('any fleet', () => {
  fc.assert(
    fc.property(fleet, (it) => {
      const most = it.min + it.more
      const interventions: Intervention[] = it.sizes.map(({ at, most: size }) => ({
        at,
        set: '/resources/W/Properties/MaxSize',
        value: Math.max(it.min, size),
      }))
      const resources: Scenario['resources'] = {
        C: client(
          'sqs:SendMessage',
          'Q',
          { pattern: 'burst', count: it.messages || 1, at: it.messages === 0 ? 2_000 : 10 },
          { poison: it.poison },
        ),
        Q: {
          Type: 'AWS::SQS::Queue',
          Properties: { VisibilityTimeout: it.hidden, RedrivePolicy: { deadLetterTargetArn: 'D', maxReceiveCount: 4 } },
        },
        D: { Type: 'AWS::SQS::Queue' },
        W: {
          Type: 'AWS::AutoScaling::AutoScalingGroup',
          Properties: { MinSize: it.min, MaxSize: most },
          Behavior: { worker: { queue: 'Q', duration: it.duration, batch: it.batch, waitTime: it.waitTime } },
        },
        P: backlogPolicy('W', 'Q', it.target),
        Step: step,
        A: alarm,
        ...(it.hook
          ? {
              H: {
                Type: 'AWS::AutoScaling::LifecycleHook',
                Properties: { AutoScalingGroupName: 'W', HeartbeatTimeout: 600 },
              },
            }
          : {}),
      }
      const ran = runOf(
        scenarioOf(resources, {
          duration: 1_500,
          seed: it.seed,
          interventions,
          profile: it.faithful ? 'aws-2026-11' : 'teaching',
          facts: { 'sqs.copies': 0, 'ec2autoscaling.inPoints': 2 },
        }),
      )
      expect(ran.stopped).toBeUndefined()
      const deleted = ran.total('Q', 'NumberOfMessagesDeleted')
      const held = ran.contents().length
      expect(deleted + held).toBe(it.messages)
      // whatever a group wants lies between its sizes
      const limit = Math.max(most, ...it.sizes.map((size) => size.most))
      for (const [, wanted] of ran.level('W', 'desired')) {
        expect(wanted).toBeGreaterThanOrEqual(it.min)
        expect(wanted).toBeLessThanOrEqual(limit)
      }
      for (const [, there] of ran.level('W', 'inService')) expect(there).toBeLessThanOrEqual(limit)
      const effects = ran.total('W', 'Effects')
      const twice = ran.total('W', 'DuplicateEffects')
      expect(effects - twice).toBeLessThanOrEqual(it.messages)
      // an instance that is cut off lets go of what it has not done, so that this is not done twice either
      if (it.hidden >= it.batch * it.duration) expect([twice, effects]).toEqual([0, deleted])
      // money: nobody works longer than it is there
      const hours = ran.costs.filter(({ resource }) => resource === 'W').map(({ quantity }) => quantity)
      for (const quantity of hours) expect(quantity).toBeGreaterThanOrEqual(-1e-9)
    }),
    { numRuns: 120 },
  )
})
