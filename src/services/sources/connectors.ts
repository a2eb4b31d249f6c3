import type { Resource } from '../../model/scenario'
import { idsOf, typeOf } from '../edit'
import { withInvitation, withoutInvitation } from '../invitations'
import type { Connection, Connector, Refusal } from '../service'
import { BUS, producerOf, SOURCE, takersOf, targetOf, wayTo } from './settings'

/** AWS service -> function, topic or default bus, with the statement a function needs (INV-14, LAM-65). It has one target; a new wire replaces it. */
const hands: Connector = {
  derive: (scenario) =>
    idsOf(SOURCE, scenario).flatMap((from): Connection[] => {
      const source = scenario.resources[from]
      const to = targetOf(source)
      const way = wayTo(producerOf(source), to, scenario)
      if (to === null || way === null) return []
      const { action, principal } = way
      return [{ from, to, action, style: 'async', ...(principal === null ? {} : { principal }) }]
    }),
  accepts(from, to, scenario): true | Refusal | null {
    if (typeOf(from, scenario) !== SOURCE) return null
    const producer = producerOf(scenario.resources[from])
    const { title, direct, bus } = producer
    if (wayTo(producer, to, scenario) !== null)
      return targetOf(scenario.resources[from]) === to ? { refused: `${from} already sends to ${to}.` } : true
    if (typeOf(to, scenario) === BUS && bus.length > 0)
      return { refused: `${title} tells the default bus alone. Set the Name of ${to} to default.` }
    return {
      refused: `${title} sends to ${takersOf(producer)}, not to ${to}. Put ${direct.length > 0 ? 'a function' : 'a rule'} between.`,
    }
  },
  connect(from, to, scenario) {
    const source = scenario.resources[from]!
    const { principal } = wayTo(producerOf(source), to, scenario)!
    const wired: Resource = { ...source, Behavior: { ...source.Behavior, to } }
    const invited = principal === null ? {} : withInvitation(scenario, to, { service: principal, source: from })
    const statement = Object.keys(invited).length === 0 ? '' : ` Added the permission ${principal} needs.`
    return {
      resources: { ...formerly(from, scenario), ...invited, [from]: wired },
      said: `${from} sends its events to ${to}.${statement}`,
    }
  },
  disconnect({ from, to }, scenario) {
    const source = scenario.resources[from]!
    const { to: _, ...Behavior } = source.Behavior ?? {}
    return {
      resources: { ...formerly(from, scenario), [from]: { ...source, Behavior } },
      said: `${from} no longer sends to ${to}.`,
    }
  },
}

/** The statement for the target it had, taken back. */
function formerly(from: string, scenario: Parameters<Connector['derive']>[0]): { [id: string]: null } {
  const source = scenario.resources[from]
  const to = targetOf(source)
  const principal = wayTo(producerOf(source), to, scenario)?.principal ?? null
  return to === null || principal === null ? {} : withoutInvitation(scenario, to, { service: principal, source: from })
}

export const connectors: readonly Connector[] = [hands]
