/** Remedies that change one function, mapping or queue. Each returns nothing where its edit would change nothing. */
import type { Json, LogicalId, Scenario } from '../../../model/scenario'
import { objectOf } from '../../../model/json'
import { CONNECTORS } from '../../../services/connectors'
import { freeId, idsOf, taken } from '../../../services/edit'
import { invokedFunction } from '../../../services/invitations'
import { KINDS } from '../../../services/kinds'
import type { Fix } from '../../../services/service'
import { resourcePatches, setPatches, valueAt, type Path } from '../patches'
import { digits, nameOf } from '../words'

const FUNCTION = 'AWS::Lambda::Function'
const MAPPING = 'AWS::Lambda::EventSourceMapping'
const INVOKE_CONFIG = 'AWS::Lambda::EventInvokeConfig'
const QUEUE = 'AWS::SQS::Queue'
const BUS = 'AWS::Events::EventBus'
const ALIAS = 'AWS::Lambda::Alias'
const VERSION = 'AWS::Lambda::Version'

const property = (id: LogicalId, ...names: string[]): Path => ['resources', id, 'Properties', ...names]
const numberAt = (scenario: Scenario, path: Path, otherwise: number): number => {
  const value = valueAt(scenario, path)
  return typeof value === 'number' ? value : otherwise
}
const typeOf = (id: LogicalId, scenario: Scenario): string | undefined => scenario.resources[id]?.Type

function set(title: string, scenario: Scenario, path: Path, value: Json): Fix[] {
  const patches = setPatches(scenario, path, value)
  return patches.length === 0 ? [] : [{ title, patches }]
}

/** Doubles a number of a function, up to what AWS allows; a published version cannot be changed (LAM-60). */
function doubled(id: LogicalId, scenario: Scenario, path: Path, usual: number, most: number, name: string): Fix[] {
  if (typeOf(id, scenario) !== FUNCTION) return []
  const before = numberAt(scenario, path, usual)
  const after = Math.min(most, before * 2)
  return after === before ? [] : set(`Set ${name} to ${digits(after)} MB`, scenario, path, after)
}

/** LAM-1. */
export const moreMemory = (id: LogicalId, scenario: Scenario): Fix[] =>
  doubled(id, scenario, property(id, 'MemorySize'), 128, 10_240, 'MemorySize')

/** What an invocation writes to /tmp does not fit into it (LAM-4): as much room as all its files take. */
export function moreSpace(id: LogicalId, scenario: Scenario): Fix[] {
  if (typeOf(id, scenario) !== FUNCTION) return []
  const steps = scenario.resources[id]?.Behavior?.['steps']
  const files = new Map<string, number>()
  for (const step of Array.isArray(steps) ? steps : []) {
    const { write, size } = objectOf(step)
    if (typeof write === 'string' && typeof size === 'number' && !write.startsWith('/mnt/')) files.set(write, size)
  }
  const written = [...files.values()].reduce((sum, size) => sum + size, 0)
  const path = property(id, 'EphemeralStorage', 'Size')
  if (written <= numberAt(scenario, path, 512) || written > 10_240) return []
  const size = Math.ceil(written)
  return set(`Give /tmp ${digits(size)} MB`, scenario, path, size)
}

/** LAM-41: what the account may run at once. */
export function moreQuota(scenario: Scenario): Fix[] {
  const path = ['facts', 'lambda.accountConcurrency']
  const more = Math.min(100_000, numberAt(scenario, path, 1_000) * 2)
  return set(`Raise the quota to ${digits(more)} environments`, scenario, path, more)
}

/** A queue for what a function or a bus gives up, with the permission to send to it (INV-9, EB-10). */
export function deadLetterQueue(resource: LogicalId, scenario: Scenario): Fix[] {
  const id = typeOf(resource, scenario) === BUS ? resource : invokedFunction(resource, scenario)
  if (typeOf(id, scenario) !== FUNCTION && typeOf(id, scenario) !== BUS) return []
  const queue = freeId(`${id}DLQ`, taken(scenario))
  const grown = { ...scenario, resources: { ...scenario.resources, [queue]: { Type: QUEUE } } }
  for (const connector of CONNECTORS) {
    if (connector.accepts(id, queue, grown, 'failure') !== true) continue
    const { resources } = connector.connect(id, queue, grown, 'failure')
    const patches = resourcePatches(scenario, { [queue]: { Type: QUEUE }, ...resources })
    return [{ title: `Add a dead-letter queue to ${nameOf(id, scenario)}`, patches }]
  }
  return []
}

/** INV-6. */
export function longerAge(resource: LogicalId, scenario: Scenario): Fix[] {
  const id = invokedFunction(resource, scenario)
  const config = idsOf(INVOKE_CONFIG, scenario).find((it) => valueAt(scenario, property(it, 'FunctionName')) === id)
  if (config === undefined) return []
  const path = property(config, 'MaximumEventAgeInSeconds')
  return set('Let events wait for 6 h', scenario, path, 21_600)
}

/** LAM-47: of a version or an alias. */
export function moreProvisioned(id: LogicalId, scenario: Scenario): Fix[] {
  const path = property(id, 'ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions')
  const before = numberAt(scenario, path, 0)
  return before === 0 ? [] : set(`Provision ${digits(before * 2)} environments`, scenario, path, before * 2)
}

/** LAM-43, LAM-46: environments made before a rush, for what was called or else an alias or version of it. */
export function provisionAhead(id: LogicalId, scenario: Scenario): Fix[] {
  const fn = invokedFunction(id, scenario)
  const published = [ALIAS, VERSION].flatMap((type) =>
    idsOf(type, scenario).filter(
      (it) =>
        valueAt(scenario, property(it, 'FunctionName')) === fn &&
        valueAt(scenario, property(it, 'FunctionVersion')) !== '$LATEST',
    ),
  )
  const [at] = published.includes(id) ? [id] : published
  if (at === undefined) return []
  const more = moreProvisioned(at, scenario)
  if (more.length > 0) return more
  const path = property(at, 'ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions')
  return set(`Provision 100 environments for ${nameOf(at, scenario)}`, scenario, path, 100)
}

/** NET-9: one more subnet for a function, with the routes of its first. */
export function moreSubnets(fn: LogicalId, scenario: Scenario): Fix[] {
  const path = property(fn, 'VpcConfig', 'SubnetIds')
  const subnets = valueAt(scenario, path)
  const first = Array.isArray(subnets) ? subnets[0] : undefined
  const near = typeof first === 'string' ? scenario.resources[first] : undefined
  const vpc = near?.Properties?.['VpcId']
  if (near === undefined || typeof vpc !== 'string' || !Array.isArray(subnets)) return []
  const id = freeId('Subnet', taken(scenario))
  const made = KINDS[near.Type]?.create?.(
    id,
    { container: vpc, taken: new Set(Object.keys(scenario.resources)) },
    scenario,
  )?.[id]
  const CidrBlock = made?.Properties?.['CidrBlock']
  const used = Object.values(scenario.resources).some(({ Properties }) => Properties?.['CidrBlock'] === CidrBlock)
  if (made === undefined || typeof CidrBlock !== 'string' || used) return []
  const association = idsOf(ASSOCIATION, scenario).find((it) => valueAt(scenario, property(it, 'SubnetId')) === first)
  const routes = association === undefined ? undefined : scenario.resources[association]
  const added = {
    [id]: made,
    ...(routes === undefined
      ? {}
      : { [`${id}Routes`]: { Type: ASSOCIATION, Properties: { ...routes.Properties, SubnetId: id } } }),
  }
  const patches = [...resourcePatches(scenario, added), ...setPatches(scenario, path, [...subnets, id])]
  return [{ title: `Give ${nameOf(fn, scenario)} a subnet of ${CidrBlock} more`, patches }]
}
const ASSOCIATION = 'AWS::EC2::SubnetRouteTableAssociation'

const SIZES = ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge']

/** RDS-1: connections follow the memory of the class, unless the document says how many there are. */
export function largerDatabase(id: LogicalId, scenario: Scenario): Fix[] {
  const most = ['resources', id, 'Behavior', 'maxConnections']
  const allowed = numberAt(scenario, most, 0)
  if (allowed > 0) {
    const more = Math.min(16_000, allowed * 2)
    return more === allowed ? [] : set(`Allow ${digits(more)} connections`, scenario, most, more)
  }
  const path = property(id, 'DBInstanceClass')
  const written = valueAt(scenario, path)
  const [, family, size] = (typeof written === 'string' ? written : 'db.t4g.micro').split('.')
  const next = SIZES[SIZES.indexOf(size!) + 1]
  if (!SIZES.includes(size!) || next === undefined) return []
  const larger = `db.${family}.${next}`
  return set(`Set DBInstanceClass to ${larger}`, scenario, path, larger)
}

/** LAM-68. */
export function allowLoops(resource: LogicalId, scenario: Scenario): Fix[] {
  const named =
    typeOf(resource, scenario) === MAPPING ? valueAt(scenario, property(resource, 'FunctionName')) : resource
  const id = invokedFunction(String(named), scenario)
  return typeOf(id, scenario) === FUNCTION
    ? set('Set RecursiveLoop to Allow', scenario, property(id, 'RecursiveLoop'), 'Allow')
    : []
}

/** A batch comes back whole for the sake of one message, unless the handler says which failed (SQS-ESM-7). */
export function reportFailures(mapping: LogicalId, scenario: Scenario): Fix[] {
  if (typeOf(mapping, scenario) !== MAPPING || numberAt(scenario, property(mapping, 'BatchSize'), 10) < 2) return []
  const id = invokedFunction(String(valueAt(scenario, property(mapping, 'FunctionName'))), scenario)
  if (typeOf(id, scenario) !== FUNCTION) return []
  const patches = [
    ...setPatches(scenario, property(mapping, 'FunctionResponseTypes'), ['ReportBatchItemFailures']),
    ...setPatches(scenario, ['resources', id, 'Behavior', 'reportFailures'], true),
  ]
  return patches.length === 0 ? [] : [{ title: 'Report which messages failed', patches }]
}

/** SQS-ESM-2: messages of a mapped queue stay hidden for six times the function's timeout and the window. */
export function longerVisibility(queue: LogicalId, scenario: Scenario): Fix[] {
  const mapping = idsOf(MAPPING, scenario).find((it) => valueAt(scenario, property(it, 'EventSourceArn')) === queue)
  if (mapping === undefined) return []
  const id = invokedFunction(String(valueAt(scenario, property(mapping, 'FunctionName'))), scenario)
  const window = numberAt(scenario, property(mapping, 'MaximumBatchingWindowInSeconds'), 0)
  const advised = Math.min(43_200, 6 * numberAt(scenario, property(id, 'Timeout'), 3) + window)
  const path = property(queue, 'VisibilityTimeout')
  if (numberAt(scenario, path, 30) >= advised) return []
  return set(`Set VisibilityTimeout to ${digits(advised)} s`, scenario, path, advised)
}

/** SQS-1. */
export const longerRetention = (queue: LogicalId, scenario: Scenario): Fix[] =>
  set('Keep messages for 14 days', scenario, property(queue, 'MessageRetentionPeriod'), 1_209_600)

/** What a client waits at most for an answer. */
export function longerPatience(client: LogicalId, scenario: Scenario): Fix[] {
  const path = ['resources', client, 'Behavior', 'timeout']
  const before = numberAt(scenario, path, 0)
  return before === 0
    ? []
    : set(`Let ${nameOf(client, scenario)} wait ${digits(before * 2)} s`, scenario, path, before * 2)
}
