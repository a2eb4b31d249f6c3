import { resolve } from 'node:path'
import { buildNetwork, reach as verdictOf, type Network, type Protocol, type Query, type Verdict } from '../src/network'
import { argumentsOf, numberOption, positionals } from './args'
import { batch, textOf, type Case } from './batch'
import { Refusal, type Io } from './io'
import { scenarioAt, scenarioFrom } from './scenario-file'

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
  const query = queryOf({ from: values.from, to: values.to, port, protocol: values.protocol, source: values.source })
  const verdict = verdictOf(buildNetwork(scenarioAt(io, file)), query)
  if (values.json === true) io.write(`${JSON.stringify(answerOf(verdict))}\n`)
  else {
    io.write(
      verdict.reachable
        ? 'reachable\n'
        : `blocked at ${verdict.at ?? 'the start'}: ${verdict.code}\n${verdict.explanation}\n`,
    )
    for (const hop of verdict.hops) {
      io.write(
        `  ${hop.passed ? 'pass ' : 'BLOCK'} ${hop.direction.padEnd(7)} ${hop.gate} of ${hop.resource}: ${hop.rule}\n`,
      )
    }
    for (const fix of verdict.fixes) io.write(`Fix: ${fix.title}\n`)
  }
  return verdict.reachable ? 0 : 1
}

/** Each scenario is built once, however many cases ask about it. */
function reachBatch(io: Io, path: string): number {
  const networks = new Map<string, Network>()
  const networkOf = (scenario: unknown, folder: string): Network => {
    const file = typeof scenario === 'string' ? resolve(folder, scenario) : null
    if (file === null && (scenario === null || typeof scenario !== 'object'))
      throw new Refusal('scenario must be a file or a document')
    const key = file ?? JSON.stringify(scenario)
    const known = networks.get(key)
    if (known !== undefined) return known
    const network = buildNetwork(file === null ? scenarioFrom(scenario, 'scenario') : scenarioAt(io, file))
    networks.set(key, network)
    return network
  }
  return batch(io, path, (given, folder) => answerOf(verdictOf(networkOf(given['scenario'], folder), queryOf(given))))
}

/** A case as a query. Throws Refusal for what is no id, port or protocol. */
function queryOf(given: Case): Query {
  const { port, protocol, source } = given
  if (
    port !== undefined &&
    port !== null &&
    !(typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535)
  ) {
    throw new Refusal('port must be a whole number from 0 to 65535')
  }
  const named = PROTOCOLS.find((name) => name === protocol)
  if (protocol !== undefined && protocol !== null && named === undefined)
    throw new Refusal(`protocol must be one of ${PROTOCOLS.join(', ')}`)
  return {
    from: textOf(given, 'from'),
    to: textOf(given, 'to'),
    ...(typeof port === 'number' ? { port } : {}),
    ...(named === undefined ? {} : { protocol: named }),
    ...(typeof source === 'string' ? { interface: source } : {}),
  }
}

function answerOf({ reachable, code, at, hops, explanation }: Verdict): object {
  return { result: reachable ? 'reachable' : 'blocked', code, at, hops, explanation }
}
