import { describe, expect, test } from 'vitest'
import type { Scenario } from '../model/scenario'
import { SCHEMAS } from '../services/schemas'
import { editYaml } from './edit-yaml'
import { gateText } from './gate-text'
import { removeResources } from './remove'
import { renameResource } from './rename'
import { KINDS, orders, registry } from './samples'
import { serialise } from './serialise'

const TEXT = `# Teaching example
coldstart: 1
name: Pizza # the shop
profile: teaching
seed: 42
duration: 300
resources:
  # where orders wait
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 30 # half a minute
  # who bakes
  Baker:
    Type: AWS::Lambda::Function
    Behavior:
      steps:
        - { cpu: 0.02 } # knead
        # then wait
        - { wait: 1 }
  Mapping: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: Queue, FunctionName: Baker } }
`

function read(text: string): Scenario {
  const result = gateText(text, registry())
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('\n'))
  return result.scenario
}

/** The text after a change, which must say exactly what the change said. */
function edited(change: (scenario: Scenario) => Scenario | void): string {
  const before = read(TEXT)
  const copy = structuredClone(before)
  const after = change(copy) ?? copy
  const text = editYaml(TEXT, before, after)
  expect(read(text)).toEqual(after)
  return text
}

describe('an edit keeps what it does not touch', () => {
  test('a value', () => {
    const text = edited((scenario) => void (scenario.resources['Queue']!.Properties!['VisibilityTimeout'] = 60))
    expect(text).toBe(TEXT.replace('Timeout: 30', 'Timeout: 60'))
  })

  test('a new resource and layout', () => {
    const text = edited((scenario) => {
      scenario.resources['Dlq'] = { Type: 'AWS::SQS::Queue' }
      scenario.layout = { Dlq: { x: 1, y: 2 } }
    })
    expect(text).toBe(`${TEXT}  Dlq: { Type: AWS::SQS::Queue }\nlayout:\n  Dlq: { x: 1, y: 2 }\n`)
  })

  test('a deletion', () => {
    const text = edited((scenario) => removeResources(scenario, ['Queue'], { schemas: SCHEMAS, kinds: KINDS }).scenario)
    expect(text).toContain('# who bakes')
    expect(text).not.toContain('Queue')
  })

  test('a new name stays in its place, with its comments', () => {
    const text = edited((scenario) => renameResource(scenario, 'Queue', 'Orders', SCHEMAS))
    expect(text).toBe(TEXT.replace('  Queue:', '  Orders:').replace('EventSourceArn: Queue', 'EventSourceArn: Orders'))
  })

  test('steps in a list', () => {
    const text = edited((scenario) => {
      scenario.resources['Baker']!.Behavior = { steps: [{ cpu: 0.02 }, { cpu: 0.5 }, { wait: 1 }] }
    })
    expect(text).toContain('- { cpu: 0.02 } # knead\n')
    expect(text).toContain('# then wait\n        - { wait: 1 }')
  })

  test('nothing changed, nothing written', () => {
    expect(edited(() => undefined)).toBe(TEXT)
  })
})

test('edits in the text that are not in the document yet survive', () => {
  const pending = TEXT.replace('Timeout: 30', 'Timeout: 99999')
  const before = read(TEXT)
  const after = { ...before, layout: { Queue: { x: 5, y: 6 } } }
  expect(editYaml(pending, before, after)).toBe(`${pending}layout:\n  Queue: { x: 5, y: 6 }\n`)
})

test('broken text is written anew, JSON stays JSON', () => {
  const after = orders()
  expect(editYaml('a: [', after, after)).toBe(serialise(after, 'yaml'))
  expect(editYaml('{"coldstart": 1}', after, after)).toBe(serialise(after, 'json'))
})
