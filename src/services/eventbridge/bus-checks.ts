import type { LogicalId, Scenario } from '../../model/scenario'
import { properties, ref, text } from '../../network/read'
import { freeId, idsOf, pointer, taken, typeOf } from '../edit'
import type { Fix, Problem } from '../service'
import { serviceRole } from '../service-role'
import { accountOf, letsIn } from './accounts'
import { facts } from './facts'
import { BUS, BUS_POLICY, BY_ROLE, isDefault, partnerOf, PRINCIPAL, RULE, ruleOf, rulesOn } from './settings'

const MOST_RULES = facts.rulesPerBus.value.teaching
const MOST_BUSES = facts.customBuses.value.teaching

/** Quotas of buses (EB-1, EB-2), partners' buses, and who may put events on them. */
export function busProblems(scenario: Scenario): Problem[] {
  const buses = idsOf(BUS, scenario)
  const custom = buses.filter((id) => !isDefault(scenario.resources[id]!) && partnerOf(scenario.resources[id]) === null)
  const problems: Problem[] = []
  if (custom.length > MOST_BUSES)
    problems.push({
      severity: 'error',
      path: pointer(custom[MOST_BUSES]!),
      message: `${custom.length} custom buses. An account may have ${MOST_BUSES} (EB-1). Share a bus and tell events apart by their source.`,
    })
  for (const bus of buses) {
    const rules = idsOf(RULE, scenario).filter((id) => ruleOf(id, scenario).bus === bus)
    if (rules.length > MOST_RULES)
      problems.push({
        severity: 'error',
        path: pointer(rules[MOST_RULES]!),
        message: `${bus} has ${rules.length} rules. A bus may have ${MOST_RULES} (EB-2). Move some to a second bus.`,
      })
    problems.push(...nameProblems(bus, scenario))
  }
  const names = new Map<string, LogicalId>()
  for (const id of buses) {
    const name = text(properties(scenario.resources[id]!)['Name'])
    const other = names.get(`${accountOf(id, scenario)}/${name}`)
    if (name === null) continue
    if (other === undefined) {
      names.set(`${accountOf(id, scenario)}/${name}`, id)
      continue
    }
    const message = `${id} and ${other} are both named ${name}. An account has one bus of a name (EB-1). Give ${id} another.`
    problems.push({ severity: 'error', path: pointer(id, 'Properties', 'Name'), message })
  }
  return [...problems, ...callProblems(scenario), ...policyProblems(scenario)]
}

/** A partner's bus bears the name of its source. */
function nameProblems(bus: LogicalId, scenario: Scenario): Problem[] {
  const source = partnerOf(scenario.resources[bus])
  const name = text(properties(scenario.resources[bus]!)['Name'])
  if (source === null || name === source) return []
  const path = pointer(bus, 'Properties', 'Name')
  return [
    {
      severity: 'error',
      path,
      message: `A partner's bus has the name of its source (EB-1). ${bus} takes events of ${source}.`,
      fix: { title: `Name it ${source}`, patches: [{ op: 'add', path, value: source }] },
    },
  ]
}

/** Clients that call the wrong way. */
function callProblems(scenario: Scenario): Problem[] {
  return Object.keys(scenario.resources).flatMap((id): Problem[] => {
    const { Type, Behavior } = scenario.resources[id]!
    const to = ref(Behavior?.['to'])
    const call = text(Behavior?.['call'])
    if (Type !== 'Coldstart::Client' || to === null || typeOf(to, scenario) !== BUS) return []
    const right = partnerOf(scenario.resources[to]) === null ? 'events:PutEvents' : 'events:PutPartnerEvents'
    if (call === null || call === right) return []
    const path = pointer(id, 'Behavior', 'call')
    return [
      {
        severity: 'error',
        path,
        message: `${to} refuses ${call}: only partners put events on a partner's bus, and nowhere else (EB-1).`,
        fix: { title: `Call ${right}`, patches: [{ op: 'replace', path, value: right }] },
      },
    ]
  })
}

function policyProblems(scenario: Scenario): Problem[] {
  return idsOf(BUS_POLICY, scenario).flatMap((id): Problem[] => {
    const policy = properties(scenario.resources[id]!)
    if (policy['Statement'] !== undefined || policy['Principal'] !== undefined) return []
    const message = `${id} names nobody. Set Principal to an account (12 digits), or write a Statement.`
    return [{ severity: 'error', path: pointer(id, 'Properties'), message }]
  })
}

/** What keeps a rule from calling one of its targets. `to` is a target, `at` where it is written. */
export function callableProblems(
  rule: LogicalId,
  bus: LogicalId,
  target: { readonly id: LogicalId; readonly action: string; readonly role: LogicalId | null },
  at: string,
  scenario: Scenario,
): Problem[] {
  const { id, action, role } = target
  const isBus = typeOf(id, scenario) === BUS
  const sender = accountOf(bus, scenario)
  const abroad = isBus && accountOf(id, scenario) !== sender
  const problems: Problem[] = []
  const warn = (message: string, fix?: Fix): void =>
    void problems.push({ severity: 'warning', path: at, message, ...(fix === undefined ? {} : { fix }) })
  if (role === null && (abroad || BY_ROLE.includes(action)))
    warn(
      `${rule} cannot call ${id}: ${abroad ? 'a bus of another account' : 'a stream'} needs a role (${abroad ? 'EB-14' : 'EB-12'}). Set RoleArn.`,
      roleFix(bus, target, at, scenario),
    )
  if (abroad && !letsIn(id, sender, scenario))
    warn(
      `${id} lets no events in from account ${sender} (EB-14). Add an AWS::Events::EventBusPolicy for it.`,
      policyFix(id, sender, scenario),
    )
  const feeder = isBus ? feederOf(bus, scenario) : undefined
  if (feeder !== undefined)
    warn(
      `What reaches ${bus} from another bus by ${feeder} does not go on to ${id}: events do not travel on to a third bus (EB-14). Send there from the first.`,
    )
  return problems
}

function roleFix(
  owner: LogicalId,
  { id: to, action }: { readonly id: LogicalId; readonly action: string },
  at: string,
  scenario: Scenario,
): Fix {
  const { role, resources } = serviceRole(scenario, { known: undefined, owner, service: PRINCIPAL, action, to })
  return {
    title: `Add ${role}`,
    patches: [
      { op: 'add', path: pointer(role), value: resources[role] },
      { op: 'add', path: at.replace(/Arn$/, 'RoleArn'), value: role },
    ],
  }
}

function policyFix(bus: LogicalId, account: string, scenario: Scenario): Fix {
  const id = freeId(`${bus}Policy`, taken(scenario))
  const Properties = { EventBusName: bus, StatementId: `from-${account}`, Principal: account }
  return {
    title: `Let account ${account} in`,
    patches: [{ op: 'add', path: pointer(id), value: { Type: BUS_POLICY, Properties } }],
  }
}

/** A rule that sends to a bus. */
const feederOf = (bus: LogicalId, scenario: Scenario): LogicalId | undefined =>
  idsOf(BUS, scenario)
    .flatMap((from) => rulesOn(from, scenario))
    .find(({ enabled, targets }) => enabled && targets.some(({ id }) => id === bus))?.id
