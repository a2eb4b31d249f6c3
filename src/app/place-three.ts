import type { Scenario } from '../model/scenario'
import { connect, drawing, addResource, isRefusal, PLAIN_NETWORK_VIEW } from '../drawing'
import { REGISTRY } from './registry'

const AT = [
  ['Coldstart::Client', { x: 100, y: 160 }],
  ['AWS::SQS::Queue', { x: 380, y: 160 }],
  ['AWS::Lambda::Function', { x: 720, y: 160 }],
] as const

/** The empty canvas's first action: a client, a queue and a function, wired, so that a run starts by itself. */
export function placeThree(scenario: Scenario): Scenario {
  let next = scenario
  const ids: string[] = []
  for (const [type, point] of AT) {
    const result = addResource(next, drawing(next, REGISTRY, PLAIN_NETWORK_VIEW), REGISTRY, type, {
      point,
      container: null,
    })
    if (isRefusal(result)) return scenario
    next = result.scenario
    ids.push(result.ids[0]!)
  }
  for (const [from, to] of [
    [ids[0]!, ids[1]!],
    [ids[1]!, ids[2]!],
  ] as const) {
    const result = connect(next, REGISTRY, from, to)
    if (!isRefusal(result)) next = result.scenario
  }
  return next
}
