import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { properties, text } from '../../network/read'
import { freeId, taken, typeOf, withProperties } from '../edit'
import type { Kind } from '../service'
import { DATABASE, homeOf, isPostgres, SUBNET_GROUP, subnetGroupOf, subnetsOf } from './settings'

const SUBNET = 'AWS::EC2::Subnet'

export const kinds: { readonly [type: string]: Kind } = {
  [DATABASE]: {
    label: 'Database',
    category: 'data',
    drawn: 'node',
    glyph: 'relational-database',
    silhouette: 'store',
    size: { w: 148, h: 48 },
    summary: 'A relational database in private subnets. Every query needs a connection.',
    key: 'd',
    create(id, { container }, scenario) {
      const subnet = typeOf(container, scenario) === SUBNET ? container : null
      const groupId = freeId(`${id}Subnets`, taken(scenario))
      return {
        [id]: {
          Type: DATABASE,
          Properties: {
            Engine: 'mysql',
            DBInstanceClass: 'db.t4g.micro',
            AllocatedStorage: '20',
            PubliclyAccessible: false,
            ...(subnet === null ? {} : { DBSubnetGroupName: groupId }),
          },
        },
        ...(subnet === null ? {} : { [groupId]: subnetGroup(id, [subnet]) }),
      }
    },
    container: homeOf,
    moveInto(id, container, scenario) {
      if (container === null) return { refused: `${id} stands in a subnet. Drop it on another subnet.` }
      if (typeOf(container, scenario) !== SUBNET)
        return { refused: `Drop ${id} on a subnet: a database stands in subnets.` }
      return moveDatabase(id, container, scenario)
    },
    typeLine: (resource) => {
      const size = text(properties(resource)['DBInstanceClass'])
      const engine = isPostgres(resource) ? 'PostgreSQL' : 'MySQL'
      return size === null ? engine : `${engine} · ${size}`
    },
  },
  [SUBNET_GROUP]: {
    label: 'Subnet group',
    category: 'data',
    drawn: 'attachment',
    glyph: 'subnet-private',
    summary: 'The subnets a database may stand in; AWS asks for two zones.',
    palette: false,
    owners: (resource, scenario) => {
      const users = Object.keys(scenario.resources).filter((id) => {
        const group = subnetGroupOf(scenario.resources[id]!)
        return group !== null && scenario.resources[group] === resource
      })
      return users.length === 1 ? users : []
    },
  },
}

function subnetGroup(database: LogicalId, subnets: LogicalId[]): Resource {
  return {
    Type: SUBNET_GROUP,
    Properties: { DBSubnetGroupDescription: `Subnets of ${database}`, SubnetIds: subnets },
  }
}

/** The subnet comes first in the group, which is where the database is drawn and runs; the zone follows. */
function moveDatabase(id: LogicalId, subnet: LogicalId, scenario: Scenario): { [id: LogicalId]: Resource } {
  const database = scenario.resources[id]!
  const zone = text(scenario.resources[subnet]!.Properties?.['AvailabilityZone']) ?? undefined
  const vpc = scenario.resources[subnet]!.Properties?.['VpcId']
  const others = subnetsOf(database, scenario).filter(
    (other) => other !== subnet && scenario.resources[other]?.Properties?.['VpcId'] === vpc,
  )
  const known = subnetGroupOf(database)
  const groupId = known ?? freeId(`${id}Subnets`, taken(scenario))
  const before = known === null ? undefined : scenario.resources[known]
  const subnets = [subnet, ...others]
  return {
    [groupId]: before === undefined ? subnetGroup(id, subnets) : withProperties(before, { SubnetIds: subnets }),
    [id]: withProperties(database, { DBSubnetGroupName: groupId, AvailabilityZone: zone }),
  }
}
