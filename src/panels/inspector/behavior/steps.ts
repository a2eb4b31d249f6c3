/** Steps of a function in words, and moves within their list. */
import { objectOf } from '../../../model/json'
import type { Duration, JsonObject, LogicalId, Scenario } from '../../../model/scenario'
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
  const line = (what: string, detail: string): StepLine => ({ what, detail: `${detail}${many}`, seconds })
  const text = (name: string): string => String(step[name])
  if (step['cpu'] !== undefined) {
    const threads = typeof step['threads'] === 'number' && step['threads'] > 1 ? `, ${step['threads']} threads` : ''
    return line('cpu', `${durationText(step['cpu'] as Duration, 'vCPU-s')}${first(step, 'vCPU-s')}${threads}`)
  }
  if (step['wait'] !== undefined) return line('wait', `${durationText(step['wait'] as Duration)}${first(step, 's')}`)
  if (typeof step['call'] === 'string') {
    const once = step['idempotent'] === true ? ', once per event' : ''
    const may = step['optional'] === true ? ', may fail' : ''
    const what = `call ${shortAction(step['call'])}`
    const whom = step['to'] === undefined ? text('target') : nameOf(text('to'), scenario)
    return { what, detail: `${whom}${many}${once}${may}`, seconds }
  }
  if (step['connect'] !== undefined) {
    const name = typeof step['name'] === 'string' ? step['name'] : 'connection'
    return line('connect', `${name}, ${step['scope'] === 'handler' ? 'in every call' : 'kept by the environment'}`)
  }
  if (step['memory'] !== undefined)
    return line(
      'memory',
      `${digits(Number(step['memory']))} MB, ${step['scope'] === 'global' ? 'calls add up' : 'given back'}`,
    )
  if (step['write'] !== undefined)
    return line('write', `/tmp/${text('write')}, ${digits(Number(step['size'] ?? 0))} MB`)
  if (step['read'] !== undefined)
    return line('read', `/tmp/${text('read')}${step['optional'] === true ? ', may be missing' : ''}`)
  if (step['state'] !== undefined) return line('remember', stateText(step))
  if (step['log'] !== undefined) return line('log', `“${text('log')}”`)
  const fail = objectOf(step['fail'])
  return line(fail['crash'] === true ? 'crash' : 'fail', failText(fail))
}

const first = (step: JsonObject, unit: string): string =>
  step['cold'] === undefined ? '' : `, first ${durationText(step['cold'] as Duration, unit)}`

const SCOPES: { readonly [scope: string]: string } = { handler: 'this call', tmp: 'in /tmp' }

/** `count + 1`, `tier = "gold", this call`. */
function stateText(step: JsonObject): string {
  const name = String(step['state'])
  const add = typeof step['add'] === 'number' ? step['add'] : 0
  const change =
    step['set'] === undefined ? `${add < 0 ? '−' : '+'} ${digits(Math.abs(add))}` : `= ${JSON.stringify(step['set'])}`
  const scope = SCOPES[String(step['scope'])]
  return `${name} ${change}${scope === undefined ? '' : `, ${scope}`}`
}

/** When it fails, and with what; without a condition always. */
function failText(when: JsonObject): string {
  const parts: string[] = []
  if (typeof when['rate'] === 'number') parts.push(`${digits(when['rate'] * 100)} % of calls`)
  if (Array.isArray(when['attempts'])) parts.push(`attempt ${when['attempts'].join(', ')}`)
  if (when['poison'] === true) parts.push('on poison')
  if (typeof when['field'] === 'string') parts.push(`as ${when['field']} says`)
  const type = typeof when['type'] === 'string' ? `, ${when['type']}` : ''
  return `${parts.join(', ') || 'always'}${type}`
}

/** Where a step stands in a loop over the messages of a batch; null outside. Adjacent steps marked `perMessage` form one. */
export type InLoop = 'only' | 'first' | 'middle' | 'last' | null

export function loopsOf(steps: readonly JsonObject[]): InLoop[] {
  const isIn = (index: number): boolean => steps[index]?.['perMessage'] === true
  return steps.map((_, i) => {
    if (!isIn(i)) return null
    if (isIn(i - 1)) return isIn(i + 1) ? 'middle' : 'last'
    return isIn(i + 1) ? 'first' : 'only'
  })
}

/** What a step does, for the menu that adds one. */
export const STEP_GROUPS: readonly { readonly label: string; readonly steps: readonly string[] }[] = [
  { label: 'Time', steps: ['cpu', 'wait'] },
  { label: 'Other resources', steps: ['call', 'target', 'connect'] },
  { label: 'State', steps: ['state', 'write', 'read', 'memory'] },
  { label: 'Outcome', steps: ['fail', 'log'] },
]

/** A new step starts as something that runs and that can be seen. */
export const STARTS: { readonly [name: string]: JsonObject } = {
  fail: { fail: { rate: 0.1 } },
  target: { target: '$.detail.instance-id', call: 'ec2:StartInstances' },
  connect: { connect: 0.3, scope: 'global', name: 'connection' },
  memory: { memory: 50, scope: 'handler' },
  write: { write: 'cache.json', size: 1 },
  read: { read: 'cache.json' },
  state: { state: 'count', scope: 'global', add: 1 },
  log: { log: 'done' },
}

/** The list with item `from` moved to `to`; the same list when that is no place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from]
  if (item === undefined || from === to || to < 0 || to >= list.length) return list
  return list.toSpliced(from, 1).toSpliced(to, 0, item)
}
