import { factValue } from '../../model/facts'
import type { CostLine } from '../../model/recording'
import type { LogicalId } from '../../model/scenario'
import { isIdle, monthlyLines, type MonthlyLine, type MonthlyOptions } from '../../model/monthly'
import { FACTS } from '../../services'
import { idsOfType } from './find'
import { count, sumOf, type Metric, type Metrics, type Subject, type World } from './metric'
import { countsInFunction, numberOf, VERSION } from './versions'

const CLIENT = 'Coldstart::Client'

/** Resources whose money counts as that of a resource: a function pays for its versions and aliases. */
function payers(of: Subject): Set<LogicalId> {
  const { resources } = of.world.scenario
  const own = Object.keys(resources).filter(
    (id) => countsInFunction(resources[id]!.Type) && resources[id]!.Properties?.['FunctionName'] === of.id,
  )
  return new Set([of.id, ...own])
}
/** What a version ran stands in the bill of its function, by its number. */
const ofVersion = (of: Subject, { resource, item }: CostLine): boolean =>
  of.resource.Type === VERSION &&
  resource === of.resource.Properties?.['FunctionName'] &&
  item.split(', ').includes(`version ${numberOf(of.world.scenario, of.id)}`)
const asked = <Line extends CostLine>(of: Subject, lines: readonly Line[]): Line[] => {
  const mine = payers(of)
  const item = of.where('item')
  return lines.filter(
    (line) =>
      (mine.has(line.resource) || ofVersion(of, line)) &&
      (item === undefined || line.item.toLowerCase() === String(item).toLowerCase()),
  )
}
const number =
  ({ scenario: { facts, profile } }: World) =>
  (key: string): number => {
    const value = facts?.[key] ?? (FACTS[key] === undefined ? 0 : factValue(FACTS[key], profile))
    return typeof value === 'number' ? value : 0
  }
const month = (world: World, of: Subject, options: MonthlyOptions = {}): MonthlyLine[] =>
  monthlyLines(world.costs, world.until, number(world), { freeTier: of.where('freeTier') === true, ...options })
const perMonth = (lines: readonly MonthlyLine[]): number => lines.reduce((sum, line) => sum + line.perMonth, 0)

/** USD of the run. With `freeTier` the run stands for a month. */
function total(of: Subject): number {
  if (of.where('freeTier') === true) return perMonth(asked(of, month(of.world, of, { asMonth: true })))
  return asked(of, of.world.costs).reduce((sum, { usd }) => sum + usd, 0)
}

/** Millions of what money is spread over: invocations of a function that is named, else requests of the clients. */
function millions(of: Subject): number {
  const requests = (id: LogicalId): number => of.read(['Requests'], 'Sum', id) ?? 0
  if (of.query.of === undefined) return requests(of.id) / 1e6
  if (of.has('ConcurrentExecutions')) return (of.read(['Invocations'], 'Sum') ?? 0) / 1e6
  return idsOfType(of.world.scenario, CLIENT).reduce((sum, id) => sum + requests(id), 0) / 1e6
}

const usd = (says: string, value: Metric['value'], where: readonly string[] = ['item', 'freeTier']): Metric => ({
  unit: 'USD',
  over: 'sum',
  says,
  value,
  where,
  windows: false,
  none: 0,
})

export const MONEY: Metrics = {
  'cost.total': usd(
    'Money of the run; where freeTier: as if it were a whole month; where item: one line of the bill.',
    total,
  ),
  'cost.monthly': usd(
    'Money of a month of 730 h at the rate of the run, with the tiers of Lambda; where freeTier: less its free tier.',
    (of) => perMonth(asked(of, month(of.world, of))),
  ),
  'cost.idleMonthly': usd('Money of a month without any traffic: what is paid for time alone.', (of) =>
    perMonth(asked(of, month(of.world, of)).filter(isIdle)),
  ),
  'cost.perMillion': {
    ...usd(
      'Money of the run per million invocations of a named function, else per million requests of the clients.',
      (of) => [total(of), millions(of)],
    ),
    over: 'ratio',
  },
  gbSeconds: {
    ...usd(
      'GB-seconds that are paid for.',
      (of) => {
        const lines = asked(of, of.world.costs).filter(({ unit }) => /^GB-(s|seconds?)$/i.test(unit))
        return lines.reduce((sum, { quantity }) => sum + quantity, 0)
      },
      ['item'],
    ),
    unit: 'GB-s',
  },
  billedMs: count('Billed duration in ms.', sumOf('BilledMs')),
  'billedMs.total': count('Billed duration in ms.', sumOf('BilledMs')),
}
