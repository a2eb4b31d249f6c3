import { compileInput } from '../../events/input/target-input'
import { parsePattern } from '../../events/parse-pattern'
import type { Scenario } from '../../model/scenario'
import { idsOf, pointer } from '../edit'
import type { Check, Problem } from '../service'
import { PIPE, pipeOf, TABLE } from './settings'

export const pipeProblems = (scenario: Scenario): Problem[] =>
  idsOf(PIPE, scenario).flatMap((id): Problem[] => {
    const { source, target, role, patterns, input, enrichment } = pipeOf(id, scenario)
    const found: Problem[] = []
    const say = (severity: Problem['severity'], message: string, ...path: string[]): void =>
      void found.push({ severity, path: path.length === 0 ? pointer(id) : pointer(id, 'Properties', ...path), message })
    if (source === null) say('warning', `${id} reads nothing. Draw a wire to it from a queue, a stream or a table.`)
    if (target === null) say('warning', `${id} delivers nowhere. Draw a wire from it to its target.`)
    if (role === null) say('error', `${id} has no role to act under. Set RoleArn, or draw its wires again.`)
    if (source?.type === TABLE && scenario.resources[source.id]!.Properties?.['StreamSpecification'] === undefined)
      say('error', `${source.id} has no stream for ${id} to read. Set its StreamSpecification.`, 'Source')
    patterns.forEach((pattern, index) => {
      const parsed = parsePattern(pattern)
      if (!parsed.ok)
        say(
          'error',
          `The filter of ${id} cannot be used: ${parsed.reason}.`,
          'SourceParameters',
          'FilterCriteria',
          'Filters',
          String(index),
          'Pattern',
        )
    })
    const compiled = compileInput(input)
    if (compiled !== null && 'refused' in compiled)
      say(
        'error',
        `The template of ${id} cannot be used. Paths stand in it as <$.body.id>.`,
        'TargetParameters',
        'InputTemplate',
      )
    const { Behavior } = enrichment === null ? {} : scenario.resources[enrichment]!
    if (enrichment !== null && Behavior?.['response'] === undefined)
      say('info', `${enrichment} has no response, so ${id} hands on what it read. Set Behavior.response.`, 'Enrichment')
    return found
  })

export const checks: readonly Check[] = [pipeProblems]
