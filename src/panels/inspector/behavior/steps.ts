/** Steps of a function in words, and moves within their list. */
import type { Duration, Json, JsonObject, LogicalId, Scenario } from '../../../model/scenario'
import { stepTime } from '../estimate'
import { digits, durationText, nameOf, shortAction } from '../words'

export interface StepLine {
  /** `cpu`, `call PutItem` */
  readonly what: string
  /** `0.020 vCPU-s`, `OrdersTable × 10` */
  readonly detail: string
  /** Seconds in one invocation; null: takes no time of its own. */
  readonly seconds: number | null
}

export function stepLine(step: JsonObject, functionId: LogicalId, scenario: Scenario): StepLine {
  const { seconds, times } = stepTime(step, functionId, scenario)
  const many = times > 1 ? ` × ${digits(times)}` : ''
  if (step['cpu'] !== undefined)
    return { what: 'cpu', detail: `${durationText(step['cpu'] as Duration, 'vCPU-s')}${many}`, seconds }
  if (step['wait'] !== undefined)
    return { what: 'wait', detail: `${durationText(step['wait'] as Duration)}${many}`, seconds }
  if (typeof step['call'] === 'string') {
    const may = step['optional'] === true ? ', may fail' : ''
    return {
      what: `call ${shortAction(step['call'])}`,
      detail: `${nameOf(String(step['to']), scenario)}${many}${may}`,
      seconds,
    }
  }
  return { what: 'fail', detail: failText(step['fail']), seconds }
}

function failText(fail: Json | undefined): string {
  const when = typeof fail === 'object' && fail !== null && !Array.isArray(fail) ? fail : {}
  const parts: string[] = []
  if (typeof when['rate'] === 'number') parts.push(`${digits(when['rate'] * 100)} % of calls`)
  if (Array.isArray(when['attempts'])) parts.push(`attempt ${when['attempts'].join(', ')}`)
  if (when['poison'] === true) parts.push('on poison')
  return parts.join(', ') || 'never'
}

/** The list with item `from` moved to `to`; the same list when that is no place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from]
  if (item === undefined || from === to || to < 0 || to >= list.length) return list
  return list.toSpliced(from, 1).toSpliced(to, 0, item)
}
