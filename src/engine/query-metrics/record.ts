import { evaluate, statementsOf } from '../../iam'
import { MICROS } from '../../model/units'
import type { Json } from '../../model/scenario'
import type { Content } from '../../services/service'
import { isAsked, valueAt } from './find'
import { count, type Metrics, type Subject } from './metric'
import { countsInFunction, FUNCTION } from './versions'

const INSTANCE = 'AWS::EC2::Instance'

const STORED = ['message', 'item', 'record', 'object']

/** Messages, items, records and objects a resource holds that `where` describes, in their order. */
function matching(of: Subject): Content[] {
  return of.world.contents.filter(
    ({ resource, kind, value }) =>
      resource === of.id &&
      STORED.includes(kind) &&
      Object.entries(of.query.where ?? {}).every(([path, asked]) => isAsked(valueAt(value, path), asked)),
  )
}

/** A series that only what holds something has: queues, tables, streams, buckets. */
const HOLDERS = [
  'ApproximateNumberOfMessagesVisible',
  'ConsumedWriteCapacityUnits',
  'IncomingRecords',
  'BucketSizeBytes',
] as const
const holds = (of: Subject): boolean => HOLDERS.some((name) => of.has(name))

const LOG_ACTIONS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']

/** Whether the role of a function may write to its log group. A function without a role is asked for no permission. */
function mayLog(of: Subject): boolean {
  const { resources } = of.world.scenario
  const fn = of.resource.Type === FUNCTION ? of.id : String(of.resource.Properties?.['FunctionName'])
  const role = resources[fn]?.Properties?.['Role']
  const found = typeof role === 'string' ? of.world.scenario.resources[role] : undefined
  if (found === undefined) return true
  const statements = statementsOf(found)
  const name = resources[fn]?.Properties?.['FunctionName']
  const group = `/aws/lambda/${typeof name === 'string' ? name : fn}`
  const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${group}`
  const resource = [arn, `${arn}:*`, `${arn}:log-stream:*`, group, fn]
  return LOG_ACTIONS.every((action) => evaluate({ statements, action, resource }).allowed)
}

const invoked = (of: Subject): number | undefined =>
  of.resource.Type === FUNCTION || countsInFunction(of.resource.Type) ? of.read(['Invocations'], 'Sum') : undefined

/** What variables of environments held last, by environment: those of handlers are gone when their call is over, all are when it is. */
function heldLast(of: Subject, scopes: readonly string[]): [string, Json][] {
  const { log } = of.world
  const last = new Map<string, Json>()
  for (const row of log?.rows('held') ?? []) {
    const [label, scope, ...words] = log!.level(row).split(' ')
    const name = words.join(' ')
    const key = of.where('key')
    // a level of 0 is how the end of the call, or of the environment, is told
    if (
      row.resource === of.id &&
      scopes.includes(scope!) &&
      (key === undefined || key === name) &&
      (row.value !== 0 || !last.has(`${label}/${name}`))
    )
      last.set(`${label}/${name}`, row.value)
  }
  return [...last]
}

/** What is remembered under a key: variables of environments, attributes of an item, text of a message; by key. */
function remembered(of: Subject): [string, Json][] {
  const key = of.where('key')
  const scope = of.where('scope')
  const path = of.query.field ?? of.where('field')
  if (scope === 'handler') return heldLast(of, ['handler'])
  return of.world.contents.flatMap((content): [string, Json][] => {
    if (content.resource !== of.id) return []
    if (scope !== undefined && content.kind !== scope) return []
    if (key !== undefined && content.key !== key && !content.key.endsWith(`/${String(key)}`)) return []
    const value = path === undefined ? content.value : valueAt(content.value, String(path))
    return value === undefined ? [] : [[content.key, value]]
  })
}

/** The value, the largest of several numbers, the first of several others. */
const one = (values: readonly Json[]): Json | undefined => {
  const numbers = values.filter((value) => typeof value === 'number')
  return numbers.length > 0 && numbers.length === values.length ? Math.max(...numbers) : values[0]
}

/** State of a function, of an instance, or of the provisioned concurrency of a version or an alias (LAM-15, LAM-47), when no key is asked. */
function stateOf(of: Subject): string | undefined {
  const { log } = of.world
  const { Type } = of.resource
  const machine = Type === FUNCTION ? 'function' : Type === INSTANCE ? 'instance' : 'provisioned'
  const last = log?.rows(`machine:${machine}`).findLast(({ resource }) => resource === of.id)
  if (log === null || last === undefined) return undefined
  const drawn = log.state(machine, last)
  // AWS has one status for what is drawn as two
  const state = drawn === 'REQUESTED' || drawn === 'ALLOCATING' ? 'IN_PROGRESS' : drawn
  if (of.query.field !== 'StatusReason') return state
  return state === 'FAILED' ? 'FUNCTION_ERROR_INIT_FAILURE' : ''
}

export const RECORD: Metrics = {
  'logs.starts': count(
    'START lines in the log of a function: one per try, none without permission to write logs.',
    (of) => {
      const starts = invoked(of)
      return starts === undefined ? undefined : mayLog(of) ? starts : 0
    },
  ),
  'logs.count': count(
    'Lines in the log of a function: START, END and REPORT of every try, and what the code logs.',
    (of) => {
      const starts = invoked(of)
      return starts === undefined ? undefined : mayLog(of) ? 3 * starts + (of.read(['LogLines'], 'Sum') ?? 0) : 0
    },
  ),
  records: count(
    'Messages in a queue, items in a table, records in a stream and objects in a bucket at the end that `where` describes by dotted paths.',
    (of) => (holds(of) ? matching(of).length : undefined),
    { where: 'any', windows: false },
  ),
  'record.all': {
    unit: 'any',
    over: 'only',
    says: 'What stands at `field` in every message and item that `where` describes, in the order they came.',
    where: 'any',
    windows: false,
    value(of) {
      if (!holds(of)) return undefined
      const { field } = of.query
      const found = matching(of)
      const inOrder = found.map((_, i) => i).sort((x, y) => found[x]!.at - found[y]!.at || x - y)
      return inOrder.map((i) => (field === undefined ? found[i]!.value : (valueAt(found[i]!.value, field) ?? null)))
    },
  },
  record: {
    unit: 'any',
    over: 'only',
    says: 'What stands at `field`, a dotted path, in the first message or item that `where` describes; null when there is none.',
    where: 'any',
    windows: false,
    value(of) {
      if (!holds(of)) return undefined
      const [first] = matching(of)
      if (first === undefined) return null
      return of.query.field === undefined ? first.value : (valueAt(first.value, of.query.field) ?? null)
    },
  },
  'record.at': {
    unit: 's',
    over: 'only',
    says: 'When the first message or item that `where` describes came there; null when there is none.',
    where: 'any',
    windows: false,
    value(of) {
      const [first] = holds(of) ? matching(of) : []
      return !holds(of) ? undefined : first === undefined ? null : first.at / MICROS
    },
  },
  state: {
    unit: 'any',
    over: 'only',
    says: 'What is remembered at the end under where key, scope (global, handler, tmp, file, item) and field, of a function without environments what they held last: the largest of several, with each all of them by environment. Without where the state of a function or an instance, or of the provisioned concurrency of a version or an alias, with field StatusReason its reason.',
    where: ['key', 'scope', 'field'],
    needs: ['machine:function', 'machine:provisioned', 'machine:instance', 'held'],
    windows: false,
    value(of) {
      const { Type } = of.resource
      const stateful = Type === FUNCTION || Type === INSTANCE || countsInFunction(Type)
      if (stateful && of.query.where === undefined) return stateOf(of)
      const now = remembered(of)
      const scope = of.where('scope')
      const gone = stateful && now.length === 0 && of.read(['Environments'], 'Last') === 0
      const found = gone ? heldLast(of, scope === undefined ? ['global', 'tmp'] : [String(scope)]) : now
      if (of.query.each === true) return found.length === 0 ? undefined : Object.fromEntries(found)
      const value = one(found.map(([, value]) => value))
      // nothing is remembered any more, as when every environment is gone
      return value === undefined && stateful && of.query.of === of.id ? null : value
    },
  },
  'state.count': count(
    'How many things are remembered: items of a table, variables and files of environments.',
    (of) => {
      const found = remembered(of).length
      return found > 0 || holds(of) || of.resource.Type === FUNCTION ? found : undefined
    },
    { where: ['key', 'scope', 'field'], windows: false },
  ),
}
