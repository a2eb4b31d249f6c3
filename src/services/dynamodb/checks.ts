import type { Scenario } from '../../model/scenario'
import { list, object, text } from '../../network/read'
import { idsOf, pointer } from '../edit'
import type { Check, Problem } from '../service'
import { TABLE } from './actions'

/** Key attributes must be defined, and nothing else may be (CreateTable refuses both). */
function keyProblems(scenario: Scenario): Problem[] {
  return idsOf(TABLE, scenario).flatMap((id): Problem[] => {
    const properties = scenario.resources[id]!.Properties ?? {}
    if (properties['KeySchema'] === undefined || properties['AttributeDefinitions'] === undefined) return []
    const defined = list(properties['AttributeDefinitions']).map((entry) => text(object(entry)['AttributeName']))
    return list(properties['KeySchema']).flatMap((entry, index): Problem[] => {
      const name = text(object(entry)['AttributeName'])
      if (name === null || defined.includes(name)) return []
      const path = pointer(id, 'Properties', 'KeySchema', index, 'AttributeName')
      const fix = {
        title: `Define ${name} as a string`,
        patches: [
          {
            op: 'add' as const,
            path: pointer(id, 'Properties', 'AttributeDefinitions', '-'),
            value: { AttributeName: name, AttributeType: 'S' },
          },
        ],
      }
      return [
        {
          severity: 'error',
          path,
          message: `The key ${name} of ${id} is not in AttributeDefinitions. Define its type.`,
          fix,
        },
      ]
    })
  })
}

export const checks: readonly Check[] = [keyProblems]
