import type { Json } from '../../model/scenario'
import type { Answered } from '../query-run/answers'
import { count, type Metrics, type Subject } from './metric'
import { countsInFunction, FUNCTION, LATEST, versionsOf } from './versions'

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup'
const CLIENT = 'Coldstart::Client'

/** Requests of a load balancer or target group by the status they were answered with. */
function ofBalancer(of: Subject, id: string): number | undefined {
  const read = (name: string): number | undefined => of.read([name], 'Sum', id)
  const all = read('RequestCount')
  const status = of.where('status')
  // it answers nothing in the name of Lambda
  if (['type', 'reason', 'functionError', 'version'].some((key) => (of.where(key) ?? null) !== null)) return 0
  if (all === undefined || status === undefined) return all
  const exact = /^\d+$/.test(String(status)) ? read(`HTTPCode_ELB_${String(status)}_Count`) : undefined
  if (exact !== undefined) return exact
  const digit = String(status).charAt(0)
  return (read(`HTTPCode_ELB_${digit}XX_Count`) ?? 0) + (read(`HTTPCode_Target_${digit}XX_Count`) ?? 0)
}

const same = (value: string, asked: Json): boolean => value.toLowerCase() === String(asked).toLowerCase()

/** Whether an answer is what `where` asks for. Null asks for those without. */
function isMeant(of: Subject, { status, type, reason, functionError }: Answered): boolean {
  const asked = of.where('status')
  if (asked !== undefined && String(status) !== String(asked) && !same(`${String(status).charAt(0)}XX`, asked))
    return false
  const named = (value: string, key: string): boolean => {
    const name = of.where(key)
    if (name === undefined) return true
    if (typeof name === 'boolean') return (value !== '') === name
    return same(value, name ?? '') || (key === 'type' && same(value, `${String(name)}Exception`))
  }
  return named(type, 'type') && named(reason, 'reason') && named(functionError, 'functionError')
}

/** What is called when `id` is: a function with its versions and aliases. */
function calledAs(of: Subject): (to: string) => boolean {
  const { resources } = of.world.scenario
  const version = of.where('version')
  if (version !== undefined) {
    const one = version === LATEST ? of.id : versionsOf(of.world.scenario, of.id).get(String(version))
    return (to) => to === one
  }
  return (to) =>
    to === of.id ||
    (countsInFunction(resources[to]?.Type ?? '') && resources[to]!.Properties?.['FunctionName'] === of.id)
}

/** Answers to invocations of a function, or to those a client made. */
function ofInvocations(of: Subject, caller: boolean): number | undefined {
  const answers = of.world.log?.answers
  if (answers === null || answers === undefined) return undefined
  // Invoke is a POST
  if (!same('POST', of.where('method') ?? 'POST')) return 0
  const isCalled = calledAs(of)
  const from = of.where('from')
  let sum = 0
  for (const group of answers.groups()) {
    if (caller ? group.from !== of.id : !isCalled(group.to)) continue
    if (from !== undefined && group.from !== from) continue
    if (isMeant(of, group)) sum += group.at.filter((at) => at <= of.world.until && of.inWindow(at)).length
  }
  return sum
}

function answered(of: Subject): number | undefined {
  const { scenario } = of.world
  const { Type, Behavior } = of.resource
  // there are no API keys
  if ((of.where('key') ?? null) !== null) return 0
  if (Type === LOAD_BALANCER || Type === TARGET_GROUP) return ofBalancer(of, of.id)
  if (Type === FUNCTION || countsInFunction(Type)) {
    const front = Object.values(scenario.resources).some((one) => one.Type === LOAD_BALANCER)
    return of.query.of === undefined && front ? undefined : ofInvocations(of, false)
  }
  if (Type !== CLIENT) return undefined
  const to = typeof Behavior?.['to'] === 'string' ? Behavior['to'] : ''
  if (scenario.resources[to]?.Type !== LOAD_BALANCER) return ofInvocations(of, true)
  const sent = (of.read(['Requests'], 'Sum') ?? 0) + (of.read(['Retries'], 'Sum') ?? 0)
  // of several clients nobody can tell whose requests they were
  return sent === of.read(['RequestCount'], 'Sum', to) ? ofBalancer(of, to) : undefined
}

export const HTTP: Metrics = {
  'http.count': count(
    'Answers by status. Of a function, version or alias: to its invocations, synchronous (200 for function errors, too) and asynchronous (202), with LAM-52; where from: the caller, type: TooManyRequestsException, reason: of a 429, functionError: Unhandled. Of a client: to what it called. Of a load balancer or a target group: to requests; 502 and 503 as the load balancer answers them itself, any other by its class (200 as 2XX).',
    answered,
    {
      where: ['status', 'key', 'method', 'from', 'type', 'reason', 'functionError', 'version'],
      needs: ['answers'],
      unnamed: (type) => type === LOAD_BALANCER || type === FUNCTION,
      none: 0,
    },
  ),
}
