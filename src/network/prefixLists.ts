/** Prefix lists by what rules and routes call them. */
import type { Scenario } from '../model/scenario'
import { prefixList, serviceOfName } from './awsServices'
import type { Cidr } from './ipv4'
import { parseCidr } from './ipv4'
import { list, object, properties, text } from './read'

/** Blocks of a list named by logical id, AWS's id, name, or service (`s3`); empty when unknown. */
export type Lists = (name: string) => readonly Cidr[]

/** Lists of the document win over those AWS keeps, which an import knows better than we do. */
export function listsOf(scenario: Scenario): Lists {
  const known = new Map<string, readonly Cidr[]>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    if (resource.Type !== 'AWS::EC2::PrefixList') continue
    const { Entries, PrefixListName } = properties(resource)
    const blocks = list(Entries).flatMap((entry) => parseCidr(text(object(entry).Cidr) ?? '') ?? [])
    const name = text(PrefixListName)
    const service = name === null ? null : serviceOfName(name)
    for (const key of [id, text(object(resource.Behavior).physicalId), name, service === name ? null : service])
      if (key !== null) known.set(key, blocks)
  }
  return (name) => known.get(name) ?? known.get(serviceOfName(name)) ?? prefixList(name)
}
