import { basename } from 'node:path'
import { importDescribe, isDescribeOutput } from '../src/iac/describe'
import { isTemplate, networkOfTemplate } from '../src/iac/template'
import type { LogicalId, Scenario } from '../src/model/scenario'
import { buildNetwork, type Network } from '../src/network'
import { Refusal, type Io } from './io'
import { pathOf, scenarioAt, scenarioFrom } from './scenario-file'

/** A network to ask, with the names its resources may be called by. */
export interface Asked {
  readonly network: Network
  /** A logical id, an address, `internet`, or an id of AWS to what the analysis knows it by. */
  known(name: string): string
  /** What a hop's component is called: by its AWS id where the network is AWS's own. */
  called(name: string): string
  /** The node of a path a component belongs to: an attachment stands at its transit gateway. */
  hop(name: string | null): string | null
  /** Taken from a real account: a hop is then named as AWS does. */
  readonly imported: boolean
}

/**
 * A scenario, a CloudFormation template, or what `aws ec2 describe-*` printed: a folder of it, or one file. `notes` gets what of it was not
 * understood. Throws Refusal.
 */
export function networkAt(io: Io, name: string, notes: (note: string) => void = () => undefined): Asked {
  const folder = io.files?.(name) ?? null
  if (folder !== null) {
    const files = folder.filter((path) => path.endsWith('.json'))
    if (files.length === 0) throw new Refusal(`${name} holds no .json file`)
    return described(
      files.map((path) => ({ name: path, text: io.read(`${name}/${path}`) })),
      name,
      notes,
    )
  }
  const path = pathOf(io, name)
  const text = io.read(path)
  if (/"?(?:Resources|Vpcs|Subnets|Reservations)"?\s*:/.test(text)) {
    if (isTemplate(text)) return asked(networkOfTemplate(text, name, notes, refuse), new Map())
    if (/^\s*\{/.test(text) && !/"coldstart"\s*:/.test(text))
      return described([{ name: basename(name), text }], name, notes)
  }
  return asked(scenarioAt({ ...io, read: () => text }, name), new Map())
}

/** The same of a value: a document, a template or a describe answer. */
export function networkFrom(value: unknown, name: string): Asked {
  if (isDescribeOutput(value)) return described([{ name, text: JSON.stringify(value) }], name, () => undefined)
  if (isTemplate(value))
    return asked(
      networkOfTemplate(value, name, () => undefined, refuse),
      new Map(),
    )
  return asked(scenarioFrom(value, name), new Map())
}

const refuse = (message: string): never => {
  throw new Refusal(message)
}

function described(files: { name: string; text: string }[], name: string, notes: (note: string) => void): Asked {
  const result = importDescribe(files, basename(name))
  if (!result.ok) return refuse(`${name}: ${result.message}`)
  result.notes.forEach(notes)
  return asked(result.scenario, result.ids)
}

function asked(scenario: Scenario, ids: ReadonlyMap<string, LogicalId>): Asked {
  const physical = new Map<string, string>()
  const logical = new Map<string, LogicalId>(ids)
  for (const [id, { Behavior }] of Object.entries(scenario.resources)) {
    const awsId = Behavior?.['physicalId']
    if (typeof awsId !== 'string') continue
    physical.set(id, awsId)
    logical.set(awsId, id)
  }
  return {
    network: buildNetwork(scenario),
    known: (name) => (Object.hasOwn(scenario.resources, name) ? name : (logical.get(name) ?? name)),
    called: (name) => physical.get(name) ?? name,
    hop: (name) => {
      const resource = name !== null && Object.hasOwn(scenario.resources, name) ? scenario.resources[name] : undefined
      const gateway = /^AWS::EC2::TransitGateway\w*Attachment$/.test(resource?.Type ?? '')
        ? resource?.Properties?.['TransitGatewayId']
        : undefined
      return typeof gateway === 'string' ? gateway : name
    },
    imported: physical.size > 0,
  }
}
