import { resolve } from 'node:path'
import { reach as verdictOf, trace, type Hop, type Protocol, type Query, type Trace } from '../src/network'
import { argumentsOf, numberOption, positionals } from './args'
import { batch, textOf, type Case } from './batch'
import { Refusal, type Io } from './io'
import { networkAt, networkFrom, type Asked } from './network-file'

const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'icmp', 'any']

/** `reach SCENARIO --from A --to B`: exit 0 reachable, 1 blocked. */
export function reach(args: string[], io: Io): number {
  const { values, positionals: given } = argumentsOf(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    port: { type: 'string' },
    protocol: { type: 'string' },
    source: { type: 'string' },
    json: { type: 'boolean' },
    batch: { type: 'string' },
  })
  if (values.batch !== undefined) {
    positionals(given, [])
    return reachBatch(io, values.batch)
  }
  const [file] = positionals(given, ['SCENARIO']) as [string]
  if (values.from === undefined || values.to === undefined)
    throw new Refusal('--from and --to are needed: a resource id, internet, or an address')
  const port = numberOption('port', values.port, { least: 0, most: 65_535, whole: true })
  const asked = networkAt(io, file, (note) => io.complain(`note: ${note}`))
  const query = queryOf(
    { from: values.from, to: values.to, port, protocol: values.protocol, source: values.source },
    asked,
  )
  const verdict = verdictOf(asked.network, query)
  const answer = answerOf(verdict, asked)
  if (values.json === true) io.write(`${JSON.stringify(answer)}\n`)
  else {
    io.write(
      verdict.reachable
        ? 'reachable\n'
        : `blocked at ${answer.at ?? 'the start'}: ${verdict.code}\n${verdict.explanation}\n`,
    )
    for (const hop of answer.hops) {
      io.write(
        `  ${hop.passed ? 'pass ' : 'BLOCK'} ${hop.direction.padEnd(7)} ${hop.gate} of ${hop.resource}: ${hop.rule}\n`,
      )
    }
    for (const fix of verdict.fixes) io.write(`Fix: ${fix.title}\n`)
  }
  return verdict.reachable ? 0 : 1
}

/** Each network is built once, however many cases ask about it. */
function reachBatch(io: Io, path: string): number {
  const networks = new Map<string, Asked>()
  const networkOf = (scenario: unknown, folder: string): Asked => {
    const file = typeof scenario === 'string' ? resolve(folder, scenario) : null
    if (file === null && (scenario === null || typeof scenario !== 'object'))
      throw new Refusal('scenario must be a file, a folder or a document')
    const key = file ?? JSON.stringify(scenario)
    const known = networks.get(key)
    if (known !== undefined) return known
    const network = file === null ? networkFrom(scenario, 'scenario') : networkAt(io, file)
    networks.set(key, network)
    return network
  }
  return batch(io, path, (given, folder) => {
    const asked = networkOf(given['scenario'], folder)
    return answerOf(trace(asked.network, queryOf(given, asked)), asked)
  })
}

/** A case as a query. Throws Refusal for what is no id, port or protocol. */
function queryOf(given: Case, asked: Asked): Query {
  const { protocol, source } = given
  const port = portOf(given, 'port')
  const sourcePort = portOf(given, 'sourcePort')
  const named = PROTOCOLS.find((name) => typeof protocol === 'string' && name === protocol.toLowerCase())
  if (protocol !== undefined && protocol !== null && named === undefined)
    throw new Refusal(`protocol must be one of ${PROTOCOLS.join(', ')}`)
  return {
    from: asked.known(textOf(given, 'from')),
    to: asked.known(textOf(given, 'to')),
    ...(port === undefined ? {} : { port }),
    ...(sourcePort === undefined ? {} : { sourcePort }),
    ...(named === undefined ? {} : { protocol: named }),
    ...(typeof source === 'string' ? { source } : {}),
  }
}

function portOf(given: Case, key: string): number | undefined {
  const port = given[key]
  if (port === undefined || port === null) return undefined
  if (typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Refusal(`${key} must be a whole number from 0 to 65535`)
}

interface Answer {
  readonly result: 'reachable' | 'blocked'
  readonly code: string
  readonly at: string | null
  readonly component: string | null
  readonly hops: readonly Hop[]
  readonly explanation: string
}

/**
 * `component` is what refused: a security group, an ACL, a route table. `at` is the same in a drawing; in a network from AWS it is the hop of
 * the path where that stands, by its AWS id: the instance, load balancer, subnet, VPC or gateway.
 */
function answerOf({ reachable, code, at, hops, explanation }: Trace, asked: Asked): Answer {
  const blocking = reachable ? undefined : hops.findLast((hop) => !hop.passed)
  const where = asked.imported ? asked.hop(blocking?.on ?? at) : at
  return {
    result: reachable ? 'reachable' : 'blocked',
    code,
    at: where === null ? null : asked.called(where),
    component: at === null ? null : asked.called(at),
    hops: asked.imported ? hops.map((hop) => named(hop, asked)) : hops,
    explanation,
  }
}

const named = (hop: Hop, asked: Asked): Hop => ({
  ...hop,
  resource: asked.called(hop.resource),
  ...(hop.on === undefined ? {} : { on: asked.called(hop.on) }),
  ...(hop.via === undefined ? {} : { via: asked.called(hop.via) }),
})
