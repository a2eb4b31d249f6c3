import { idsOf, pointer } from '../edit'
import type { Check, Problem } from '../service'
import { ALARM, alarmSettings } from './settings'

/** Alarms that watch nothing, or more points than they look at. */
const alarms: Check = (scenario) =>
  idsOf(ALARM, scenario).flatMap((id): Problem[] => {
    const { metric, period, periods, points } = alarmSettings(id, scenario)
    const error = (name: string, message: string): Problem => ({
      severity: 'error',
      path: pointer(id, 'Properties', name),
      message,
    })
    const problems: Problem[] = []
    if (metric === null)
      problems.push(
        error('Dimensions', `The metric of ${id} belongs to no resource here. Name one as the Value of a dimension.`),
      )
    if (period % 60 !== 0) problems.push(error('Period', `Period of ${id} is ${period} s. Make it whole minutes.`))
    if (points > periods)
      problems.push(
        error(
          'DatapointsToAlarm',
          `${id} looks at ${periods} data points and wants ${points} of them. Lower it to ${periods}.`,
        ),
      )
    return problems
  })

export const checks: readonly Check[] = [alarms]
