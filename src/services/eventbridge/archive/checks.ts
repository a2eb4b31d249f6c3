import { parsePattern } from '../../../events/parse-pattern'
import type { Scenario } from '../../../model/scenario'
import { idsOf, pointer, typeOf } from '../../edit'
import type { Problem } from '../../service'
import { ARCHIVE, archiveOf } from './settings'

/** What the archive of a replay that was asked for may not hold yet (s, EB-15). */
const DELAY = 600

export function archiveProblems(scenario: Scenario): Problem[] {
  const problems = idsOf(ARCHIVE, scenario).flatMap((id): Problem[] => {
    const { bus, pattern } = archiveOf(id, scenario)
    const parsed = pattern === null ? null : parsePattern(pattern)
    return [
      ...(bus === null
        ? [
            {
              severity: 'warning' as const,
              path: pointer(id),
              message: `${id} keeps the events of no bus. Draw a wire to it from one, or set SourceArn.`,
            },
          ]
        : []),
      ...(parsed === null || parsed.ok
        ? []
        : [
            {
              severity: 'error' as const,
              path: pointer(id, 'Properties', 'EventPattern') + parsed.path,
              message: `The pattern of ${id} cannot be used: ${parsed.reason}.`,
            },
          ]),
    ]
  })
  return [...problems, ...replayProblems(scenario)]
}

function replayProblems(scenario: Scenario): Problem[] {
  return (scenario.interventions ?? []).flatMap((step, i): Problem[] => {
    if (!('replay' in step)) return []
    const path = `/interventions/${i}`
    const said = (severity: Problem['severity'], key: string, message: string): Problem => ({
      severity,
      path: `${path}/${key}`,
      message: `Intervention ${i + 1}: ${message}`,
    })
    if (typeOf(step.replay, scenario) !== ARCHIVE)
      return [said('error', 'replay', `${step.replay} is no archive. Name one.`)]
    const { bus } = archiveOf(step.replay, scenario)
    const foreign = (step.rules ?? []).findIndex(
      (rule) =>
        typeOf(rule, scenario) !== 'AWS::Events::Rule' ||
        scenario.resources[rule]!.Properties?.['EventBusName'] !== bus,
    )
    return [
      ...(step.to <= step.from
        ? [said('error', 'to', `the replay ends at ${step.to} s, before it begins. Make to later than from.`)]
        : []),
      ...(step.from >= step.at
        ? [said('error', 'from', `nothing from ${step.from} s on has happened at ${step.at} s. Make from earlier.`)]
        : []),
      ...(step.to > step.at - (scenario.facts?.['eventbridge.archiveDelay'] ?? DELAY) && step.from < step.at
        ? [
            said(
              'info',
              'at',
              `events of the last ${(scenario.facts?.['eventbridge.archiveDelay'] ?? DELAY) / 60} min may be missing from the archive (EB-15).`,
            ),
          ]
        : []),
      ...(foreign >= 0
        ? [said('error', `rules/${foreign}`, `${step.rules![foreign]!} is no rule on ${bus ?? 'its bus'}.`)]
        : []),
    ]
  })
}
