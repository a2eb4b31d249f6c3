import type { JsonObject, LogicalId, Scenario } from '../../model/scenario'
import { PERMISSION } from '../../iam'
import { executionRole } from '../roles'
import type { Kind } from '../service'
import { ALIAS, FUNCTION, INVOKE_CONFIG, LAYER, MAPPING, SIGNING, VERSION } from './resource-types'
import { moveFunction } from './placing'
import { runtimeStatus } from './runtimes'

const reference = (properties: JsonObject | undefined, name: string): LogicalId[] => {
  const value = properties?.[name]
  return typeof value === 'string' ? [value] : []
}

export const kinds: { readonly [type: string]: Kind } = {
  [FUNCTION]: {
    label: 'Function',
    category: 'compute',
    drawn: 'node',
    glyph: 'function',
    silhouette: 'plain',
    size: { w: 248, h: 152 },
    key: 'F',
    summary: 'Code that runs when called, in environments that are started cold and reused warm.',
    typeLine: (resource) => runtimeLine(resource.Properties),
    container: (resource) => soleSubnet(resource.Properties),
    create(id, _, scenario: Scenario) {
      let role = `${id}Role`
      for (let n = 2; scenario.resources[role] !== undefined; n++) role = `${id}Role${n}`
      return {
        [id]: {
          Type: FUNCTION,
          Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler', MemorySize: 128, Timeout: 3, Role: role },
          Behavior: { steps: [{ wait: 0.05 }] },
        },
        [role]: executionRole(),
      }
    },
    moveInto: moveFunction,
  },
  [VERSION]: {
    label: 'Version',
    category: 'compute',
    drawn: 'attachment',
    glyph: 'function',
    summary: 'Code and configuration of a function as they were published. It never changes.',
    palette: false,
    owners: (resource) => reference(resource.Properties, 'FunctionName'),
  },
  [ALIAS]: {
    label: 'Alias',
    category: 'compute',
    drawn: 'attachment',
    glyph: 'function',
    summary: 'A name that points to a version, or shares calls between two.',
    palette: false,
    owners: (resource) => reference(resource.Properties, 'FunctionName'),
  },
  [LAYER]: {
    label: 'Layer',
    category: 'compute',
    drawn: 'none',
    glyph: 'function',
    summary: 'Libraries that functions add to their package, as one numbered version.',
    palette: false,
  },
  [MAPPING]: {
    label: 'Event source mapping',
    category: 'events',
    drawn: 'edge',
    glyph: 'mapping',
    summary: 'Pollers owned by Lambda that read a queue or a stream and call the function with batches.',
    palette: false,
    idStem: 'Mapping',
    owners: (resource) => [
      ...reference(resource.Properties, 'EventSourceArn'),
      ...reference(resource.Properties, 'FunctionName'),
    ],
  },
  [SIGNING]: {
    label: 'Code signing',
    category: 'access',
    drawn: 'none',
    glyph: 'role',
    summary: 'Who may sign the packages of functions, and what becomes of others.',
    palette: false,
  },
  [PERMISSION]: {
    label: 'Permission',
    category: 'access',
    drawn: 'none',
    glyph: 'role',
    summary: 'A statement of a function’s resource policy: which service or role may invoke it.',
    palette: false,
    owners: (resource) => reference(resource.Properties, 'FunctionName'),
  },
  [INVOKE_CONFIG]: {
    label: 'Async settings',
    category: 'compute',
    drawn: 'attachment',
    glyph: 'retry',
    summary: 'How often and how long Lambda retries events it was handed asynchronously.',
    palette: false,
    idStem: 'AsyncSettings',
    owners: (resource) => reference(resource.Properties, 'FunctionName'),
  },
}

/** `Function · nodejs24.x`; where AWS gives a runtime up, that instead of the kind: a line holds about 24 letters (LAM-17). */
function runtimeLine(properties: JsonObject | undefined): string {
  if (properties?.['PackageType'] === 'Image') return 'Function · image'
  const runtime = String(properties?.['Runtime'] ?? 'nodejs24.x')
  const { state, date = '' } = runtimeStatus(runtime)
  if (state === 'gone') return `${runtime} retired`
  if (state === 'deprecated') return `${runtime} deprecated`
  return state === 'ending' ? `${runtime} until ${date.slice(0, 7)}` : `Function · ${runtime}`
}

function soleSubnet(properties: JsonObject | undefined): LogicalId | null {
  const subnets = (properties?.['VpcConfig'] as JsonObject | undefined)?.['SubnetIds']
  return Array.isArray(subnets) && subnets.length === 1 && typeof subnets[0] === 'string' ? subnets[0] : null
}
