import { expect, test } from 'vitest'
import { gate } from './text'

const scenario = (interventions: string): string => `
coldstart: 1
name: x
profile: teaching
seed: 1
duration: 60
resources:
  Bus: { Type: AWS::Events::EventBus }
  R: { Type: AWS::Events::Rule, Properties: { EventBusName: Bus, EventPattern: { source: [a] }, Targets: [{ Id: q, Arn: Q }] } }
  Q: { Type: AWS::SQS::Queue }
interventions:
${interventions}
`
const said = (interventions: string) =>
  gate(scenario(interventions)).problems.map(({ severity, path, message }) => ({ severity, path, message }))

test('a change during the run that AWS would refuse is said beforehand, once, at its place', () => {
  const wrong = '/resources/R/Properties/EventPattern'
  const found = said(`  - { at: 5, set: /resources/Q/Properties/VisibilityTimeout, value: 5 }
  - { at: 2, set: ${wrong}, value: { source: x } }
  - { at: 3, set: ${wrong}, value: { source: x } }`)
  expect(found).toEqual([
    { severity: 'warning', path: '/interventions/1/value', message: expect.stringMatching(/^From 2 s on: .*source/) },
  ])
})

test('a change that is right says nothing', () => {
  expect(said('  - { at: 2, set: /resources/R/Properties/EventPattern, value: { source: [x] } }')).toEqual([])
})
