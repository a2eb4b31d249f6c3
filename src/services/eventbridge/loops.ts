import type { LogicalId, Scenario } from '../../model/scenario'
import { list, object, ref, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import { invokedFunction } from '../invitations'
import type { Problem } from '../service'
import { accountOf } from './accounts'
import { eventOf } from './event'
import { facts } from './facts'
import { matcherOf, type Matcher } from './matcher'
import { RULE, ruleOf, type RuleSettings } from './settings'

/** Rules that chase each other: a function that a rule calls puts an event that brings it back to the rule. Each loop is told once. */
export function loopProblems(scenario: Scenario): Problem[] {
  const rules = idsOf(RULE, scenario)
    .map((id) => ruleOf(id, scenario))
    .filter(({ enabled }) => enabled)
  const matchers = new Map(rules.map(({ id, pattern }): [LogicalId, Matcher] => [id, matcherOf(pattern)]))
  const next = (rule: RuleSettings): Step[] => stepsFrom(rule, rules, matchers, scenario)
  const told = new Set<LogicalId>()
  return rules.flatMap((rule): Problem[] => {
    if (told.has(rule.id)) return []
    const loop = wayBack(rule, next)
    if (loop === null) return []
    for (const { rule: each } of loop) told.add(each.id)
    const way = [rule.id, ...loop.flatMap((step) => [step.via, step.rule.id])].join(' -> ')
    const most = facts.mostRounds.value.teaching
    return [
      {
        severity: 'warning',
        path: pointer(rule.id, 'Properties', 'EventPattern'),
        message: `${way} is a loop. AWS goes round for ever and bills each round; the simulator stops after ${most}. Narrow a pattern, or let the function put its event with another source or detail-type.`,
      },
    ]
  })
}

/** The function that a rule calls, and a rule that its event brings about. */
interface Step {
  readonly via: LogicalId
  readonly rule: RuleSettings
}

function stepsFrom(
  { targets }: RuleSettings,
  rules: readonly RuleSettings[],
  matchers: ReadonlyMap<LogicalId, Matcher>,
  scenario: Scenario,
): Step[] {
  return targets.flatMap(({ id }): Step[] => {
    const via = invokedFunction(id, scenario)
    if (typeOf(via, scenario) !== 'AWS::Lambda::Function') return []
    return list(scenario.resources[via]!.Behavior?.['steps']).flatMap((json): Step[] => {
      const step = object(json)
      const bus = ref(step['to'])
      if (text(step['call']) !== 'events:PutEvents' || bus === null) return []
      const event = eventOf(object(step['body']), accountOf(bus, scenario))
      return rules.filter((rule) => rule.bus === bus && matchers.get(rule.id)!(0, event)).map((rule) => ({ via, rule }))
    })
  })
}

/** The shortest way from a rule back to it; null when there is none. */
function wayBack(start: RuleSettings, next: (rule: RuleSettings) => Step[]): Step[] | null {
  const before = new Map<Step, Step | null>()
  const seen = new Set<LogicalId>()
  const todo: Step[] = []
  const reach = (from: Step | null, steps: readonly Step[]): void => {
    for (const step of steps) {
      if (seen.has(step.rule.id)) continue
      seen.add(step.rule.id)
      before.set(step, from)
      todo.push(step)
    }
  }
  reach(null, next(start))
  for (const step of todo) {
    if (step.rule.id === start.id) {
      const way: Step[] = []
      for (let at: Step | null = step; at !== null; at = before.get(at) ?? null) way.unshift(at)
      return way
    }
    reach(step, next(step.rule))
  }
  return null
}
