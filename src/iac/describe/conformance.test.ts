/**
 * Flows through networks captured from AWS, with the verdicts of a formal model (../shared/conformance/README.md), asked as a reader would
 * ask them: `reach --batch`, the folder as scenario.
 *
 * The blocking hop is the last of the flow's path. `at` names it by its AWS id; a load balancer's node in a zone is named by the load
 * balancer's DNS name. Flows that begin or end inside a gateway or VPC (`endpointToEndpoint: false`) ask something else and are passed over.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { command } from '../../../cli/command'
import { NODE_IO } from '../../../cli/io'

const FOLDER = join(import.meta.dirname, '../../../../shared/conformance/vpc-reachability')

interface Flow {
  readonly topology: string
  readonly id: string
  readonly flow: { ingress: string; src?: string; dst: string; protocol: string; dstPort?: number }
  readonly path: readonly string[]
  readonly reachable: boolean
  readonly endpointToEndpoint: boolean
}

interface Answer {
  readonly result: string
  readonly code: string
  readonly at: string | null
  readonly explanation: string
}

const there = existsSync(join(FOLDER, 'flows.jsonl'))
const flows = there
  ? readFileSync(join(FOLDER, 'flows.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Flow)
      .filter(({ endpointToEndpoint }) => endpointToEndpoint)
  : []

async function answers(): Promise<Answer[]> {
  const cases = flows.map(({ topology, flow }) => ({
    scenario: join(FOLDER, 'describe', topology),
    from: flow.ingress,
    to: flow.dst,
    protocol: flow.protocol,
    ...(flow.src === undefined ? {} : { source: flow.src }),
    ...(flow.dstPort === undefined ? {} : { port: flow.dstPort }),
  }))
  const written: string[] = []
  const lines = cases.map((each) => JSON.stringify(each)).join('\n')
  const io = {
    ...NODE_IO,
    read: (path: string) => (path === '-' ? lines : NODE_IO.read(path)),
    write: (text: string) => written.push(text),
  }
  expect(await command(['reach', '--batch', '-'], io)).toBe(0)
  return written
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)
}

/** `nodeId(name.elb.us-east-2.amazonaws.com,us-east-2b)` is that load balancer's node in that zone. */
const hopName = (hop: string | undefined): string | undefined => /^nodeId\(([^,]+),/.exec(hop ?? '')?.[1] ?? hop

const all = there ? await answers() : []

describe.skipIf(!there)('reachability of networks captured from AWS', () => {
  it('has flows', () => {
    expect(flows.length).toBeGreaterThan(20)
    expect(all).toHaveLength(flows.length)
  })

  it.each(flows.map((flow, index) => ({ name: `${flow.topology} ${flow.id}`, flow, index })))(
    '$name',
    ({ flow, index }) => {
      const answer = all[index]
      expect(answer).toMatchObject({ result: flow.reachable ? 'reachable' : 'blocked' })
      expect(answer?.at, answer?.explanation).toBe(flow.reachable ? null : hopName(flow.path.at(-1)))
    },
  )
})
