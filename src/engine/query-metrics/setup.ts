import { evaluate, statementsOf } from '../../iam'
import type { Resource } from '../../model/scenario'
import { KINDS } from '../../services/kinds'
import type { Problem } from '../../services/service'
import { count, sumOf, type Metrics, type Subject, type World } from './metric'
import type { MetricQuery } from '../parse-queries'
import { QueryError } from '../parse-queries'

const ROLE = 'AWS::IAM::Role'
/** Actions a role needs for what no wire shows. */
const MORE = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:GetQueueAttributes']

/** Every IAM action the services know. */
const ACTIONS: readonly string[] = [
  ...new Set([
    ...Object.values(KINDS).flatMap(({ actions }) => Object.values(actions ?? {}).map(({ iam }) => iam)),
    ...MORE,
  ]),
].filter((action) => action !== '')

/** For comparing: 1,000 and 1000 are the same, and so is `Timeout` and `timeout`. */
const spelt = (text: string): string => text.toLowerCase().replace(/(\d),(?=\d{3})/g, '$1')

/** `refused` when a problem of the document, or of the resource the query names, is an error; where reason: one that says so. */
export function deployStatus(problems: readonly Problem[], { of, where }: MetricQuery): string {
  const reason = where?.['reason']
  const applies = ({ severity, path, message }: Problem): boolean =>
    severity === 'error' &&
    (of === undefined || path === `/resources/${of}` || path.startsWith(`/resources/${of}/`)) &&
    (reason === undefined || spelt(`${path} ${message}`).includes(spelt(String(reason))))
  return problems.some(applies) ? 'refused' : 'ok'
}

function status({ problems }: World, query: MetricQuery): string {
  if (problems === null) throw new QueryError('deploy.status is known on the command line only')
  return deployStatus(problems, query)
}

function allowed(of: Subject): number | undefined {
  const { resources } = of.world.scenario
  const named = of.resource.Type === ROLE ? of.id : of.resource.Properties?.['Role']
  const role: Resource | undefined = typeof named === 'string' ? resources[named] : undefined
  if (role?.Type !== ROLE) return undefined
  const statements = statementsOf(role)
  const action = of.where('action')
  const on = of.where('resource')
  const targets = on === undefined ? [...Object.keys(resources), '*'] : [String(on)]
  const may = (one: string): boolean =>
    targets.some((resource) => evaluate({ statements, action: one, resource }).allowed)
  return (action === undefined ? ACTIONS : [String(action)]).filter(may).length
}

export const SETUP: Metrics = {
  'deploy.status': {
    unit: 'text',
    over: 'only',
    says: '`refused` when the gate refuses the document, or the resource of; where reason: only for a problem that says so. Else `ok`.',
    where: ['reason'],
    windows: false,
    value: (of) => status(of.world, of.query),
    whole: status,
  },
  'actions.allowed': count(
    'Known IAM actions a role, or the role of a function, allows on any resource; where action, resource: 1 or 0 for one of them.',
    allowed,
    { where: ['action', 'resource'], windows: false, unnamed: (type) => type === ROLE },
  ),
  connectMs: count('Time functions spent opening connections, in ms.', sumOf('ConnectMs')),
}
