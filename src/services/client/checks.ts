import type { LogicalId, Scenario } from '../../model/scenario'
import { idsOf, pointer } from '../edit'
import type { Check, Problem } from '../service'
import { CLIENT } from './resource-type'
import { compile, type TemplateProblem } from '../template'

const TEMPLATED = ['body', 'text', 'attributes', 'group', 'deduplication'] as const

/** Placeholders of a client that cannot be filled in. */
const templates: Check = (scenario) => idsOf(CLIENT, scenario).flatMap((id) => problemsOf(id, scenario))

function problemsOf(id: LogicalId, scenario: Scenario): Problem[] {
  const behavior = scenario.resources[id]!.Behavior ?? {}
  return TEMPLATED.flatMap((name) => {
    const problems: TemplateProblem[] = []
    compile(behavior[name], problems)
    if (name === 'group' && /\{\{\s*key\s*\}\}/.test(String(behavior[name] ?? '')))
      problems.push({ path: '', reason: '{{key}} is the group itself. Take {{pick a b}} or {{cycle a b}}' })
    return problems.map(({ path, reason }): Problem => ({
      severity: 'error',
      path: pointer(id, 'Behavior', name) + path,
      message: `${id}: ${reason}.`,
    }))
  })
}

export const checks: readonly Check[] = [templates]
