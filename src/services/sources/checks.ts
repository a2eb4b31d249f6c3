import { object, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import { uninvited } from '../invitations'
import type { Check, Problem } from '../service'
import { BUS, producerOf, sampleFor, SOURCE, takersOf, targetOf, wayTo } from './settings'

/** Sources whose events nobody gets: a target the service cannot tell, a function that keeps it out, an event of the other kind. */
const senders: Check = (scenario) =>
  idsOf(SOURCE, scenario).flatMap((id): Problem[] => {
    const source = scenario.resources[id]!
    const producer = producerOf(source)
    const to = targetOf(source)
    const way = wayTo(producer, to, scenario)
    const path = pointer(id, 'Behavior', 'to')
    if (to === null || typeOf(to, scenario) === null) return []
    if (way === null) {
      const bus = typeOf(to, scenario) === BUS && producer.bus.length > 0
      const message = bus
        ? `${producer.title} tells the default bus alone (EB-1). Set the Name of ${to} to default.`
        : `${id} stands for ${producer.title} and sends to ${takersOf(producer)} here, not to ${to} (INV-14).`
      return [{ severity: 'error', path, message }]
    }
    const event = text(object(source.Behavior)['event'])
    const problems: Problem[] =
      way.principal === null ? [] : uninvited(scenario, to, { service: way.principal, source: id }, path)
    if (event !== null && !way.events.includes(event))
      problems.push({
        severity: 'warning',
        path: pointer(id, 'Behavior', 'event'),
        message: `${to} gets ${way.events.join(' or ')} from ${producer.title}, not ${event}. ${sampleFor(source, way)} is sent in its place.`,
      })
    return problems
  })

export const checks: readonly Check[] = [senders]
