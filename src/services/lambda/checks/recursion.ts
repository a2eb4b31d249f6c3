import type { LogicalId, Scenario } from '../../../model/scenario'
import { pointer } from '../../edit'
import type { Check, Problem } from '../../service'
import { facts } from '../facts'
import { deadLettersOf, destinationsOf, functionOf, QUEUE, stepsOf, TOPIC } from '../targets'
import { MAPPING } from '../resource-types'
import { functionIds } from '../versions/versions'
import { report, textOf } from './report'

/** LAM-68: functions that call themselves through queues, topics and functions, which Lambda notices; buckets tell of theirs themselves. */
export const recursion: Check = (scenario) => {
  const next = onLoops(followers(scenario))
  const told = new Set<LogicalId>()
  return functionIds(scenario).flatMap((fn): Problem[] => {
    if (told.has(fn)) return []
    const loop = pathBack(fn, next)
    if (loop === null) return []
    for (const id of loop) told.add(id)
    const limit = Number(facts['recursionLimit']!.value.teaching)
    const way = [...loop, fn].join(' -> ')
    const allowed = loop.find((id) => scenario.resources[id]?.Properties?.['RecursiveLoop'] === 'Allow')
    return allowed === undefined
      ? report(
          'info',
          pointer(fn),
          `${way} is a loop. After about ${limit} passes Lambda drops the event, or hands it to the dead-letter queue or failure destination (LAM-68).`,
        )
      : report(
          'warning',
          pointer(allowed, 'Properties', 'RecursiveLoop'),
          `${way} is a loop, and ${allowed} allows it: an event may go round for ever and is billed each time. Set Terminate.`,
          null,
          {
            title: 'Set Terminate',
            patches: [{ op: 'replace', path: pointer(allowed, 'Properties', 'RecursiveLoop'), value: 'Terminate' }],
          },
        )
  })
}

type Followers = Map<LogicalId, Set<LogicalId>>

/** What an event may reach next: from functions what they call and hand on to, from queues the functions that poll them, from topics their subscribers. */
function followers(scenario: Scenario): Followers {
  const next: Followers = new Map()
  const add = (from: LogicalId, to: LogicalId): void => {
    const target = functionOf(to, scenario) ?? ([QUEUE, TOPIC].includes(scenario.resources[to]?.Type ?? '') ? to : null)
    if (target === null) return
    const targets = next.get(from) ?? new Set()
    next.set(from, targets.add(target))
  }
  for (const fn of functionIds(scenario)) {
    for (const step of stepsOf(scenario.resources[fn])) {
      const to = textOf(step['to'])
      if (to !== null && /^(sqs:SendMessage(Batch)?|sns:Publish|lambda:Invoke(Async)?)$/.test(String(step['call'])))
        add(fn, to)
    }
    const dead = deadLettersOf(fn, scenario)
    if (dead !== null) add(fn, dead)
  }
  for (const { from, to } of destinationsOf(scenario)) add(from, to)
  for (const { Type, Properties } of Object.values(scenario.resources)) {
    const queue = textOf(Properties?.['EventSourceArn'])
    const fn = textOf(Properties?.['FunctionName'])
    if (Type === MAPPING && queue !== null && fn !== null) add(queue, fn)
    const topic = textOf(Properties?.['TopicArn'])
    const subscriber = textOf(Properties?.['Endpoint'])
    if (Type === 'AWS::SNS::Subscription' && topic !== null && subscriber !== null) add(topic, subscriber)
  }
  return next
}

/** The same without what leads nowhere, again and again, so that only loops and what joins them are left to be searched. */
function onLoops(all: Followers): Followers {
  const before: Followers = new Map()
  for (const [from, targets] of all) for (const to of targets) before.set(to, (before.get(to) ?? new Set()).add(from))
  const left = new Map([...all].map(([from, targets]) => [from, new Set(targets)]))
  const ends = [...before.keys()].filter((to) => !left.has(to))
  for (const end of ends) {
    for (const from of before.get(end) ?? []) {
      const targets = left.get(from)
      targets?.delete(end)
      if (targets?.size !== 0) continue
      left.delete(from)
      ends.push(from)
    }
  }
  return left
}

/** The shortest way from a node back to itself, without its end; null when there is none. */
function pathBack(start: LogicalId, next: Followers): LogicalId[] | null {
  const before = new Map<LogicalId, LogicalId>()
  const queue = [start]
  for (const here of queue) {
    for (const to of next.get(here) ?? []) {
      if (to === start) {
        const path = [here]
        while (path[0] !== start) path.unshift(before.get(path[0]!)!)
        return path
      }
      if (before.has(to)) continue
      before.set(to, here)
      queue.push(to)
    }
  }
  return null
}
