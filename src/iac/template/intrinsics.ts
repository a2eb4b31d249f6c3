/** CloudFormation's intrinsic functions, as far as a template says their value itself: references become logical ids. */
import { isObject } from '../../model/json'
import type { Json, JsonObject } from '../../model/scenario'
import { cidr, formatCidr, parseCidr } from '../../network/ipv4'

/** What a template may refer to. */
export interface Scope {
  readonly resources: JsonObject
  readonly parameters: JsonObject
  readonly mappings: JsonObject
  readonly conditions: JsonObject
  readonly region: string
}

const MAX_STEPS = 400_000
const MAX_TEXT = 100_000
const MAX_DEPTH = 100

export class TemplateRefusal extends Error {}

/** Evaluates values of one template. Throws TemplateRefusal when that takes too many steps. */
export function evaluator(scope: Scope): { value(given: Json): Json | undefined; holds(condition: string): boolean } {
  let steps = 0
  let depth = 0

  function value(given: Json): Json | undefined {
    if (++steps > MAX_STEPS) throw new TemplateRefusal(`The template takes more than ${MAX_STEPS} steps to evaluate.`)
    if (depth >= MAX_DEPTH) throw new TemplateRefusal('The template refers to itself in a circle.')
    depth++
    try {
      if (Array.isArray(given)) return given.flatMap((item) => value(item) ?? [])
      if (!isObject(given)) return given
      const [name] = Object.keys(given)
      const call = name !== undefined && Object.keys(given).length === 1 ? given[name] : undefined
      if (
        name !== undefined &&
        call !== undefined &&
        (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))
      )
        return invoke(name, call)
      const result: JsonObject = {}
      for (const [key, item] of Object.entries(given)) {
        const found = value(item)
        if (found !== undefined) result[key] = found
      }
      return result
    } finally {
      depth--
    }
  }

  const list = (given: Json | undefined): Json[] => (Array.isArray(given) ? given : [])
  const items = (given: Json | undefined): Json[] => list(given === undefined ? undefined : value(given))
  const text = (given: Json | undefined): string =>
    typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? String(given) : ''

  function refer(name: string): Json | undefined {
    const pseudo: { readonly [name: string]: string } = {
      'AWS::Region': scope.region,
      'AWS::AccountId': '123456789012',
      'AWS::StackName': 'stack',
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
    }
    if (Object.hasOwn(pseudo, name)) return pseudo[name]
    if (name === 'AWS::NoValue') return undefined
    const parameter = Object.hasOwn(scope.parameters, name) ? scope.parameters[name] : undefined
    if (!isObject(parameter)) return name
    const standard = parameter['Default']
    if (standard === undefined) return name
    return /List/.test(text(parameter['Type']))
      ? text(standard)
          .split(',')
          .map((each) => each.trim())
      : standard
  }

  function attribute(resource: string, name: string): Json | undefined {
    const held = Object.hasOwn(scope.resources, resource) ? scope.resources[resource] : undefined
    const properties = isObject(held) ? held['Properties'] : undefined
    // what a resource is told it also answers; everything else stands for the resource
    return name === 'CidrBlock' && isObject(properties) && properties['CidrBlock'] !== undefined
      ? value(properties['CidrBlock'])
      : resource
  }

  function substitute(call: Json): string {
    const [template, names] = Array.isArray(call) ? [text(call[0]), call[1]] : [text(call), undefined]
    const result = template.replace(/\$\{([^${}]{1,200})\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`
      const own = isObject(names) && Object.hasOwn(names, name) ? names[name] : undefined
      if (own !== undefined) return text(value(own))
      const [resource = '', attributeName] = name.split('.')
      return text(attributeName === undefined ? refer(name) : attribute(resource, attributeName))
    })
    if (result.length > MAX_TEXT)
      throw new TemplateRefusal(`A text of the template grows beyond ${MAX_TEXT} characters.`)
    return result
  }

  function invoke(name: string, call: Json): Json | undefined {
    switch (name) {
      case 'Ref':
        return refer(text(call))
      case 'Fn::GetAtt': {
        const [resource = '', ...rest] = Array.isArray(call) ? call.map(text) : text(call).split('.')
        return attribute(resource, rest.join('.'))
      }
      case 'Fn::Sub':
        return substitute(call)
      case 'Fn::Join': {
        const [separator, parts] = list(call)
        const joined = items(parts).map(text).join(text(separator))
        return joined.slice(0, MAX_TEXT)
      }
      case 'Fn::Split': {
        const [separator, source] = items(call)
        return text(source).split(text(separator))
      }
      case 'Fn::Select': {
        const [index, from] = list(call)
        return items(from)[Number(text(value(index ?? 0)))]
      }
      case 'Fn::GetAZs':
        return ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${scope.region}${letter}`)
      case 'Fn::Cidr':
        return blocks(items(call))
      case 'Fn::FindInMap': {
        const [map = '', first = '', second = ''] = items(call).map(text)
        const rows = own(scope.mappings, map)
        const found = own(own(rows, first), second)
        return found === undefined ? undefined : value(found)
      }
      case 'Fn::If': {
        const [condition, yes, no] = list(call)
        const chosen = holds(text(condition)) ? yes : no
        return chosen === undefined ? undefined : value(chosen)
      }
      case 'Condition':
        return holds(text(call))
      case 'Fn::Equals': {
        const [a, b] = items(call)
        return text(a) === text(b)
      }
      case 'Fn::Not':
        return value(list(call)[0] ?? false) !== true
      case 'Fn::And':
        return list(call).every((each) => value(each) === true)
      case 'Fn::Or':
        return list(call).some((each) => value(each) === true)
      default:
        return undefined
    }
  }

  function holds(condition: string): boolean {
    const rule = Object.hasOwn(scope.conditions, condition) ? scope.conditions[condition] : undefined
    return rule === undefined || value(rule) === true
  }

  return { value, holds }
}

const own = (of: Json | undefined, key: string): Json | undefined =>
  isObject(of) && Object.hasOwn(of, key) ? of[key] : undefined

/** `Fn::Cidr: [block, count, bits of each]`. */
function blocks([block, count, bits]: readonly Json[]): string[] {
  const whole = parseCidr(typeof block === 'string' ? block : '')
  const length = 32 - Number(bits ?? 8)
  if (whole === null || !(length >= whole.length && length <= 32)) return []
  const size = 2 ** (32 - length)
  const most = Math.min(Number(count ?? 1), 256, 2 ** (length - whole.length))
  return Array.from({ length: Math.max(0, Math.floor(most)) || 0 }, (_, i) =>
    formatCidr(cidr(whole.base + i * size, length)),
  )
}
