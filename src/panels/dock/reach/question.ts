/** What is asked, who can be asked about, and the answer, remembered for the document it was given for. */
import { KINDS } from '../../../services/kinds'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { buildNetwork, trace, type Network, type Query, type Trace } from '../../../network'
import { parseAddress } from '../../../network/ipv4'
import { source } from '../../../network/parties'

export const INTERNET = 'internet'

/** A resource of the drawing that opens connections, takes them, or both. */
export interface Party {
  readonly id: LogicalId
  readonly type: string
  readonly sends: boolean
}

const networks = new WeakMap<Scenario, Network>()
const answers = new WeakMap<Network, { query: Query; verdict: Trace }>()

export function networkOf(scenario: Scenario): Network {
  const known = networks.get(scenario) ?? buildNetwork(scenario)
  networks.set(scenario, known)
  return known
}

/** The verdict without fixes; the last one of a document is remembered. */
export function answerOf(network: Network, query: Query): Trace {
  const known = answers.get(network)
  if (known?.query === query) return known.verdict
  const verdict = trace(network, query)
  answers.set(network, { query, verdict })
  return verdict
}

/** Everyone who may be asked about, in document order. Gateways and interfaces only pass packets on. */
export function partiesOf(network: Network): Party[] {
  return Object.entries(network.scenario.resources).flatMap(([id, { Type: type }]): Party[] => {
    const kind = KINDS[type]
    const isNode = kind?.drawn === 'node' && kind.silhouette !== 'gate' && kind.silhouette !== 'device'
    const isHost = network.hosts.get(id)?.some((face) => face.kind === 'host') === true
    if (!isNode && !isHost) return []
    const party = source(network, id, null)
    if (party.kind === 'invalid') return []
    // a service answers at its endpoint and opens no connection into anybody's network
    return [{ id, type, sends: party.kind === 'interfaces' || (party.kind === 'public' && party.service === null) }]
  })
}

/** Whether both ends are still there: another document, or an edit, may have taken them. */
export function stands(network: Network, { from, to }: Query): boolean {
  const known = (id: string): boolean =>
    id === INTERNET || Object.hasOwn(network.scenario.resources, id) || network.interfaces.has(id) || isAddress(id)
  return known(from) && known(to)
}

/** The first question, before anybody has asked one: the first function, and what is outside. */
export function firstQuestion(network: Network): Query | null {
  const senders = partiesOf(network).filter(({ sends }) => sends)
  const from = senders.find(({ type }) => type === 'AWS::Lambda::Function') ?? senders[0]
  const outside = partiesOf(network).find(({ type }) => type === 'Coldstart::Internet')
  return from === undefined ? null : { from: from.id, to: outside?.id ?? INTERNET }
}

/** A question about one or two of the drawing, whichever way round makes sense; null when none of them sends or receives. */
export function questionAbout(network: Network, ids: readonly LogicalId[]): Query | null {
  const parties = partiesOf(network)
  const [first, second] = ids.flatMap((id) => parties.find((party) => party.id === id) ?? [])
  if (first === undefined) return null
  if (second === undefined) return first.sends ? { from: first.id, to: INTERNET } : { from: INTERNET, to: first.id }
  if (first.sends) return { from: first.id, to: second.id }
  return second.sends ? { from: second.id, to: first.id } : null
}

export const isAddress = (text: string): boolean => parseAddress(text) !== null

/** `TCP 443` */
export function flowText({ protocol = 'tcp' }: Query, port: number): string {
  if (protocol === 'any') return 'all traffic'
  return protocol === 'icmp' ? 'ICMP' : `${protocol.toUpperCase()} ${port}`
}
